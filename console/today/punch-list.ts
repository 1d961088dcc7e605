import type { Punch } from '#contracts/rest/v1/punches';

export type DirectionChoice = 'all' | 'in' | 'out';

export interface PunchFilter {
  readonly words: string;
  readonly direction: DirectionChoice;
}

/** What arrived live on top of what was read: each punch once, newest first. */
export function mergedPunches(
  read: readonly Punch[],
  arrived: readonly Punch[],
  voidedIds: ReadonlySet<string>,
): readonly Punch[] {
  const byId = new Map([...read, ...arrived].map((punch) => [punch.id, punch]));
  return [...byId.values()]
    .map((punch) => (voidedIds.has(punch.id) ? { ...punch, voided: true } : punch))
    .toSorted(newestFirst);
}

function newestFirst(a: Punch, b: Punch): number {
  const order = Temporal.Instant.compare(b.punchedAt, a.punchedAt);
  return order === 0 ? b.id.localeCompare(a.id, 'en', { numeric: true }) : order;
}

export function matchingPunches(punches: readonly Punch[], filter: PunchFilter): readonly Punch[] {
  const words = filter.words.trim().toLocaleLowerCase();
  return punches.filter((punch) => {
    if (filter.direction !== 'all' && punch.direction !== filter.direction) return false;
    const told = [punch.name, punch.employeeNo, punch.terminalName, punch.id];
    return told.some((part) => part?.toLocaleLowerCase().includes(words) === true);
  });
}

export interface DayFigures {
  readonly peopleSeen: number;
  readonly punches: number;
  readonly withdrawn: number;
}

/** A withdrawn punch is nobody's presence. */
export function figuresOf(punches: readonly Punch[]): DayFigures {
  const standing = punches.filter((punch) => !punch.voided);
  return {
    peopleSeen: new Set(standing.map((punch) => punch.personId)).size,
    punches: standing.length,
    withdrawn: punches.length - standing.length,
  };
}

/** A quarter of an hour of the day line. */
export interface Quarter {
  /** Quarter hours since midnight at the site. */
  readonly at: number;
  readonly arrivals: number;
  readonly departures: number;
}

/** Quarters in which something stands, in order; a punch without a direction counts as arrival. */
export function quartersOf(punches: readonly Punch[], zone: string): readonly Quarter[] {
  const quarters = new Map<number, Quarter>();
  for (const punch of punches) {
    if (punch.voided) continue;
    const wall = Temporal.Instant.from(punch.punchedAt).toZonedDateTimeISO(zone);
    const at = wall.hour * 4 + Math.floor(wall.minute / 15);
    const before = quarters.get(at) ?? { at, arrivals: 0, departures: 0 };
    const out = punch.direction === 'out' ? 1 : 0;
    quarters.set(at, {
      at,
      arrivals: before.arrivals + 1 - out,
      departures: before.departures + out,
    });
  }
  return [...quarters.values()].toSorted((a, b) => a.at - b.at);
}

/** `logId:seq` as people quote it: the first of the log's id and the number. */
export function receiptOf(punch: Pick<Punch, 'id'>): string {
  const [logId = '', seq = ''] = punch.id.split(':');
  return `${logId.slice(0, 8)}:${seq}`;
}

/** First 12 digits in fours: enough to compare over the telephone. */
export function shortHashOf(punch: Pick<Punch, 'hash'>): string {
  return (punch.hash.slice(0, 12).match(/.{4}/g) ?? []).join(' ');
}
