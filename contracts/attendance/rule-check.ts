import type { Refusals } from '#contracts/attendance/refusal';
import type { RuleText, SpecialDayText } from '#contracts/attendance/rule-contract';
import { checkSections, type SectionText } from '#contracts/attendance/section-contract';

type Path = readonly PropertyKey[];

/** Refuses a rule that contradicts itself. */
export function checkRule(rule: RuleText, path: Path, refusals: Refusals): void {
  checkHours(rule, path, refusals);
  checkShifts(rule, path, refusals);
  checkThresholds(rule, path, refusals);
  checkSteps(rule, path, refusals);
  for (const [index, day] of rule.specialDays.entries()) {
    checkSpecialDay(day, [...path, 'specialDays', index], refusals);
  }
}

function checkHours(rule: RuleText, path: Path, refusals: Refusals): void {
  if (rule.sections !== undefined) checkSections(rule.sections, [...path, 'sections'], refusals);
  for (const [index, entry] of (rule.week ?? []).entries()) {
    const here = [...path, 'week', index, 'sections'];
    if (entry.sections !== undefined) checkSections(entry.sections, here, refusals);
    if (rule.kind === 'fixed' && entry.sections === undefined) {
      refusals.add(here, {
        zh: '固定上下班必须写明时段',
        en: 'a fixed rule needs the sections of each weekday',
      });
    }
  }
  if (rule.sections !== undefined && rule.week !== undefined) {
    refusals.add([...path, 'sections'], {
      zh: 'sections 与 week 只能写一个',
      en: 'give either sections or week, not both',
    });
  }
  if (rule.kind === 'fixed' && rule.sections === undefined && rule.week === undefined) {
    refusals.add([...path, 'sections'], {
      zh: '固定上下班必须有 sections 或 week',
      en: 'a fixed rule needs sections or week',
    });
  }
}

function checkShifts(rule: RuleText, path: Path, refusals: Refusals): void {
  const known = new Set(rule.shifts.map((shift) => shift.id));
  for (const [index, shift] of rule.shifts.entries()) {
    checkSections(shift.sections, [...path, 'shifts', index, 'sections'], refusals);
  }
  if (known.size < rule.shifts.length) {
    refusals.add([...path, 'shifts'], { zh: '班次编号重复', en: 'two shifts have the same id' });
  }
  if (rule.defaultShift !== undefined && !known.has(rule.defaultShift)) {
    refusals.add([...path, 'defaultShift'], {
      zh: `班次 ${rule.defaultShift} 不存在`,
      en: `there is no shift ${rule.defaultShift}`,
    });
  }
  if (rule.kind !== 'shift') return;
  if (rule.shifts.length === 0) {
    refusals.add([...path, 'shifts'], {
      zh: '排班规则必须有班次',
      en: 'a shift rule needs shifts',
    });
  }
  if (rule.specialDays.length > 0) {
    refusals.add([...path, 'specialDays'], {
      zh: '排班规则以排班为准，不支持特殊日期',
      en: 'a shift rule follows its roster and takes no special days',
    });
  }
}

function checkThresholds({ thresholds }: RuleText, path: Path, refusals: Refusals): void {
  const inOrder = [
    ['seriousLateMinutes', 'absentLateMinutes'],
    ['absentBelowMinutes', 'halfDayBelowMinutes'],
  ] as const;
  for (const [less, more] of inOrder) {
    const [low, high] = [thresholds[less], thresholds[more]];
    if (low === undefined || high === undefined || low <= high) continue;
    refusals.add([...path, 'thresholds', less], {
      zh: `${less} 不能大于 ${more}`,
      en: `${less} cannot be more than ${more}`,
    });
  }
}

function checkSteps(rule: RuleText, path: Path, refusals: Refusals): void {
  const lists: readonly (readonly [Path, readonly number[]])[] = [
    [['autoRest'], rule.autoRest.map((step) => step.reachedMinutes)],
    [['lateRule'], rule.lateRule.map((step) => step.leftAfterMinutes)],
    ...(['workday', 'restday', 'holiday'] as const).map(
      (dayClass) =>
        [
          ['overtime', dayClass, 'restByDuration'],
          rule.overtime[dayClass].restByDuration.map((step) => step.reachedMinutes),
        ] as const,
    ),
  ];
  for (const [where, marks] of lists) {
    const ascending = marks.every((mark, index) => index === 0 || mark > (marks[index - 1] ?? 0));
    if (!ascending) {
      refusals.add([...path, ...where], {
        zh: '档位必须从小到大排列',
        en: 'steps must ascend',
      });
    }
  }
}

/** Refuses a special day that names no date, or ends before it begins. */
export function checkSpecialDay(day: SpecialDayText, path: Path, refusals: Refusals): void {
  const sections: readonly SectionText[] = day.sections ?? [];
  checkSections(sections, [...path, 'sections'], refusals);
  if ((day.date === undefined) === (day.from === undefined)) {
    refusals.add(path, {
      zh: '请写 date，或写 from 与 to',
      en: 'give a date, or from and to',
    });
  }
  if (day.from !== undefined && (day.to === undefined || day.to < day.from)) {
    refusals.add([...path, 'to'], {
      zh: '结束日期必须不早于开始日期',
      en: 'to must be given and not lie before from',
    });
  }
}
