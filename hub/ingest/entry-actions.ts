import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { enrolmentSealContext } from '#contracts/wire/v1/down-log';
import {
  sealedTemplates,
  type UpBody,
  type UpEntry,
  type UpKind,
  upBody,
} from '#contracts/wire/v1/up-log';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { DoorCases, EntryPlace } from '#hub/exceptions/door-cases';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { PersonRecord } from '#hub/storage/person-record';
import { type PersonRepository, sitesToldOf } from '#hub/storage/person-repository';
import type { NewPunch, PunchRepository } from '#hub/storage/punch-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { EntryRemark, UpLogRepository } from '#hub/storage/up-log-repository';
import type { EventBook } from '#hub/webhooks/event-book';
import { open } from '#platform/crypto/sealed-box';

/** What an entry changed, told after the commit. */
export type EntryEffect =
  | { readonly kind: 'punch'; readonly logId: string; readonly seq: number }
  | { readonly kind: 'voided'; readonly logId: string; readonly seq: number }
  /** Another time counts for it now. */
  | { readonly kind: 'retimed'; readonly logId: string; readonly seq: number }
  | { readonly kind: 'templates' };

export interface EntrySource {
  readonly terminalId: string;
  readonly siteId: string;
  readonly receivedAtMs: number;
}

interface ActionDeps {
  readonly log: UpLogRepository;
  readonly punches: PunchRepository;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly downLog: DownLogRepository;
  /** Written within the same transaction, so that no crash forgets which days have to be computed. */
  readonly marks: DayMarks;
  /** What somebody has to look at, written with what it was found in. */
  readonly doors: DoorCases;
  /** For other systems, within the same transaction too. */
  readonly eventBook: EventBook;
  /** What terminals seal enrolments to. */
  readonly sealKey: { readonly privateKey: KeyObject; readonly publicKey: string };
}

type Outcome = EntryEffect | EntryRemark | undefined;

const EARLIEST_MS = 0; // 1970: a terminal whose clock was reset says so and means it
const LATEST_MS = 253_402_300_799_999; // the last millisecond of the year 9999, as far as RFC 3339 goes

/** Reads entries that have just been stored, within the same transaction. */
export class EntryActions {
  readonly #deps: ActionDeps;

  constructor(deps: ActionDeps) {
    this.#deps = deps;
  }

  /** In their order. An entry that cannot be acted on stays in its log, with a remark that says why. */
  async actOn(entries: readonly UpEntry[], source: EntrySource): Promise<EntryEffect[]> {
    const effects: EntryEffect[] = [];
    for (let next = 0; next < entries.length; ) {
      const row = punchesFrom(entries, next); // a backlog is little else: they go in together
      if (row.length > 0) effects.push(...(await this.#punches(row, source)));
      else effects.push(...(await this.#act(entries[next], source)));
      next += Math.max(row.length, 1);
    }
    return effects;
  }

  /**
   * A live punch that overtook a backlog is shown at once. Everything else waits for its turn, since
   * it may rest on what has not arrived: an enrolment on a consent, a "not me" on its punch.
   */
  async actOnEarly(entries: readonly UpEntry[], source: EntrySource): Promise<EntryEffect[]> {
    // Remarks are made when the turn of the others comes.
    const readable = entries.map(readPunch).filter((read) => typeof read === 'object');
    return await this.#punches(readable, source);
  }

  async #act(entry: UpEntry | undefined, source: EntrySource): Promise<EntryEffect[]> {
    if (entry === undefined) return [];
    const outcome = await this.#read(entry, source);
    if (typeof outcome === 'object') return [outcome];
    if (outcome !== undefined) await this.#remark(entry, outcome, source);
    return [];
  }

  async #remark(entry: UpEntry, remark: EntryRemark, source: EntrySource): Promise<void> {
    const { log, doors } = this.#deps;
    await log.remark(entry, remark);
    await doors.entry(placeOf(entry, source), remark);
  }

  async #read(entry: UpEntry, source: EntrySource): Promise<Outcome> {
    if (!isKnown(entry)) return 'unknown-kind';
    switch (entry.kind) {
      case 'punch': {
        const read = readPunch(entry);
        return typeof read === 'object' ? (await this.#punches([read], source)).at(0) : read;
      }
      case 'void':
        return await withBody(upBody.void, entry, (body) => this.#void(entry, body, source));
      case 'consent':
        return await withBody(upBody.consent, entry, (body) => this.#consent(entry, body));
      case 'enrolment':
        return await withBody(upBody.enrolment, entry, (body) => this.#enrolment(body, source));
      case 'genesis':
      case 'audit':
        return await withBody(upBody[entry.kind], entry, async () => undefined);
    }
  }

  async #punches(punches: readonly NewPunch[], source: EntrySource): Promise<EntryEffect[]> {
    const fresh = await this.#deps.punches.saveAll(punches, source);
    await this.#deps.marks.atMoments(
      fresh.map(({ body, punchedAtMs }) => ({ personId: body.personId, epochMs: punchedAtMs })),
    );
    const { doors } = this.#deps;
    await doors.punches(fresh.map(({ entry, body }) => ({ ...placeOf(entry, source), body })));
    await this.#tellPunches(fresh, source);
    return fresh.map(({ entry: { logId, seq } }) => ({ kind: 'punch', logId, seq }));
  }

  async #tellPunches(punches: readonly NewPunch[], source: EntrySource): Promise<void> {
    const receivedAt = Temporal.Instant.fromEpochMilliseconds(source.receivedAtMs);
    const told = punches.map(({ entry, body: { personId, method, direction }, punchedAtMs }) => ({
      punchId: `${entry.logId}:${entry.seq}`,
      personId,
      method,
      ...(direction === undefined ? {} : { direction }),
      punchedAt: Temporal.Instant.fromEpochMilliseconds(punchedAtMs).toString(),
      receivedAt: receivedAt.toString(),
      terminalId: source.terminalId,
      clock: entry.at.trust,
    }));
    await this.#deps.eventBook.tell('punch.created', told, receivedAt);
  }

  async #void(entry: UpEntry, body: UpBody<'void'>, source: EntrySource): Promise<Outcome> {
    const { punches, marks } = this.#deps;
    if (!(await punches.void(entry, body.punchSeq))) return 'no-such-punch';
    const withdrawn = await punches.get(entry.logId, body.punchSeq);
    if (withdrawn !== undefined) {
      const { id: punchId, personId } = withdrawn;
      const at = Temporal.Instant.fromEpochMilliseconds(source.receivedAtMs);
      await this.#deps.eventBook.tell('punch.voided', [{ punchId, personId }], at);
      const { epochMilliseconds } = Temporal.Instant.from(withdrawn.punchedAt);
      await marks.atMoment(withdrawn.personId, epochMilliseconds);
    }
    return { kind: 'voided', logId: entry.logId, seq: body.punchSeq };
  }

  async #consent(entry: UpEntry, body: UpBody<'consent'>): Promise<Outcome> {
    const { consentId, personId, given } = body;
    await this.#deps.log.saveConsent(entry, { consentId, personId, given: given ? 1 : 0 });
    return undefined;
  }

  async #enrolment(body: UpBody<'enrolment'>, source: EntrySource): Promise<Outcome> {
    const { log, people, sealKey } = this.#deps;
    const person = await people.record(body.personId);
    if (person === undefined || hasGone(person)) return 'unknown-person';
    if (!(await log.hasConsent(body.personId, body.consentId))) return 'no-consent';
    const context = enrolmentSealContext(source.terminalId, body.personId, body.enrolmentId);
    const opened = open(body.sealed, sealKey, context);
    if (!opened.ok) return 'unreadable-seal';
    const vectors = sealedText.safeParse(opened.value.toString('utf8'));
    if (!vectors.success) return 'unreadable-seal';
    if (!haveSameIds(body.templates, vectors.data.templates)) return 'unreadable-seal';
    const siteIds = new Set([source.siteId, ...sitesToldOf(person)]);
    await this.#replaceTemplates(body, vectors.data.templates, { ...source, siteIds });
    return { kind: 'templates' };
  }

  /** Terminals know no "replace": they are told to erase, then everything that is to stay. */
  async #replaceTemplates(
    body: UpBody<'enrolment'>,
    vectors: readonly { readonly templateId: string; readonly vector: string }[],
    { siteIds, receivedAtMs }: EntrySource & { readonly siteIds: ReadonlySet<string> },
  ): Promise<void> {
    const { templates, downLog } = this.#deps;
    const { personId, modelId, enrolmentId } = body;
    const enrolment = { enrolmentId, enrolledAtMs: receivedAtMs };
    const replaced = await templates.dropModel(personId, modelId);
    for (const { templateId, vector } of vectors) {
      await templates.add({ templateId, personId, modelId, vector }, enrolment);
    }
    const stays =
      replaced > 0 ? await templates.idsOf(personId) : vectors.map((each) => each.templateId);
    const erasure = { kind: 'erasure', personId, scope: 'templates' } as const;
    const told = stays.map((templateId) => ({ kind: 'template', personId, templateId }) as const);
    const notes = replaced > 0 ? [erasure, ...told] : told;
    for (const siteId of siteIds) await downLog.appendAll(siteId, notes, receivedAtMs);
  }
}

function placeOf({ logId, seq, at }: UpEntry, { terminalId, siteId }: EntrySource): EntryPlace {
  return { logId, seq, terminalId, siteId, atMs: at.wallMs + at.offsetMs };
}

/** @returns what to store, or why it cannot be; undefined for what is no punch */
function readPunch(entry: UpEntry): NewPunch | EntryRemark | undefined {
  if (entry.kind !== 'punch') return undefined;
  const body = upBody.punch.safeParse(entry.body);
  if (!body.success) return 'unreadable-body';
  const punchedAtMs = entry.at.wallMs + entry.at.offsetMs;
  const isPossible = punchedAtMs >= EARLIEST_MS && punchedAtMs <= LATEST_MS;
  return isPossible ? { entry, body: body.data, punchedAtMs } : 'impossible-time';
}

/** The punches that follow one another from there on, up to the first entry that is none. */
function punchesFrom(entries: readonly UpEntry[], first: number): NewPunch[] {
  const row: NewPunch[] = [];
  for (const entry of entries.slice(first)) {
    const read = readPunch(entry);
    if (typeof read !== 'object') break;
    row.push(read);
  }
  return row;
}

/** Nobody's face is kept who has no way in any more. */
function hasGone({ leftAtMs, erasedAtMs }: PersonRecord): boolean {
  return leftAtMs !== null || erasedAtMs !== null;
}

interface Identified {
  readonly templateId: string;
}

function haveSameIds(left: readonly Identified[], right: readonly Identified[]): boolean {
  const ids = (list: readonly Identified[]) => list.map((each) => each.templateId).toSorted();
  return ids(left).join() === ids(right).join();
}

const sealedText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(sealedTemplates);

function isKnown(entry: UpEntry): entry is UpEntry & { readonly kind: UpKind } {
  return Object.hasOwn(upBody, entry.kind);
}

async function withBody<S extends z.ZodType>(
  schema: S,
  entry: UpEntry,
  act: (body: z.output<S>) => Promise<Outcome>,
): Promise<Outcome> {
  const body = schema.safeParse(entry.body);
  return body.success ? await act(body.data) : 'unreadable-body';
}
