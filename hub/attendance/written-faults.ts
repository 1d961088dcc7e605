import { attendanceDocument } from '#contracts/attendance/document-contract';
import type { PersonText } from '#contracts/attendance/person-contract';
import { type Refusal, readOrRefuse } from '#contracts/attendance/refusal';
import type { RuleText } from '#contracts/attendance/rule-contract';
import type { NewGroupEvent } from '#contracts/rest/v1/group-events';

interface Setting {
  readonly zone: string;
  readonly siteId: string;
}

const ANY_DAY = '2026-01-01'; // the period of a document decides nothing about its rules and forms

/** What is wrong with a rule by itself, said as the preview says it. */
export function ruleFaults(rule: RuleText, { zone, siteId }: Setting): readonly Refusal[] {
  const sites = [{ id: siteId }];
  return faultsOf({ zone, sites, rule }, 'rule.');
}

/** What is wrong with somebody's records, held against the rules in force. */
export function recordFaults(
  person: Partial<PersonText>,
  rules: readonly RuleText[],
  { zone, siteId }: Setting,
): readonly Refusal[] {
  const people = [{ id: 'person', ...person }];
  return faultsOf({ zone, sites: [{ id: siteId }], rules, people }, 'people[0].');
}

/** What is wrong with an event by itself, and with the places it names; its times are the desk's business. */
export function eventFaults(event: NewGroupEvent, { zone, siteId }: Setting): readonly Refusal[] {
  const events = [{ ...event, id: 'event', to: event.from }];
  return faultsOf({ zone, sites: [{ id: siteId }], rules: [], people: [], events }, 'events[0].');
}

function faultsOf(part: object, prefix: string): readonly Refusal[] {
  const read = readOrRefuse(attendanceDocument, {
    period: { from: ANY_DAY, to: ANY_DAY },
    ...part,
  });
  if (read.ok) return [];
  return read.refusals.map((each) => ({
    ...each,
    path: each.path.startsWith(prefix) ? each.path.slice(prefix.length) : each.path,
  }));
}
