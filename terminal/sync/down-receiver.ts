import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import {
  type DownEntry,
  personBody,
  personSealContext,
  templateBody,
  templateSealContext,
} from '#contracts/wire/v1/down-log';
import type { DownBatchBody } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { privateKeyOf } from '#platform/crypto/keys';
import { open } from '#platform/crypto/sealed-box';
import type { LogRepository } from '#terminal/log/log-repository';
import type { UpLog } from '#terminal/log/up-log';
import type { DownLogRepository } from '#terminal/storage/down-log-repository';
import type { TerminalKeys } from '#terminal/storage/key-file';
import { decodeVector, type PeopleRepository } from '#terminal/storage/people-repository';
import type { Roster } from '#terminal/storage/roster';

/** A batch that does not go on where we stand is not wrong, only not ours to take. */
export type BatchFault = 'not-next' | 'unreadable' | 'schema' | 'order';

interface DownReceiverParts {
  readonly keys: TerminalKeys;
  readonly log: UpLog;
  readonly logRepository: LogRepository;
  readonly downLog: DownLogRepository;
  readonly people: PeopleRepository;
  readonly roster: Roster;
}

/** One entry, opened: what to do to the database, and whose picture of it changes. */
type Step =
  | { readonly kind: 'site'; readonly body: Extract<DownEntry, { kind: 'site' }>['body'] }
  | { readonly kind: 'person'; readonly body: z.output<typeof personBody> }
  | { readonly kind: 'template'; readonly body: z.output<typeof templateBody> }
  | {
      readonly kind: 'erasure';
      readonly rev: number;
      readonly body: Extract<DownEntry, { kind: 'erasure' }>['body'];
    };

/** Takes the hub's batches whole or not at all, and the cursor with them. */
export class DownReceiver {
  readonly #parts: DownReceiverParts;
  readonly #recipient: { readonly privateKey: KeyObject; readonly publicKey: string };

  constructor(parts: DownReceiverParts) {
    this.#parts = parts;
    const { seal } = parts.keys;
    this.#recipient = {
      privateKey: privateKeyOf('x25519', seal.privateKey),
      publicKey: seal.publicKey,
    };
  }

  /**
   * @param batch already proved to be the hub's and meant for this terminal
   * @throws SqliteError when the disk is full: nothing was taken
   */
  receive(batch: DownBatchBody): Result<{ readonly applied: number }, BatchFault> {
    if (batch.from !== this.#parts.downLog.cursor()) return failed('not-next');
    if (!isInOrder(batch)) return failed('order');
    const steps: Step[] = [];
    for (const entry of batch.entries) {
      const step = this.#read(entry);
      if (!step.ok) return step;
      steps.push(step.value);
    }
    this.#parts.logRepository.atomically(() => {
      for (const step of steps) this.#apply(step);
      this.#parts.downLog.moveCursor(batch.upto);
    });
    this.#refresh(steps);
    return ok({ applied: steps.length });
  }

  #read(entry: DownEntry): Result<Step, BatchFault> {
    const { terminalId } = this.#parts.keys;
    if (entry.kind === 'site') {
      return isZone(entry.body.zone) ? ok({ kind: 'site', body: entry.body }) : failed('schema');
    }
    if (entry.kind === 'erasure') return ok({ kind: 'erasure', rev: entry.rev, body: entry.body });
    const { personId } = entry;
    if (entry.kind === 'person') {
      const body = this.#open(entry.sealed, personSealContext(terminalId, personId), personBody);
      if (!body.ok) return body;
      return body.value.personId === personId
        ? ok({ kind: 'person', body: body.value })
        : failed('schema');
    }
    const { templateId } = entry;
    const context = templateSealContext(terminalId, personId, templateId);
    const body = this.#open(entry.sealed, context, templateBody);
    if (!body.ok) return body;
    const same = body.value.personId === personId && body.value.templateId === templateId;
    return same ? ok({ kind: 'template', body: body.value }) : failed('schema');
  }

  #open<S extends z.ZodType>(
    sealed: string,
    context: string,
    schema: S,
  ): Result<z.output<S>, BatchFault> {
    const plain = open(sealed, this.#recipient, context);
    if (!plain.ok) return plain;
    try {
      return ok(schema.parse(JSON.parse(plain.value.toString('utf8'))));
    } catch {
      return failed('schema');
    }
  }

  #apply(step: Step): void {
    const { people, downLog } = this.#parts;
    if (step.kind === 'site') downLog.putSite(step.body);
    if (step.kind === 'person') people.putPerson(step.body);
    // A template of somebody erased meanwhile has nowhere to go, and must not come back.
    if (step.kind === 'template')
      people.putTemplate({ ...step.body, vector: decodeVector(step.body.vector) });
    if (step.kind === 'erasure') this.#erase(step);
  }

  #erase({ rev, body }: Extract<Step, { kind: 'erasure' }>): void {
    const { people, log } = this.#parts;
    const { personId, scope } = body;
    const person = people.person(personId);
    if (scope === 'person') people.erasePerson(personId);
    else if (person !== undefined) people.eraseTemplates(person);
    log.append('audit', { event: 'erased', personId, detail: `${scope} by rev ${rev}` });
  }

  #refresh(steps: readonly Step[]): void {
    const touched = steps.flatMap((step) => (step.kind === 'site' ? [] : [step.body.personId]));
    for (const personId of new Set(touched)) this.#parts.roster.reload(personId);
    if (steps.some((step) => step.kind === 'erasure')) this.#parts.people.foldAway();
  }
}

function isInOrder({ from, upto, entries }: DownBatchBody): boolean {
  let before = from;
  for (const { rev } of entries) {
    if (rev <= before || rev > upto) return false;
    before = rev;
  }
  return upto >= from;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
