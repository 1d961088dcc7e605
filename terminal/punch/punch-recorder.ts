import type { Greeting } from '#contracts/ipc/kiosk-ipc';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { type PunchBody, punchBody, type UpEntry, type WifiSeen } from '#contracts/wire/v1/up-log';
import { isCoolingDown } from '#domain/punch/cool-down';
import {
  directionOf,
  punchesOfDay,
  type StandingPunch,
  workedMinutes,
} from '#domain/punch/punch-day';
import { CUTOVER_DEFAULT } from '#domain/punch/workday';
import { failed, ok, type Result } from '#domain/result';
import { isDiskFull } from '#platform/sqlite/database';
import type { LogRepository } from '#terminal/log/log-repository';
import { claimedInstant, type UpLog } from '#terminal/log/up-log';
import type { DownLogRepository } from '#terminal/storage/down-log-repository';
import type { TerminalClock } from '#terminal/sync/terminal-clock';

/** Until the hub says where this door is. */
const NO_SITE = { siteId: '00000000-0000-0000-0000-000000000000', zone: 'UTC' } as const;

/** How a person came to punch, without what the recorder knows itself. */
export type PunchClaim = Pick<
  PunchBody,
  'method' | 'confidence' | 'margin' | 'liveness' | 'frameId' | 'modelId'
>;

export interface PunchOrigin {
  readonly trackId?: number;
  /** When this face was first good enough to compare, by the wall clock that screen and engine share. */
  readonly stableSinceMs?: number | undefined;
}

const VOID_WINDOW_MS = 6000; // screens.md: "not me" is offered for six seconds
const VOID_GRACE_MS = 1500; // the tap of the last moment still has to travel
const RECENT_MAX = 64; // more than can be within six seconds of each other

interface Recent {
  readonly logId: string;
  readonly personId: string;
  readonly trackId: number | undefined;
  readonly voidUntilMonoMs: number;
}

interface RecorderParts {
  readonly log: UpLog;
  readonly repository: LogRepository;
  readonly downLog: DownLogRepository;
  readonly clock: TerminalClock;
  readonly wifi: () => WifiSeen;
  readonly coolDownSeconds: number;
  readonly onDisk: (disk: 'written' | 'full') => void;
}

/** Turns "this is that person" into an entry on the disk, and only then into words for the screen. */
export class PunchRecorder {
  readonly #parts: RecorderParts;
  readonly #recent = new Map<number, Recent>();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Whether a punch now would only repeat the last one. */
  isCoolingDown(personId: string): boolean {
    return this.#repeatOf(personId) !== undefined;
  }

  /** @returns a greeting for an entry that is on the disk: a new one, or the one just before */
  record(
    person: PersonBody,
    claim: PunchClaim,
    origin: PunchOrigin,
  ): Result<Greeting, 'disk-full'> {
    const repeat = this.#repeatOf(person.personId);
    if (repeat !== undefined) return ok({ ...this.#words(person, repeat, origin), kind: 'repeat' });
    const committed = this.#commit(() => this.#append(person.personId, claim));
    if (!committed.ok) return committed;
    const entry = committed.value;
    this.#remember(entry, person.personId, origin.trackId);
    const { clock } = this.#parts;
    return ok({
      ...this.#words(person, entry, origin),
      kind: 'saved',
      voidUntil: claimedInstant(entry.at).add({ milliseconds: VOID_WINDOW_MS }).toString(),
      ...(origin.stableSinceMs === undefined
        ? {}
        : { latencyMs: Math.max(0, clock.wallMs() - origin.stableSinceMs) }),
    });
  }

  /** "Not me": the earlier entry stays, a new one withdraws it. */
  withdraw(
    punchSeq: number,
  ): Result<
    { trackId: number | undefined; personId: string },
    'too-late' | 'unknown-punch' | 'disk-full'
  > {
    const { log, repository, clock } = this.#parts;
    const recent = this.#recent.get(punchSeq);
    if (recent === undefined || recent.logId !== log.logId)
      return failed(
        repository.find(log.logId, punchSeq)?.kind === 'punch' ? 'too-late' : 'unknown-punch',
      );
    if (repository.isVoided(log.logId, punchSeq)) return failed('unknown-punch');
    if (clock.monotonicMs() > recent.voidUntilMonoMs + VOID_GRACE_MS) return failed('too-late');
    const committed = this.#commit(() => log.append('void', { punchSeq, reason: 'not-me' }));
    if (!committed.ok) return committed;
    return ok({ trackId: recent.trackId, personId: recent.personId });
  }

  #commit(append: () => UpEntry): Result<UpEntry, 'disk-full'> {
    try {
      const entry = append();
      this.#parts.onDisk('written');
      return ok(entry);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.#parts.onDisk('full');
      return failed('disk-full');
    }
  }

  #repeatOf(personId: string): UpEntry | undefined {
    const { repository, clock, coolDownSeconds } = this.#parts;
    const last = repository.standingPunches(personId)[0];
    if (last === undefined) return undefined;
    const before = { at: claimedInstant(last.at), monoMs: last.at.monoMs, bootId: last.at.bootId };
    const now = { at: clock.now(), monoMs: clock.monotonicMs(), bootId: clock.bootId };
    return isCoolingDown(before, now, coolDownSeconds) ? last : undefined;
  }

  #append(personId: string, claim: PunchClaim): UpEntry {
    const { downLog, wifi, log, clock } = this.#parts;
    return log.append('punch', {
      personId,
      direction: directionOf(this.#earlierToday(personId, clock.now())),
      siteId: downLog.site()?.siteId ?? NO_SITE.siteId,
      galleryRev: downLog.cursor(),
      wifi: wifi(),
      ...claim,
    });
  }

  #earlierToday(personId: string, at: Temporal.Instant): readonly StandingPunch[] {
    const { repository, downLog } = this.#parts;
    const zone = downLog.site()?.zone ?? NO_SITE.zone;
    const punches = repository.standingPunches(personId).map(standing);
    return punchesOfDay(punches, at, { zone, cutover: CUTOVER_DEFAULT });
  }

  #words(person: PersonBody, entry: UpEntry, origin: PunchOrigin): Omit<Greeting, 'kind'> {
    const { direction, punchedAt } = standing(entry);
    const today = this.#earlierToday(person.personId, punchedAt);
    const worked = direction === 'out' ? workedMinutes(today, punchedAt) : undefined;
    return {
      punchSeq: entry.seq,
      name: person.greetingName,
      locale: person.locale,
      direction,
      punchedAt: punchedAt.toString(),
      today: today.map((each) => each.punchedAt.toString()),
      ...(worked === undefined ? {} : { workedMinutes: worked }),
      ...(origin.trackId === undefined ? {} : { trackId: origin.trackId }),
    };
  }

  #remember(entry: UpEntry, personId: string, trackId: number | undefined): void {
    this.#recent.set(entry.seq, {
      logId: entry.logId,
      personId,
      trackId,
      voidUntilMonoMs: this.#parts.clock.monotonicMs() + VOID_WINDOW_MS,
    });
    for (const seq of this.#recent.keys()) {
      if (this.#recent.size <= RECENT_MAX) break;
      this.#recent.delete(seq);
    }
  }
}

function standing(entry: UpEntry): StandingPunch {
  const { direction } = punchBody.parse(entry.body);
  return { seq: entry.seq, punchedAt: claimedInstant(entry.at), direction: direction ?? 'in' };
}
