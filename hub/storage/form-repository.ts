import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { type FormContentText, formContent } from '#contracts/rest/v1/approval-form';
import { formKind } from '#contracts/rest/v1/approval-template';
import { type FormsQuery, formLength, formStatus } from '#contracts/rest/v1/approvals';
import type { FormLength } from '#domain/approvals/form/length';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { type FormState, formStateOf, waitingFor } from '#domain/approvals/process/form-state';
import type { FormKind } from '#domain/approvals/template/template';
import type { Reach } from '#domain/authority/reach';
import type { DateRange } from '#hub/storage/attendance-record-repository';
import { savedFormEvent } from '#hub/storage/form-event-text';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin } from '#hub/storage/within-reach';

/** What a leave takes from its account on one date. */
export interface DatedAmountText {
  readonly date: string;
  readonly amount: number;
}

/** A form and everything that happened to it. */
export interface StoredFormRow {
  readonly formId: string;
  readonly templateId: string;
  readonly kind: FormKind;
  readonly applicantId: string;
  /** As explanations call it. */
  readonly name: string;
  readonly content: FormContentText;
  /** The dates it is about. */
  readonly range: DateRange;
  readonly leaveTypeId: string | null;
  readonly length: FormLength | null;
  readonly amounts: readonly DatedAmountText[];
  /** The other system's id; null: a form of our own. */
  readonly foreign: { readonly source: string; readonly foreignId: string } | null;
  readonly begunAtMs: number;
  readonly events: readonly FormEvent[];
  readonly state: FormState;
}

/** Whose eyes look at forms: what is in reach, and what concerns them beyond it. */
export interface FormViewer {
  /** As events name them. */
  readonly by: string;
  readonly reach: Reach;
  /** null: a program, or an account without a person. */
  readonly personId: string | null;
  /** Those who lent them their vote, for all kinds of forms or for some. */
  readonly voices: readonly Voice[];
}

export interface Voice {
  readonly personId: string;
  readonly kinds: readonly FormKind[] | null;
}

export type FormKey = [begunAtMs: number, formId: string];

const savedContent = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(formContent);
const savedLength = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(formLength);
const savedAmounts = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.array(z.strictObject({ date: z.string(), amount: z.int() })));

const COUNTING = ['submitted', 'approved'] as const;

type FormRow = Selectable<HubTables['forms']>;

/** Forms with their logs. The log decides; the columns beside it are what is asked for. */
export class FormRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(form: Omit<StoredFormRow, 'state'>): Promise<void> {
    const state = formStateOf(form.events);
    await this.#db.now
      .insertInto('forms')
      .values({
        form_id: form.formId,
        applicant_id: form.applicantId,
        source: form.foreign?.source ?? null,
        foreign_id: form.foreign?.foreignId ?? null,
        begun_at_ms: form.begunAtMs,
        ...contentColumns(form),
        ...stateColumns(state, form.begunAtMs),
      })
      .execute();
    await this.#append(form.formId, form.events, 0);
    await this.#wait(form.formId, state);
  }

  /** Adds what happened. @returns the form with it */
  async append(
    form: StoredFormRow,
    events: readonly FormEvent[],
    atMs: number,
  ): Promise<StoredFormRow> {
    const all = [...form.events, ...events];
    const state = formStateOf(all);
    await this.#append(form.formId, events, form.events.length);
    await this.#db.now
      .updateTable('forms')
      .set(stateColumns(state, atMs))
      .where('form_id', '=', form.formId)
      .execute();
    await this.#wait(form.formId, state);
    return { ...form, events: all, state };
  }

  /** Rewrites what a form says: while it is a draft, or when another system amends it. */
  async rewrite(form: StoredFormRow, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('forms')
      .set({ ...contentColumns(form), changed_at_ms: atMs })
      .where('form_id', '=', form.formId)
      .execute();
  }

  /** @returns undefined for one that is not there, or not for these eyes */
  async seen(formId: string, viewer: FormViewer): Promise<StoredFormRow | undefined> {
    const row = await this.#db.now
      .selectFrom('forms as f')
      .selectAll('f')
      .where('f.form_id', '=', formId)
      .where(visibleTo(viewer))
      .executeTakeFirst();
    return row === undefined ? undefined : (await this.#whole([row])).at(0);
  }

  async foreign(source: string, foreignId: string): Promise<StoredFormRow | undefined> {
    const row = await this.#db.now
      .selectFrom('forms')
      .selectAll()
      .where('source', '=', source)
      .where('foreign_id', '=', foreignId)
      .executeTakeFirst();
    return row === undefined ? undefined : (await this.#whole([row])).at(0);
  }

  /** Of one person, those that are approved or wait and touch a range of dates. */
  async counting(applicantId: string, { from, to }: DateRange, but = ''): Promise<StoredFormRow[]> {
    const rows = await this.#db.now
      .selectFrom('forms')
      .selectAll()
      .where('applicant_id', '=', applicantId)
      .where('status', 'in', COUNTING)
      .where('from_date', '<=', to)
      .where('to_date', '>=', from)
      .where('form_id', '<>', but)
      .orderBy('form_id')
      .execute();
    return await this.#whole(rows);
  }

  /** What the forms of one person take of one leave. */
  async leaveUses(
    applicantId: string,
    leaveTypeId: string,
  ): Promise<{ formId: string; status: (typeof COUNTING)[number]; amounts: DatedAmountText[] }[]> {
    const rows = await this.#db.now
      .selectFrom('forms')
      .select(['form_id', 'status', 'amounts'])
      .where('applicant_id', '=', applicantId)
      .where('leave_type_id', '=', leaveTypeId)
      .where('status', 'in', COUNTING)
      .orderBy('form_id')
      .execute();
    return rows.map((row) => ({
      formId: row.form_id,
      status: row.status === 'approved' ? 'approved' : 'submitted',
      amounts: savedAmounts.parse(row.amounts),
    }));
  }

  /** Forms for whose vote somebody is asked. */
  async waitingFor(personIds: readonly string[]): Promise<StoredFormRow[]> {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('forms as f')
      .selectAll('f')
      .where((of) =>
        of.exists(
          of
            .selectFrom('form_waits as w')
            .select('w.form_id')
            .whereRef('w.form_id', '=', 'f.form_id')
            .where('w.person_id', 'in', personIds),
        ),
      )
      .orderBy('f.form_id')
      .execute();
    return await this.#whole(rows);
  }

  /** The newest first, cut into pages. */
  async list(
    query: FormsQuery,
    viewer: FormViewer,
    { limit, after }: { readonly limit: number; readonly after: FormKey | undefined },
  ): Promise<{ forms: StoredFormRow[]; next: FormKey | undefined }> {
    const { kind, status, applicantId, from, to } = query;
    const rows = await this.#db.now
      .selectFrom('forms as f')
      .selectAll('f')
      .where(inBox(query.box, viewer))
      .$if(kind !== undefined, (all) => all.where('f.kind', '=', kind ?? ''))
      .$if(status !== undefined, (all) => all.where('f.status', '=', status ?? ''))
      .$if(applicantId !== undefined, (all) => all.where('f.applicant_id', '=', applicantId ?? ''))
      .$if(from !== undefined, (all) => all.where('f.to_date', '>=', from ?? ''))
      .$if(to !== undefined, (all) => all.where('f.from_date', '<=', to ?? ''))
      .$if(after !== undefined, (all) => all.where(isBehind(after ?? [0, ''])))
      .orderBy('f.begun_at_ms', 'desc')
      .orderBy('f.form_id', 'desc')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next: FormKey | undefined =
      rows.length > limit && last !== undefined ? [last.begun_at_ms, last.form_id] : undefined;
    return { forms: await this.#whole(shown), next };
  }

  async #whole(rows: readonly FormRow[]): Promise<StoredFormRow[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.form_id);
    const logs = await this.#db.now
      .selectFrom('form_events')
      .select(['form_id', 'body'])
      .where('form_id', 'in', ids)
      .orderBy('form_id')
      .orderBy('seq')
      .execute();
    const eventsOf = Map.groupBy(logs, (row) => row.form_id);
    return rows.map((row) => {
      const events = (eventsOf.get(row.form_id) ?? []).map(({ body }) =>
        savedFormEvent.parse(body),
      );
      return formFrom(row, events);
    });
  }

  async #append(formId: string, events: readonly FormEvent[], after: number): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event, index) => ({
      form_id: formId,
      seq: after + index + 1,
      kind: event.kind,
      by_id: event.by,
      at_s: event.at,
      body: JSON.stringify(event),
    }));
    await this.#db.now.insertInto('form_events').values(rows).execute();
  }

  async #wait(formId: string, state: FormState): Promise<void> {
    await this.#db.now.deleteFrom('form_waits').where('form_id', '=', formId).execute();
    const rows = waitingFor(state).map((personId) => ({ form_id: formId, person_id: personId }));
    if (rows.length > 0) await this.#db.now.insertInto('form_waits').values(rows).execute();
  }
}

function contentColumns(form: Omit<StoredFormRow, 'state' | 'events'>) {
  return {
    template_id: form.templateId,
    kind: form.kind,
    name: form.name,
    content: JSON.stringify(form.content),
    from_date: form.range.from,
    to_date: form.range.to,
    leave_type_id: form.leaveTypeId,
    length: form.length === null ? null : JSON.stringify(form.length),
    amounts: JSON.stringify(form.amounts),
  };
}

function stateColumns(state: FormState, atMs: number) {
  return { status: state.status, revision: state.revision, changed_at_ms: atMs };
}

function formFrom(row: FormRow, events: readonly FormEvent[]): StoredFormRow {
  const { source, foreign_id: foreignId } = row;
  return {
    formId: row.form_id,
    templateId: row.template_id,
    kind: formKind.parse(row.kind),
    applicantId: row.applicant_id,
    name: row.name,
    content: savedContent.parse(row.content),
    range: { from: row.from_date, to: row.to_date },
    leaveTypeId: row.leave_type_id,
    length: row.length === null ? null : savedLength.parse(row.length),
    amounts: savedAmounts.parse(row.amounts),
    foreign: source === null || foreignId === null ? null : { source, foreignId },
    begunAtMs: row.begun_at_ms,
    events,
    state: formStateOf(events),
  };
}

/** A key stands in descending order: behind it is what is smaller. */
function isBehind([begunAtMs, formId]: FormKey): Expression<SqlBool> {
  return sql<SqlBool>`(f.begun_at_ms, f.form_id) < (${begunAtMs}, ${formId})`;
}

function inBox(box: FormsQuery['box'], viewer: FormViewer): Expression<SqlBool> {
  switch (box) {
    case 'mine':
      return isOwn(viewer);
    case 'waiting':
      return waitsFor(viewer);
    case 'decided':
      return wasDecidedBy(viewer);
    case 'all':
      return visibleTo(viewer);
  }
}

/** A draft is nobody's business but its writer's. */
export function visibleTo(viewer: FormViewer): Expression<SqlBool> {
  const within = sql<SqlBool>`(f.status <> ${formStatus.enum.draft} AND ${peopleWithin('f.applicant_id', viewer.reach)})`;
  const ways = [within, isOwn(viewer), wasBegunBy(viewer), waitsFor(viewer), wasDecidedBy(viewer)];
  return sql<SqlBool>`(${sql.join(ways, sql` OR `)})`;
}

const NEVER = sql<SqlBool>`1 = 0`;

function isOwn({ personId }: FormViewer): Expression<SqlBool> {
  return personId === null ? NEVER : sql<SqlBool>`f.applicant_id = ${personId}`;
}

function waitsFor({ personId, voices }: FormViewer): Expression<SqlBool> {
  if (personId === null) return NEVER;
  const own: Voice = { personId, kinds: null };
  const ways = [own, ...voices].map(({ personId: voice, kinds }) =>
    kinds === null
      ? sql<SqlBool>`w.person_id = ${voice}`
      : sql<SqlBool>`(w.person_id = ${voice} AND f.kind IN (${sql.join(kinds)}))`,
  );
  return sql<SqlBool>`(f.applicant_id <> ${personId} AND EXISTS (SELECT 1 FROM form_waits w
    WHERE w.form_id = f.form_id AND (${sql.join(ways, sql` OR `)})))`;
}

function wasDecidedBy({ personId }: FormViewer): Expression<SqlBool> {
  if (personId === null) return NEVER;
  return sql<SqlBool>`EXISTS (SELECT 1 FROM form_events e
    WHERE e.form_id = f.form_id AND e.by_id = ${personId} AND e.kind = 'decided')`;
}

/** On somebody's behalf. */
function wasBegunBy({ by }: FormViewer): Expression<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM form_events b
    WHERE b.form_id = f.form_id AND b.by_id = ${by} AND b.kind = 'drafted')`;
}
