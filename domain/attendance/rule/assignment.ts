import type { Rule } from '#domain/attendance/rule/rule';
import { byCodePoint } from '#domain/attendance/text-order';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** What decides which rule somebody falls under. */
export interface Member {
  readonly id: string;
  /** Names a rule outright; beats every range. */
  readonly ruleId: string | null;
  /** Nearest first. */
  readonly departments: readonly string[];
  readonly tags: readonly string[];
}

/** The rule of a member on a date, or why there is none. */
export type Assignment =
  | { readonly rule: Rule; readonly contested: boolean }
  | { readonly rule: null; readonly reason: 'exempt' | 'noRule' };

/**
 * Finds the rule of a member on a date: the exempt have none; then the member by name, the nearest
 * department, a tag, and last a rule that is for everybody. Of several equals the one that took
 * effect last wins, and `contested` says that there were several.
 */
export function assign(rules: readonly Rule[], member: Member, day: DayNumber): Assignment {
  const current = currentVersions(rules, day);
  const named = current.filter((rule) => namesMember(rule, member));
  const tiers: readonly (readonly Rule[])[] = [
    named,
    ...member.departments.map((d) => current.filter((rule) => rule.range.departments.has(d))),
    current.filter((rule) => member.tags.some((tag) => rule.range.tags.has(tag))),
    current.filter((rule) => member.ruleId === null && isForEverybody(rule)),
  ];
  if (current.some((rule) => rule.range.exempt.has(member.id))) {
    return { rule: null, reason: 'exempt' };
  }
  const tier = tiers.find((candidates) => candidates.length > 0) ?? [];
  const rule = tier.toSorted(latestFirst).at(0);
  return rule === undefined
    ? { rule: null, reason: 'noRule' }
    : { rule, contested: tier.length > 1 };
}

function namesMember(rule: Rule, member: Member): boolean {
  return member.ruleId === null ? rule.range.people.has(member.id) : rule.id === member.ruleId;
}

function isForEverybody({ range }: Rule): boolean {
  return range.people.size === 0 && range.departments.size === 0 && range.tags.size === 0;
}

function latestFirst(a: Rule, b: Rule): number {
  return b.effectiveFrom - a.effectiveFrom || byCodePoint(a.id, b.id);
}

/** Of each rule, the version in force. */
function currentVersions(rules: readonly Rule[], day: DayNumber): readonly Rule[] {
  const latest = new Map<string, Rule>();
  for (const rule of rules) {
    const known = latest.get(rule.id);
    const inForce = rule.effectiveFrom <= day;
    if (inForce && (known === undefined || known.effectiveFrom < rule.effectiveFrom)) {
      latest.set(rule.id, rule);
    }
  }
  return [...latest.values()];
}
