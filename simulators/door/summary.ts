import type { Punch } from '#contracts/rest/v1/punches';
import type { StaffMember } from '#simulators/door/cast';
import type { DoorObserver, Witnessed } from '#simulators/door/observer';

/** What a day at the simulated door came to; one line of JSON. */
export interface DemoSummary {
  /** People who walked past the camera. */
  readonly people: number;
  readonly enrolled: number;
  /** Tracks the engine followed. */
  readonly facesSeen: number;
  /** Punches that were greeted. */
  readonly greeted: number;
  /** Of these, how many the hub holds. */
  readonly atHub: number;
  /** Punches the hub holds more than once, or without a greeting. */
  readonly doubled: number;
  /** Greetings given to somebody else than the person who stood there. */
  readonly strangersGreeted: number;
  /** Enrolled people who walked past and were never greeted. */
  readonly staffMissed: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
}

/** @returns the value below which this share of `values` lies (nearest rank); 0 of none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return Math.round(sorted[rank - 1] ?? 0);
}

export interface DoorRecord {
  readonly observer: Pick<DoorObserver, 'witnessed' | 'facesSeen' | 'peopleSeen'>;
  readonly peopleShown: ReadonlySet<string>;
  readonly enrolled: readonly StaffMember[];
  /** Face punches of this terminal, as the hub tells them. */
  readonly punches: readonly Pick<Punch, 'id'>[];
}

export function summarise({ observer, peopleShown, enrolled, punches }: DoorRecord): DemoSummary {
  const saved = observer.witnessed.filter(({ greeting }) => greeting.kind === 'saved');
  const greeted = new Set(saved.map(({ greeting }) => greeting.punchSeq));
  const held = punches.map((punch) => seqOf(punch.id));
  const arrived = [...greeted].filter((seq) => held.includes(seq));
  const names = new Map(enrolled.map((member) => [member.greetingName, member.person]));
  const isRight = ({ greeting, stoodThere }: Witnessed) =>
    stoodThere !== undefined && names.get(greeting.name) === stoodThere;
  const greetedPeople = new Set(observer.witnessed.map(({ greeting }) => names.get(greeting.name)));
  const passed = enrolled.filter((member) => peopleShown.has(member.person));
  const latencies = saved.flatMap(({ greeting }) => greeting.latencyMs ?? []);
  return {
    people: peopleShown.size,
    enrolled: enrolled.length,
    facesSeen: observer.facesSeen,
    greeted: greeted.size,
    atHub: arrived.length,
    doubled: held.length - arrived.length,
    strangersGreeted: observer.witnessed.filter((one) => !isRight(one)).length,
    staffMissed: passed.filter((member) => !greetedPeople.has(member.person)).length,
    latencyMs: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
  };
}

/** Greeted, all of it at the hub, each once, and nobody taken for another. */
export function isSound(summary: DemoSummary): boolean {
  const { greeted, atHub, doubled, strangersGreeted } = summary;
  return greeted > 0 && atHub === greeted && doubled === 0 && strangersGreeted === 0;
}

/** `logId:seq`; a demo has one terminal with one log. */
function seqOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}
