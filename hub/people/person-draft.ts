import type { NewPerson, PersonChange } from '#contracts/rest/v1/people';
import { employmentStateOf } from '#domain/people/employment';
import { NOWHERE, type PersonRecord } from '#hub/storage/person-record';

/** A PIN as it is kept. */
export interface Verifier {
  readonly pinVerifier?: string;
}

type Given = Omit<PersonChange, 'pin'>;

/** Somebody who is taken on; who belongs to no site by name belongs to the first. */
export function recordOfNew(
  personId: string,
  given: Omit<NewPerson, 'pin'> & Verifier,
  firstSiteIds: readonly string[],
): PersonRecord {
  const { employeeNo, name, greetingName, locale, manager, pinVerifier } = given;
  const blank: PersonRecord = {
    personId,
    employeeNo,
    name,
    greetingName,
    locale,
    manager,
    ...(pinVerifier === undefined ? {} : { pinVerifier }),
    ...NOWHERE,
    siteIds: firstSiteIds,
    leftAtMs: null,
    erasedAtMs: null,
    version: 1,
  };
  return changedRecord(blank, given);
}

/** What a change leaves of a person: what it does not name stays. */
export function changedRecord(before: PersonRecord, change: Given & Verifier): PersonRecord {
  const { employedFrom, employedTo, siteIds, tags, ...rest } = change;
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const { current, earlier } = before.career;
  const from = employedFrom === undefined ? current.from : employedFrom;
  const to = employedTo === undefined ? current.to : employedTo;
  const isSameCareer = from === current.from && to === current.to;
  return {
    ...before,
    ...named,
    siteIds: siteIds ?? before.siteIds,
    tags: tags === undefined ? before.tags : tags.toSorted(),
    career: isSameCareer ? before.career : { current: { from, to }, earlier },
  };
}

/** @param pinVerifier undefined: without a PIN */
export function withPin(record: PersonRecord, pinVerifier: string | undefined): PersonRecord {
  const { pinVerifier: _, ...without } = record;
  return pinVerifier === undefined ? without : { ...without, pinVerifier };
}

/** With the state that follows from the last day: nobody is known to terminals who has left. */
export function settledRecord(
  record: PersonRecord,
  { today, atMs }: { readonly today: string; readonly atMs: number },
): PersonRecord {
  const hasLeft = employmentStateOf(record.career.current, today) === 'left';
  const leftAtMs = hasLeft ? (record.leftAtMs ?? atMs) : null;
  return leftAtMs === record.leftAtMs ? record : { ...record, leftAtMs };
}
