import type { ApprovalText, OverrideText, PersonText } from '#contracts/attendance/person-contract';
import type { Refusals } from '#contracts/attendance/refusal';
import { checkSpecialDay } from '#contracts/attendance/rule-check';
import { epochOf } from '#contracts/attendance/time-text';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

type Path = readonly PropertyKey[];

/** What a person's records are held against. */
export interface PersonFacts {
  readonly clock: ZoneClock;
  readonly shiftIds: ReadonlySet<string>;
  readonly refusals: Refusals;
}

type Clocked = Pick<PersonFacts, 'clock' | 'refusals'>;

type Records = Pick<PersonText, 'punches' | 'approvals' | 'roster' | 'specialDays' | 'overrides'>;

/** Refuses records that contradict themselves or name what does not exist. */
export function checkPerson(person: Records, path: Path, facts: PersonFacts): void {
  const { refusals } = facts;
  for (const [index, entry] of (person.roster ?? []).entries()) {
    if (entry.shift === null || facts.shiftIds.has(entry.shift)) continue;
    refusals.add([...path, 'roster', index, 'shift'], {
      zh: `班次 ${entry.shift} 不存在（可能已删除）`,
      en: `there is no shift ${entry.shift}; it may have been deleted`,
    });
  }
  checkOncePerDate(person.roster ?? [], [...path, 'roster'], refusals);
  checkOncePerDate(person.overrides ?? [], [...path, 'overrides'], refusals);
  for (const [index, form] of (person.approvals ?? []).entries()) {
    checkForm(form, [...path, 'approvals', index], facts);
  }
  checkFormIds(person.approvals ?? [], [...path, 'approvals'], refusals);
  for (const [index, day] of (person.specialDays ?? []).entries()) {
    checkSpecialDay(day, [...path, 'specialDays', index], refusals);
  }
  for (const [index, override] of (person.overrides ?? []).entries()) {
    checkOverride(override, [...path, 'overrides', index], facts);
  }
}

/** Refuses a list that says two things about one date. */
export function checkOncePerDate(
  entries: readonly { readonly date: string }[],
  path: Path,
  refusals: Refusals,
): void {
  const seen = new Set<string>();
  for (const [index, { date }] of entries.entries()) {
    if (seen.has(date)) {
      refusals.add([...path, index, 'date'], {
        zh: `${date} 重复`,
        en: `${date} is given twice`,
      });
    }
    seen.add(date);
  }
}

function checkFormIds(forms: readonly ApprovalText[], path: Path, refusals: Refusals): void {
  const seen = new Set<string>();
  for (const [index, { id }] of forms.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) {
      refusals.add([...path, index, 'id'], {
        zh: `审批 ${id} 重复`,
        en: `form ${id} is given twice`,
      });
    }
    seen.add(id);
  }
}

function isDate(text: string): boolean {
  return !text.includes('T');
}

function checkForm(form: ApprovalText, path: Path, { clock, refusals }: Clocked): void {
  if (form.kind === 'makeup') return;
  if (isDate(form.from) !== isDate(form.to)) {
    refusals.add([...path, 'to'], {
      zh: 'from 与 to 必须同为日期，或同为时刻',
      en: 'from and to must both be dates, or both be times',
    });
    return;
  }
  if (!isDate(form.from)) {
    checkTimes(form, path, { clock, refusals });
    return;
  }
  const reversed =
    form.to < form.from ||
    (form.to === form.from && form.fromHalf === 'pm' && form.toHalf === 'am');
  if (reversed) {
    refusals.add([...path, 'to'], { zh: '审批结束早于开始', en: 'the form ends before it begins' });
  }
}

function checkTimes(
  form: Exclude<ApprovalText, { kind: 'makeup' }>,
  path: Path,
  { clock, refusals }: Clocked,
): void {
  if (form.fromHalf !== undefined || form.toHalf !== undefined) {
    refusals.add(path, {
      zh: '半天只能与日期一起使用',
      en: 'halves of a day go with dates, not with times',
    });
  }
  if (epochOf(form.from, clock) < epochOf(form.to, clock)) return;
  refusals.add([...path, 'to'], {
    zh: '审批时长必须大于零：结束必须晚于开始',
    en: 'a form must have a positive length: to must be later than from',
  });
}

function checkOverride(override: OverrideText, path: Path, facts: PersonFacts): void {
  const { clock } = facts;
  const spans = (override.spans ?? []).map((span) => ({
    from: epochOf(span.from, clock),
    to: epochOf(span.to, clock),
  }));
  for (const [index, span] of spans.entries()) {
    const here = [...path, 'spans', index];
    if (span.to <= span.from) {
      facts.refusals.add([...here, 'to'], {
        zh: '结束必须晚于开始',
        en: 'to must be later than from',
      });
    }
    const clash = spans
      .slice(0, index)
      .some((other) => other.from < span.to && span.from < other.to);
    if (clash) {
      facts.refusals.add(here, { zh: '与另一段重叠', en: 'overlaps another span' });
    }
  }
}
