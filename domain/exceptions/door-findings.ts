import type { DayNumber } from '#domain/attendance/time/day-number';
import { isoOf } from '#domain/attendance/time/day-number';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { EntryTrouble, Finding } from '#domain/exceptions/finding';

interface AtDoor {
  readonly terminalId: string;
  readonly siteId: string | null;
  readonly date: DayNumber;
}

/** How sure a terminal was of a face; null: it did not say, or it was no face. */
export interface ScoredPunch extends AtDoor {
  readonly punchId: string;
  readonly personId: string;
  readonly confidence: number | null;
  readonly margin: number | null;
  readonly liveness: number | null;
}

/** Below which scores somebody should look; null: never. */
export interface ScorePolicy {
  readonly confidenceBelow: number | null;
  readonly marginBelow: number | null;
  readonly livenessBelow: number | null;
}

/** A punch that was accepted, but narrowly; of several scores that are low the first is told. */
export function scoreFindings(punch: ScoredPunch, policy: ScorePolicy): readonly Finding[] {
  const scores = [
    ['confidence', punch.confidence, policy.confidenceBelow],
    ['margin', punch.margin, policy.marginBelow],
    ['liveness', punch.liveness, policy.livenessBelow],
  ] as const;
  const low = scores.find(([, score, line]) => score !== null && line !== null && score < line);
  if (low === undefined) return [];
  const { punchId, personId } = punch;
  const found = atDoor(punch, `punch|${punchId}|lowScore`, 'lowScore');
  return [{ ...found, detail: low[0], personId, punchId }];
}

/** Faces a door turned away on a date. */
export interface StrangerCount extends AtDoor {
  readonly count: number;
}

/** @param countMin fewer on one date are visitors, couriers, and people looking in */
export function strangerFindings(seen: StrangerCount, countMin: number): readonly Finding[] {
  if (seen.count < countMin) return [];
  const key = `strangers|${seen.terminalId}|${isoOf(seen.date)}`;
  return [{ ...atDoor(seen, key, 'strangers'), count: seen.count }];
}

/** An entry that was kept and not acted on. */
export interface TroubledEntry extends AtDoor {
  readonly logId: string;
  readonly seq: number;
  readonly trouble: EntryTrouble;
}

export function entryFinding(entry: TroubledEntry): Finding {
  const key = `entry|${entry.logId}|${entry.seq}`;
  return { ...atDoor(entry, key, ENTRY_KINDS[entry.trouble]), detail: entry.trouble };
}

const ENTRY_KINDS: Readonly<Record<EntryTrouble, CaseKind>> = {
  'unknown-person': 'unknownPerson',
  'impossible-time': 'clock',
  'unknown-kind': 'entry',
  'unreadable-body': 'entry',
  'no-consent': 'entry',
  'unreadable-seal': 'entry',
  'no-such-punch': 'entry',
};

function atDoor({ terminalId, siteId, date }: AtDoor, key: string, kind: CaseKind): Finding {
  return {
    key,
    kind,
    detail: null,
    personId: null,
    date,
    terminalId,
    siteId,
    duty: null,
    punchId: null,
    seconds: 0,
    count: 1,
  };
}
