import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { enrolmentSealContext } from '#contracts/wire/v1/down-log';
import {
  type PunchBody,
  sealedTemplates,
  type UpBody,
  type UpEntry,
  type UpKind,
  upBody,
} from '#contracts/wire/v1/up-log';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { PunchRepository } from '#hub/storage/punch-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { EntryRemark, UpLogRepository } from '#hub/storage/up-log-repository';
import { open } from '#platform/crypto/sealed-box';

/** What an entry changed, told after the commit. */
export type EntryEffect =
  | { readonly kind: 'punch'; readonly logId: string; readonly seq: number }
  | { readonly kind: 'voided'; readonly logId: string; readonly seq: number }
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

  /** An entry that cannot be acted on stays in its log, with a remark that says why. */
  actOn(entry: UpEntry, source: EntrySource): EntryEffect | undefined {
    const outcome = this.#read(entry, source);
    if (typeof outcome !== 'string') return outcome;
    this.#deps.log.remark(entry, outcome);
    return undefined;
  }

  /**
   * A live punch that overtook a backlog is shown at once. Everything else waits for its turn, since
   * it may rest on what has not arrived: an enrolment on a consent, a "not me" on its punch.
   */
  actOnEarly(entry: UpEntry, source: EntrySource): EntryEffect | undefined {
    const body = entry.kind === 'punch' ? upBody.punch.safeParse(entry.body) : undefined;
    const effect = body?.success === true ? this.#punch(entry, body.data, source) : undefined;
    return typeof effect === 'object' ? effect : undefined; // remarks are made when its turn comes
  }

  #read(entry: UpEntry, source: EntrySource): Outcome {
    if (!isKnown(entry)) return 'unknown-kind';
    switch (entry.kind) {
      case 'punch':
        return withBody(upBody.punch, entry, (body) => this.#punch(entry, body, source));
      case 'void':
        return withBody(upBody.void, entry, (body) => this.#void(entry, body));
      case 'consent':
        return withBody(upBody.consent, entry, (body) => this.#consent(entry, body));
      case 'enrolment':
        return withBody(upBody.enrolment, entry, (body) => this.#enrolment(body, source));
      case 'genesis':
      case 'audit':
        return withBody(upBody[entry.kind], entry, () => undefined);
    }
  }

  #punch(entry: UpEntry, body: PunchBody, source: EntrySource): Outcome {
    const punchedAtMs = entry.at.wallMs + entry.at.offsetMs;
    if (punchedAtMs < EARLIEST_MS || punchedAtMs > LATEST_MS) return 'impossible-time';
    const isNew = this.#deps.punches.save(entry, body, { ...source, punchedAtMs });
    if (!isNew) return undefined;
    this.#deps.marks.atMoment(body.personId, punchedAtMs);
    return { kind: 'punch', logId: entry.logId, seq: entry.seq };
  }

  #void(entry: UpEntry, body: UpBody<'void'>): Outcome {
    const { punches, marks } = this.#deps;
    if (!punches.void(entry, body.punchSeq)) return 'no-such-punch';
    const withdrawn = punches.get(entry.logId, body.punchSeq);
    if (withdrawn !== undefined) {
      const { epochMilliseconds } = Temporal.Instant.from(withdrawn.punchedAt);
      marks.atMoment(withdrawn.personId, epochMilliseconds);
    }
    return { kind: 'voided', logId: entry.logId, seq: body.punchSeq };
  }

  #consent(entry: UpEntry, body: UpBody<'consent'>): Outcome {
    const { consentId, personId, given } = body;
    this.#deps.log.saveConsent(entry, { consentId, personId, given: given ? 1 : 0 });
    return undefined;
  }

  #enrolment(body: UpBody<'enrolment'>, source: EntrySource): Outcome {
    const { log, people, sealKey } = this.#deps;
    if (people.get(body.personId) === undefined) return 'unknown-person';
    if (!log.hasConsent(body.personId, body.consentId)) return 'no-consent';
    const context = enrolmentSealContext(source.terminalId, body.personId, body.enrolmentId);
    const opened = open(body.sealed, sealKey, context);
    if (!opened.ok) return 'unreadable-seal';
    const vectors = sealedText.safeParse(opened.value.toString('utf8'));
    if (!vectors.success) return 'unreadable-seal';
    if (!haveSameIds(body.templates, vectors.data.templates)) return 'unreadable-seal';
    this.#replaceTemplates(body, vectors.data.templates, source);
    return { kind: 'templates' };
  }

  /** Terminals know no "replace": they are told to erase, then everything that is to stay. */
  #replaceTemplates(
    body: UpBody<'enrolment'>,
    vectors: readonly { readonly templateId: string; readonly vector: string }[],
    source: EntrySource,
  ): void {
    const { templates, downLog } = this.#deps;
    const { personId, modelId, enrolmentId } = body;
    const enrolment = { enrolmentId, enrolledAtMs: source.receivedAtMs };
    const replaced = templates.dropModel(personId, modelId);
    for (const { templateId, vector } of vectors) {
      templates.add({ templateId, personId, modelId, vector }, enrolment);
    }
    const told = replaced > 0 ? templates.idsOf(personId) : vectors.map((each) => each.templateId);
    if (replaced > 0) {
      const erasure = { kind: 'erasure', personId, scope: 'templates' } as const;
      downLog.append(source.siteId, erasure, source.receivedAtMs);
    }
    for (const templateId of told) {
      downLog.append(
        source.siteId,
        { kind: 'template', personId, templateId },
        source.receivedAtMs,
      );
    }
  }
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

function withBody<S extends z.ZodType>(
  schema: S,
  entry: UpEntry,
  act: (body: z.output<S>) => Outcome,
): Outcome {
  const body = schema.safeParse(entry.body);
  return body.success ? act(body.data) : 'unreadable-body';
}
