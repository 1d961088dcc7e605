import type { DocumentText } from '#contracts/attendance/document-shape';
import { checkOncePerDate, checkPerson } from '#contracts/attendance/person-check';
import type { Refusals } from '#contracts/attendance/refusal';
import { checkRule, checkSpecialDay } from '#contracts/attendance/rule-check';
import type { RuleText } from '#contracts/attendance/rule-contract';
import { epochOf } from '#contracts/attendance/time-text';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { zoneClock } from '#domain/attendance/time/zone-clock';

/** A year and a day: a whole year with the days around it. */
const PERIOD_DAYS_MAX = 367;

/** Holds the parts of a document against each other. */
export function checkDocument(document: DocumentText, refusals: Refusals): void {
  checkPeriod(document, refusals);
  checkShape(document, refusals);
  const rules = document.rules ?? (document.rule === undefined ? [] : [document.rule]);
  const pathOf = (index: number): readonly PropertyKey[] =>
    document.rules === undefined ? ['rule'] : ['rules', index];
  for (const [index, rule] of rules.entries()) checkRule(rule, pathOf(index), refusals);
  checkVersions(rules, refusals);
  checkSites(document, rules, refusals);
  for (const [index, day] of document.companyDays.entries()) {
    checkSpecialDay(day, ['companyDays', index], refusals);
  }
  checkPeople(document, rules, refusals);
  const clock = zoneClock(document.zone);
  for (const [index, event] of document.events.entries()) {
    if (epochOf(event.to, clock) >= epochOf(event.from, clock)) continue;
    refusals.add(['events', index, 'to'], { zh: '结束早于开始', en: 'to lies before from' });
  }
}

function checkPeriod({ period, calendar }: DocumentText, refusals: Refusals): void {
  const days = dayNumberOf(period.to) - dayNumberOf(period.from) + 1;
  if (days < 1) {
    refusals.add(['period', 'to'], { zh: '结束日期早于开始日期', en: 'to lies before from' });
  } else if (days > PERIOD_DAYS_MAX) {
    refusals.add(['period'], {
      zh: `一次最多计算 ${PERIOD_DAYS_MAX} 天`,
      en: `at most ${PERIOD_DAYS_MAX} days are computed at once`,
    });
  }
  checkOncePerDate(calendar?.days ?? [], ['calendar', 'days'], refusals);
}

function checkShape(document: DocumentText, refusals: Refusals): void {
  if (document.rule !== undefined && document.rules !== undefined) {
    refusals.add(['rules'], { zh: 'rule 与 rules 只能写一个', en: 'give either rule or rules' });
  }
  const solo = ['punches', 'approvals', 'roster', 'specialDays', 'overrides'] as const;
  for (const key of solo) {
    if (document.people === undefined || document[key] === undefined) continue;
    refusals.add([key], {
      zh: '写了 people 时，请把它写在每个人里面',
      en: 'with people, give it inside each person',
    });
  }
}

function checkVersions(rules: readonly RuleText[], refusals: Refusals): void {
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const key = `${rule.id} ${rule.effectiveFrom ?? ''}`;
    if (seen.has(key)) {
      refusals.add(['rules', index, 'effectiveFrom'], {
        zh: `规则 ${rule.id} 在同一天有两个版本`,
        en: `rule ${rule.id} has two versions that take effect on one day`,
      });
    }
    seen.add(key);
  }
}

function checkSites(document: DocumentText, rules: readonly RuleText[], refusals: Refusals): void {
  const known = new Set(document.sites.map((site) => site.id));
  const named = [
    ...rules.map((rule) => rule.place?.sites ?? []),
    ...document.events.map((event) => event.sites),
  ];
  for (const [index, sites] of named.entries()) {
    const lost = sites.find((site) => !known.has(site));
    if (lost === undefined) continue;
    const path =
      index >= rules.length
        ? ['events', index - rules.length, 'sites']
        : document.rules === undefined
          ? ['rule', 'place', 'sites']
          : ['rules', index, 'place', 'sites'];
    refusals.add(path, { zh: `地点 ${lost} 不存在`, en: `there is no site ${lost}` });
  }
}

function checkPeople(document: DocumentText, rules: readonly RuleText[], refusals: Refusals): void {
  const facts = {
    clock: zoneClock(document.zone),
    ruleIds: new Set(rules.map((rule) => rule.id)),
    shiftIds: new Set(rules.flatMap((rule) => rule.shifts.map((shift) => shift.id))),
    refusals,
  };
  checkPerson(document, [], facts);
  const seen = new Set<string>();
  for (const [index, person] of (document.people ?? []).entries()) {
    const path = ['people', index];
    if (seen.has(person.id)) {
      refusals.add([...path, 'id'], {
        zh: `人员 ${person.id} 重复`,
        en: `person ${person.id} is given twice`,
      });
    }
    seen.add(person.id);
    if (person.rule !== undefined && !facts.ruleIds.has(person.rule)) {
      refusals.add([...path, 'rule'], {
        zh: `规则 ${person.rule} 不存在`,
        en: `there is no rule ${person.rule}`,
      });
    }
    checkPerson(person, path, facts);
  }
}
