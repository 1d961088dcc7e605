import { randomUUID } from 'node:crypto';
import type { ImportReport } from '#contracts/rest/v1/sheet-import';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import { walked } from '#hub/people/department-desk';
import { type PersonFailure, refused } from '#hub/people/person-failure';
import { DEPARTMENT_COLUMNS } from '#hub/people/sheet/department-columns';
import { DepartmentPaths } from '#hub/people/sheet/department-paths';
import {
  draftRows,
  type KnownDepartments,
  plannedOf,
  wordsOf,
} from '#hub/people/sheet/department-plan';
import { sheetColumns } from '#hub/people/sheet/heading';
import {
  CHANGED_SINCE,
  type ImportOrder,
  type ImportUnit,
  orderRefusal,
} from '#hub/people/sheet/import-order';
import { fileColumns, rowFaultOf } from '#hub/people/sheet/row-fault';
import { digestOf, reportOf, type SheetPlan } from '#hub/people/sheet/sheet-plan';
import { readTable } from '#hub/people/sheet/table-file';
import type { DepartmentRepository, StoredDepartment } from '#hub/storage/department-repository';
import type { DirectoryRepository } from '#hub/storage/directory-repository';
import type { Sheet } from '#platform/sheet/sheet';

interface DepartmentImportDeps {
  readonly departments: DepartmentRepository;
  readonly directory: DirectoryRepository;
}

interface Prepared {
  readonly plan: SheetPlan<StoredDepartment>;
  /** Those that no row names and that lie on the way to one that does. */
  readonly between: readonly StoredDepartment[];
  readonly fingerprint: string;
}

/** Tables of departments: names, heads and order. Renaming and moving is done by hand, where one sees it. */
export class DepartmentImport {
  readonly #deps: DepartmentImportDeps;

  constructor(deps: DepartmentImportDeps) {
    this.#deps = deps;
  }

  async check(
    bytes: Uint8Array,
    departments: ImportOrder['departments'],
    reach: Reach,
  ): Promise<Result<SheetPlan<StoredDepartment>, PersonFailure>> {
    const prepared = await this.#prepare(bytes, departments, reach);
    return prepared.ok ? ok(prepared.value.plan) : prepared;
  }

  async run(
    bytes: Uint8Array,
    { order, unit }: { readonly order: ImportOrder; readonly unit: ImportUnit },
    reach: Reach,
  ): Promise<Result<ImportReport, PersonFailure>> {
    const prepared = await this.#prepare(bytes, order.departments, reach);
    if (!prepared.ok) return prepared;
    const { plan } = prepared.value;
    const refusal = orderRefusal(plan, order);
    if (refusal !== null) return failed(refusal);
    return await unit(async () => await this.#write(prepared.value));
  }

  /** Every department within reach; imported again as it is, it changes nothing. */
  async sheet(reach: Reach, language: 'zh-CN' | 'en'): Promise<Sheet> {
    const { departments, directory } = this.#deps;
    const all = await departments.all();
    const visible = await departments.visibleTo(reach);
    const people = await directory.all();
    const paths = new DepartmentPaths(all, randomUUID);
    const rows = walked(all.filter(({ id }) => visible.has(id))).map((each) => {
      const words = wordsOf(each, { paths, people });
      return DEPARTMENT_COLUMNS.map(({ field, kind }) =>
        kind === 'integer' ? each.position : words[field] || null,
      );
    });
    const name = language === 'en' ? 'Departments' : '部门';
    return { name, columns: sheetColumns(DEPARTMENT_COLUMNS, language), rows };
  }

  async #write({
    plan,
    between,
    fingerprint,
  }: Prepared): Promise<Result<ImportReport, PersonFailure>> {
    const { departments, directory } = this.#deps;
    if ((await directory.fingerprint()) !== fingerprint) return refused('stale', CHANGED_SINCE);
    const added = plan.rows.filter(({ before }) => before === undefined).map(({ after }) => after);
    for (const department of walked([...between, ...added])) await departments.add(department);
    for (const { before, after, fields } of plan.rows) {
      if (before !== undefined && fields.length > 0) await departments.change(after);
    }
    return ok(reportOf(plan, 'imported'));
  }

  async #prepare(
    bytes: Uint8Array,
    departments: ImportOrder['departments'],
    reach: Reach,
  ): Promise<Result<Prepared, PersonFailure>> {
    const table = await readTable(bytes, DEPARTMENT_COLUMNS);
    if (!table.ok) return table;
    const fingerprint = await this.#deps.directory.fingerprint();
    const all = await this.#deps.departments.all();
    const visible = await this.#deps.departments.visibleTo(reach);
    const people = await this.#deps.directory.all();
    const known: KnownDepartments = {
      paths: new DepartmentPaths(all, randomUUID),
      stored: new Map(all.map((each) => [each.id, each])),
      people,
      reach,
      unknown: departments === 'create' ? 'made' : 'refused',
    };
    const { headings, rows, content, rowCount } = table.value;
    const columns = fileColumns(headings, DEPARTMENT_COLUMNS);
    const drafts = draftRows(rows, known);
    const planned = drafts.flatMap((draft) =>
      draft.faults.length > 0 ? [] : [plannedOf(draft, known)],
    );
    const named = new Set(planned.map(({ after }) => after.id));
    const made = known.paths.madeFor(planned.map(({ after }) => after.id));
    const between = made.filter(({ id }) => !named.has(id));
    const faults = drafts.flatMap(({ row, faults: own }) =>
      own.map((fault) => rowFaultOf(row, fault, columns)),
    );
    const plan = {
      kind: 'departments' as const,
      content,
      columns: [...headings.columns],
      rowCount,
      rows: planned,
      faults: [...table.value.faults, ...faults].toSorted((one, other) => one.line - other.line),
      missing: all
        .filter(({ id }) => visible.has(id) && !named.has(id))
        .map(({ id, name }) => ({ key: known.paths.pathOf(id), name })),
      newDepartments: between.map(({ id }) => known.paths.pathOf(id)),
    };
    return ok({ plan: { ...plan, digest: await digestOf(plan) }, between, fingerprint });
  }
}
