import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

/** A punch by its place in its log. */
export interface PunchPlace {
  readonly logId: string;
  readonly seq: number;
}

/** A punch whose terminal did not know the time. */
export interface LostPunch extends PunchPlace {
  readonly personId: string;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly retimedBy: string | null;
}

/** What a person said about a punch. */
export interface Placement extends PunchPlace {
  readonly atMs: number;
  readonly note: string;
  readonly by: string;
  readonly placedAtMs: number;
}

/** Where a page begins: behind this punch, in the order of arrival. */
export type ArrivalKey = [receivedAtMs: number, logId: string, seq: number];

/** Which of them are asked for. */
export interface WaitingPage {
  readonly limit: number;
  readonly after: Readonly<ArrivalKey> | undefined;
  readonly reach: Reach;
}

/** Punches of unknown time, what bounds them, and who said when they were. */
export class PunchPlacementRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns undefined for a punch that is none, or whose terminal knew the time */
  async lost({ logId, seq }: PunchPlace, reach: Reach): Promise<LostPunch | undefined> {
    const row = await this.#lost(reach)
      .where('log_id', '=', logId)
      .where('seq', '=', seq)
      .executeTakeFirst();
    return row;
  }

  async waiting({ limit, after, reach }: WaitingPage): Promise<LostPunch[]> {
    const [atMs, logId, seq] = after ?? [-1, '', 0];
    return await this.#lost(reach)
      .where('retimed_by', 'is', null)
      .where((of) =>
        of.or([
          of('received_at_ms', '>', atMs),
          of.and([of('received_at_ms', '=', atMs), of('log_id', '>', logId)]),
          of.and([of('received_at_ms', '=', atMs), of('log_id', '=', logId), of('seq', '>', seq)]),
        ]),
      )
      .orderBy('received_at_ms')
      .orderBy('log_id')
      .orderBy('seq')
      .limit(limit)
      .execute();
  }

  /** When the nearest punches of the same log were given whose time is known, before and behind. */
  async neighbours({
    logId,
    seq,
  }: PunchPlace): Promise<{ readonly beforeMs?: number; readonly behindMs?: number }> {
    const known = this.#db.now
      .selectFrom('punches')
      .select('at_ms')
      .where('log_id', '=', logId)
      .where((of) => of.or([of('clock_trust', '<>', 'lost'), of('retimed_by', 'is not', null)]))
      .limit(1);
    const before = await known.where('seq', '<', seq).orderBy('seq', 'desc').executeTakeFirst();
    const behind = await known.where('seq', '>', seq).orderBy('seq').executeTakeFirst();
    return {
      ...(before === undefined ? {} : { beforeMs: before.at_ms }),
      ...(behind === undefined ? {} : { behindMs: behind.at_ms }),
    };
  }

  async add(placement: Placement): Promise<void> {
    await this.#db.now
      .insertInto('punch_placements')
      .values({
        log_id: placement.logId,
        seq: placement.seq,
        at_ms: placement.atMs,
        note: placement.note,
        placed_by: placement.by,
        placed_at_ms: placement.placedAtMs,
      })
      .execute();
  }

  #lost(reach: Reach) {
    return this.#db.now
      .selectFrom('punches')
      .select(['log_id as logId', 'seq', 'person_id as personId', 'at_ms as atMs'])
      .select(['received_at_ms as receivedAtMs', 'retimed_by as retimedBy'])
      .where('clock_trust', '=', 'lost')
      .where(peopleWithin('punches.person_id', reach));
  }
}
