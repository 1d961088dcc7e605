import type { PunchBody } from '#contracts/wire/v1/up-log';
import { zoneClocks } from '#domain/attendance/time/zone-clock';
import { entryFinding, type ScorePolicy, scoreFindings } from '#domain/exceptions/door-findings';
import type { EntryTrouble, Finding } from '#domain/exceptions/finding';
import { reconcile } from '#domain/exceptions/reconcile';
import type { CaseRepository } from '#hub/storage/case-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';

/** Accepted, but narrowly: somebody else was nearly as like, or the face was hardly alive. */
const SCORES: ScorePolicy = { confidenceBelow: null, marginBelow: 0.05, livenessBelow: 0.5 };

interface DoorCasesDeps {
  readonly cases: CaseRepository;
  readonly people: PersonRepository;
  readonly site: Pick<SiteRepository, 'get'>;
  readonly clock: Clock;
}

/** Where an entry came from. */
export interface EntryPlace {
  readonly logId: string;
  readonly seq: number;
  readonly terminalId: string;
  readonly siteId: string;
  readonly atMs: number;
}

export interface DoorPunch extends EntryPlace {
  readonly body: Pick<PunchBody, 'personId' | 'confidence' | 'margin' | 'liveness'>;
}

/** Opens cases about what doors report, within the unit of work that takes the report in. */
export class DoorCases {
  readonly #deps: DoorCasesDeps;
  readonly #clockOf = zoneClocks();

  constructor(deps: DoorCasesDeps) {
    this.#deps = deps;
  }

  async punches(punches: readonly DoorPunch[]): Promise<void> {
    const { people } = this.#deps;
    const isKnown = new Map<string, boolean>();
    const found: Finding[] = [];
    for (const punch of punches) {
      const { personId } = punch.body;
      const known = isKnown.get(personId) ?? (await people.get(personId)) !== undefined;
      isKnown.set(personId, known);
      if (!known) found.push(await this.#troubled(punch, 'unknown-person'));
      else found.push(...(await this.#scored(punch)));
    }
    await this.#open(found);
  }

  /** An entry that was kept and not acted on. */
  async entry(place: EntryPlace, trouble: EntryTrouble): Promise<void> {
    await this.#open([await this.#troubled(place, trouble)]);
  }

  async #troubled(place: EntryPlace, trouble: EntryTrouble): Promise<Finding> {
    const { logId, seq, terminalId, siteId } = place;
    const date = await this.#dateOf(place);
    return entryFinding({ logId, seq, terminalId, siteId, date, trouble });
  }

  async #scored(punch: DoorPunch): Promise<readonly Finding[]> {
    const { logId, seq, terminalId, siteId } = punch;
    const { personId, confidence = null, margin = null, liveness = null } = punch.body;
    const scores = { confidence, margin, liveness };
    const date = await this.#dateOf(punch);
    const scored = { punchId: `${logId}:${seq}`, personId, terminalId, siteId, date, ...scores };
    return scoreFindings(scored, SCORES);
  }

  /** A moment that no calendar has is told under the day on which it came. */
  async #dateOf({ atMs }: EntryPlace): Promise<number> {
    const { site, clock } = this.#deps;
    const { zone } = await site.get();
    const nowMs = clock.now().epochMilliseconds;
    const isPossible = atMs >= 0 && atMs <= LATEST_MS;
    return this.#clockOf(zone).wallOf(Math.floor((isPossible ? atMs : nowMs) / 1000)).day;
  }

  async #open(found: readonly Finding[]): Promise<void> {
    if (found.length === 0) return;
    const { cases, clock } = this.#deps;
    const known = await cases.under(found.map(({ key }) => key));
    const states = new Map([...known].map(([key, { state }]) => [key, state]));
    const at = Math.floor(clock.now().epochMilliseconds / 1000);
    await cases.record(reconcile(states, found, { at, healers: [] }), known, 'door');
  }
}

const LATEST_MS = 253_402_300_799_999; // as entries are judged: the last moment RFC 3339 can write
