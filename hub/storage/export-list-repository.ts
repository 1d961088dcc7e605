import { formKind } from '#contracts/rest/v1/approval-template';
import { formLength, formStatus } from '#contracts/rest/v1/approvals';
import { caseKind, caseStatus, resolution } from '#contracts/rest/v1/exceptions';
import { punch } from '#contracts/rest/v1/punches';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { DateSpan, Whose } from '#hub/storage/payroll-repository';
import { peopleWithin } from '#hub/storage/within-reach';

/** What exports list one by one: punches, forms and cases of a few people at a time. */
export class ExportListRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** In the order in which they were given, with where they were given. */
  async punches(
    { personIds, reach }: Whose,
    { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  ) {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('punches as p')
      .innerJoin('terminals as t', 't.terminal_id', 'p.terminal_id')
      .leftJoin('sites as s', 's.site_id', 'p.site_id')
      .leftJoin('voids as v', (on) =>
        on.onRef('v.log_id', '=', 'p.log_id').onRef('v.punch_seq', '=', 'p.seq'),
      )
      .select(['p.log_id', 'p.seq', 'p.person_id', 'p.method', 'p.direction', 'p.at_ms'])
      .select(['p.received_at_ms', 'p.clock_trust', 'p.terminal_id', 't.name as terminal_name'])
      .select(['s.name_zh', 's.name_en', 's.zone', 'v.seq as void_seq'])
      .where('p.person_id', 'in', personIds)
      .where(peopleWithin('p.person_id', reach))
      .where('p.at_ms', '>=', fromMs)
      .where('p.at_ms', '<', untilMs)
      .orderBy('p.at_ms')
      .orderBy('p.log_id')
      .orderBy('p.seq')
      .execute();
    const { shape } = punch;
    return rows.map((row) => ({
      id: `${row.log_id}:${row.seq}`,
      personId: row.person_id,
      method: shape.method.parse(row.method),
      direction: row.direction === null ? null : shape.direction.unwrap().parse(row.direction),
      punchedAtMs: row.at_ms,
      receivedAtMs: row.received_at_ms,
      clock: shape.clock.parse(row.clock_trust),
      terminal: row.terminal_name === '' ? row.terminal_id : row.terminal_name,
      site: { 'zh-CN': row.name_zh ?? '', en: row.name_en ?? '' },
      zone: row.zone,
      isVoided: row.void_seq !== null,
    }));
  }

  /** Forms that touch the dates, by their first one. */
  async forms({ personIds, reach }: Whose, { from, to }: DateSpan) {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('forms')
      .select(['form_id', 'applicant_id', 'kind', 'status', 'name', 'from_date', 'to_date'])
      .select(['length', 'source', 'foreign_id'])
      .where('applicant_id', 'in', personIds)
      .where(peopleWithin('applicant_id', reach))
      .where('from_date', '<=', to)
      .where('to_date', '>=', from)
      .orderBy('from_date')
      .orderBy('form_id')
      .execute();
    return rows.map((row) => ({
      formId: row.form_id,
      personId: row.applicant_id,
      kind: formKind.parse(row.kind),
      status: formStatus.parse(row.status),
      name: row.name,
      from: row.from_date,
      to: row.to_date,
      length: row.length === null ? null : formLength.parse(JSON.parse(row.length)),
      foreignId: row.source === null ? '' : `${row.source}:${row.foreign_id ?? ''}`,
    }));
  }

  async cases({ personIds, reach }: Whose, { from, to }: DateSpan) {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('exception_cases as c')
      .leftJoin('sites as s', 's.site_id', 'c.site_id')
      .select(['c.case_key', 'c.person_id', 'c.kind', 'c.status', 'c.date', 'c.resolution'])
      .select(['s.name_zh', 's.name_en'])
      .where('c.person_id', 'in', personIds)
      .where(peopleWithin('c.person_id', reach))
      .where('c.date', '>=', from)
      .where('c.date', '<=', to)
      .orderBy('c.date')
      .orderBy('c.case_key')
      .execute();
    return rows.map((row) => ({
      caseKey: row.case_key,
      personId: row.person_id ?? '',
      kind: caseKind.parse(row.kind),
      status: caseStatus.parse(row.status),
      date: row.date,
      resolution: row.resolution === null ? null : resolution.parse(row.resolution),
      site: { 'zh-CN': row.name_zh ?? '', en: row.name_en ?? '' },
    }));
  }
}

type Listed<Name extends 'punches' | 'forms' | 'cases'> = Awaited<
  ReturnType<ExportListRepository[Name]>
>[number];
export type ListedPunch = Listed<'punches'>;
export type ListedForm = Listed<'forms'>;
export type ListedCase = Listed<'cases'>;
