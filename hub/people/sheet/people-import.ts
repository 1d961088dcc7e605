import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportReport } from '#contracts/rest/v1/sheet-import';
import { failed, ok, type Result } from '#domain/result';
import type { Asker } from '#hub/people/person-check';
import { type PersonFailure, refused } from '#hub/people/person-failure';
import type { PersonPair, PersonWriter } from '#hub/people/person-writer';
import { DepartmentPaths } from '#hub/people/sheet/department-paths';
import {
  CHANGED_SINCE,
  type ImportOrder,
  type ImportUnit,
  orderRefusal,
} from '#hub/people/sheet/import-order';
import { PEOPLE_COLUMNS } from '#hub/people/sheet/people-columns';
import type { NamedPerson, PeopleDirectory } from '#hub/people/sheet/people-directory';
import { draftPeople, plannedPeople } from '#hub/people/sheet/people-plan';
import { fileColumns, rowFaultOf } from '#hub/people/sheet/row-fault';
import { digestOf, reportOf, type SheetPlan } from '#hub/people/sheet/sheet-plan';
import { readTable, type TableFile } from '#hub/people/sheet/table-file';
import type { SiteDates } from '#hub/people/site-dates';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { DepartmentRepository, StoredDepartment } from '#hub/storage/department-repository';
import type { DirectoryRepository } from '#hub/storage/directory-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PeopleViewRepository } from '#hub/storage/people-view-repository';
import type { PersonRecord } from '#hub/storage/person-record';
import type { WorkplaceRepository } from '#hub/storage/workplace-repository';
import type { Clock } from '#platform/clock/clock';
import { isConstraintFailure } from '#platform/sql/sql-failure';

const PAGE = 500;

export interface PeopleImportDeps {
  readonly db: HubDatabase;
  readonly views: PeopleViewRepository;
  readonly directory: DirectoryRepository;
  readonly departments: DepartmentRepository;
  readonly workplaces: WorkplaceRepository;
  readonly rules: AttendanceRuleRepository;
  readonly writer: PersonWriter;
  readonly dates: SiteDates;
  readonly clock: Clock;
}

/** A plan, and what it was made from: it only holds while that is the same. */
interface Prepared {
  readonly plan: SheetPlan<PersonRecord>;
  readonly newDepartments: readonly StoredDepartment[];
  readonly fingerprint: string;
}

/**
 * Tables of people. Everything is read and judged outside the unit of work, in turns with whoever
 * punches; the unit only makes sure that nothing moved meanwhile, and writes.
 */
export class PeopleImport {
  readonly #deps: PeopleImportDeps;

  constructor(deps: PeopleImportDeps) {
    this.#deps = deps;
  }

  async check(
    bytes: Uint8Array,
    departments: ImportOrder['departments'],
    asker: Asker,
  ): Promise<Result<SheetPlan<PersonRecord>, PersonFailure>> {
    const prepared = await this.#prepare(bytes, departments, asker);
    return prepared.ok ? ok(prepared.value.plan) : prepared;
  }

  async run(
    bytes: Uint8Array,
    { order, unit }: { readonly order: ImportOrder; readonly unit: ImportUnit },
    asker: Asker,
  ): Promise<Result<ImportReport, PersonFailure>> {
    const prepared = await this.#prepare(bytes, order.departments, asker);
    if (!prepared.ok) return prepared;
    const { plan } = prepared.value;
    const refusal = orderRefusal(plan, order);
    if (refusal !== null) return failed(refusal);
    return await unit(async () => await this.#write(prepared.value));
  }

  async #write(prepared: Prepared): Promise<Result<ImportReport, PersonFailure>> {
    const { db, directory, departments, writer, clock } = this.#deps;
    const { plan, newDepartments, fingerprint } = prepared;
    if ((await directory.fingerprint()) !== fingerprint) return refused('stale', CHANGED_SINCE);
    const pairs = plan.rows.filter(({ fields }) => fields.length > 0);
    try {
      await db.part(async () => {
        for (const department of newDepartments) await departments.add(department);
        await writer.writeAll(managersFirst(pairs), clock.now().epochMilliseconds);
      });
    } catch (error) {
      // What is unique was taken by somebody whom the fingerprint did not know of yet.
      if (isConstraintFailure(error)) return refused('stale', CHANGED_SINCE);
      throw error;
    }
    return ok(reportOf(plan, 'imported'));
  }

  async #prepare(
    bytes: Uint8Array,
    unknown: ImportOrder['departments'],
    asker: Asker,
  ): Promise<Result<Prepared, PersonFailure>> {
    const table = await readTable(bytes, PEOPLE_COLUMNS);
    if (!table.ok) return table;
    const fingerprint = await this.#deps.directory.fingerprint();
    const directory = await this.#read(asker);
    const drafts = await draftPeople({
      rows: table.value.rows,
      directory,
      asker,
      unknownDepartments: unknown === 'create' ? 'made' : 'refused',
      mint: randomUUID,
      atMs: this.#deps.clock.now().epochMilliseconds,
    });
    const rows = await plannedPeople(drafts, directory);
    const newDepartments = directory.departments.madeFor(
      rows.map(({ after }) => after.departmentId),
    );
    const columns = fileColumns(table.value.headings, PEOPLE_COLUMNS);
    const faults = drafts.flatMap((draft) =>
      draft.faults.map((fault) => rowFaultOf(draft.row, fault, columns)),
    );
    const plan = {
      ...planHead(table.value),
      kind: 'people' as const,
      rows,
      faults: [...table.value.faults, ...faults].toSorted((one, other) => one.line - other.line),
      missing: missingFrom(drafts, directory),
      newDepartments: newDepartments.map(({ id }) => directory.departments.pathOf(id)),
    };
    const digest = await digestOf(plan);
    return ok({ plan: { ...plan, digest }, newDepartments, fingerprint });
  }

  async #read(asker: Asker): Promise<PeopleDirectory> {
    const { directory, departments, workplaces, rules, dates } = this.#deps;
    const named = (await directory.all()).map((each): NamedPerson => {
      const { personId, employeeNo, managerId, leftAtMs, erasedAtMs } = each;
      return { personId, employeeNo, managerId, isGone: leftAtMs !== null || erasedAtMs !== null };
    });
    const records = new Map<string, PersonRecord>();
    for (let after: [string] | undefined, more = true; more; ) {
      const query = { reach: asker.people, state: 'all', limit: PAGE, after } as const;
      const page = await this.#deps.views.page(query);
      for (const record of page) records.set(record.personId, record);
      const last = page.at(-1);
      more = last !== undefined && page.length === PAGE;
      after = last === undefined ? undefined : [last.employeeNo];
      await nextTurn();
    }
    const versions = await rules.versions();
    return {
      named: new Map(named.map((each) => [each.employeeNo.toLowerCase(), each])),
      byId: new Map(named.map((each) => [each.personId, each])),
      records,
      departments: new DepartmentPaths(await departments.all(), randomUUID),
      sites: await workplaces.all(),
      rules: new Map(versions.map(({ ruleId, rule }) => [ruleId, rule.name])),
      todayAt: await dates.todays(),
    };
  }
}

function planHead({ content, headings, rowCount }: TableFile<string>) {
  const columns = headings.columns.map((each) => ({ ...each }));
  return { content, columns, rowCount };
}

/** Employed, within reach, and in no row; nothing becomes of them. */
function missingFrom(
  drafts: readonly { readonly after: PersonRecord }[],
  { records }: PeopleDirectory,
): SheetPlan<PersonRecord>['missing'] {
  const present = new Set(drafts.map(({ after }) => after.personId));
  return [...records.values()]
    .filter(({ personId, leftAtMs }) => leftAtMs === null && !present.has(personId))
    .map(({ employeeNo, name }) => ({ key: employeeNo, name }));
}

/** New people behind those they report to: the store wants a manager to be there. */
function managersFirst(pairs: readonly PersonPair[]): readonly PersonPair[] {
  const added = new Map(
    pairs.filter(({ before }) => before === undefined).map((pair) => [pair.after.personId, pair]),
  );
  const order = new Set<PersonPair>();
  for (const pair of added.values()) {
    const line: PersonPair[] = [];
    let next: PersonPair | undefined = pair;
    while (next !== undefined && !order.has(next) && !line.includes(next)) {
      line.push(next);
      next = added.get(next.after.managerId ?? '');
    }
    for (const each of line.toReversed()) order.add(each);
  }
  return [...order, ...pairs.filter(({ before }) => before !== undefined)];
}
