import type { PeopleFilter } from '#contracts/rest/v1/people';
import type { Reach } from '#domain/authority/reach';
import { DepartmentPaths } from '#hub/people/sheet/department-paths';
import { sheetColumns } from '#hub/people/sheet/heading';
import { PEOPLE_COLUMNS } from '#hub/people/sheet/people-columns';
import type { NamedPerson } from '#hub/people/sheet/people-directory';
import { wordsOf } from '#hub/people/sheet/people-words';
import type { DepartmentRepository } from '#hub/storage/department-repository';
import type { DirectoryRepository } from '#hub/storage/directory-repository';
import type { PeopleViewRepository } from '#hub/storage/people-view-repository';
import type { WorkplaceRepository } from '#hub/storage/workplace-repository';
import type { Sheet, SheetRow } from '#platform/sheet/sheet';

const PAGE = 500;

interface PeopleExportDeps {
  readonly views: PeopleViewRepository;
  readonly directory: DirectoryRepository;
  readonly departments: DepartmentRepository;
  readonly workplaces: WorkplaceRepository;
}

/** People as a table. Imported again as it is, it changes nothing. */
export class PeopleExport {
  readonly #deps: PeopleExportDeps;

  constructor(deps: PeopleExportDeps) {
    this.#deps = deps;
  }

  async sheet(
    filter: PeopleFilter,
    { reach, language }: { readonly reach: Reach; readonly language: 'zh-CN' | 'en' },
  ): Promise<Sheet> {
    const { directory, departments, workplaces } = this.#deps;
    const named = (await directory.all()).map((each): NamedPerson => ({ ...each, isGone: false }));
    const known = {
      byId: new Map(named.map((each) => [each.personId, each])),
      departments: new DepartmentPaths(await departments.all(), () => ''),
      sites: await workplaces.all(),
    };
    return {
      ...this.template(language),
      rows: this.#rows({ ...filter, reach }, (record) => wordsOf(record, known, language)),
    };
  }

  /** Without anybody in it. */
  template(language: 'zh-CN' | 'en'): Sheet {
    const name = language === 'en' ? 'People' : '人员';
    return { name, columns: sheetColumns(PEOPLE_COLUMNS, language), rows: [] };
  }

  async *#rows(
    query: PeopleFilter & { readonly reach: Reach },
    wordsIn: (
      record: Awaited<ReturnType<PeopleViewRepository['page']>>[number],
    ) => ReturnType<typeof wordsOf>,
  ): AsyncGenerator<SheetRow> {
    for (let after: [string] | undefined, more = true; more; ) {
      const page = await this.#deps.views.page({ ...query, limit: PAGE, after });
      for (const record of page) {
        const words = wordsIn(record);
        yield PEOPLE_COLUMNS.map(({ field }) => words[field] || null);
      }
      const last = page.at(-1);
      more = last !== undefined && page.length === PAGE;
      after = last === undefined ? undefined : [last.employeeNo];
    }
  }
}
