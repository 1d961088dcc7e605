import { z } from 'zod';
import type { Refusals } from '#contracts/attendance/refusal';
import { wallSecondsOf, wallTime, windowTime } from '#contracts/attendance/time-text';

const SECTIONS_MAX = 4; // as WeCom: four on/off pairs fill any working day
const RESTS_MAX = 5; // as WeCom

export const wallSpan = z.strictObject({ from: wallTime, to: wallTime });
const window = z.strictObject({ from: windowTime, to: windowTime });

/** One on/off pair of a working day. */
export const section = z
  .strictObject({
    id: z.string().max(40).optional(),
    on: wallTime,
    off: wallTime,
    rests: z.array(wallSpan).max(RESTS_MAX).default([]),
    /** Where the on punch is looked for; both ends inside. Without it: from four hours before. */
    onWindow: window.optional(),
    offWindow: window.optional(),
    /** Which punches must be given. */
    required: z.enum(['both', 'on', 'off', 'none']).default('both'),
  })
  .meta({ id: 'section' });
export type SectionText = z.output<typeof section>;

export const sections = z.array(section).min(1).max(SECTIONS_MAX);

/** Refuses sections that contradict themselves or each other. */
export function checkSections(
  list: readonly SectionText[],
  path: readonly PropertyKey[],
  refusals: Refusals,
): void {
  for (const [index, each] of list.entries()) {
    const here = [...path, index];
    checkHours(each, here, refusals);
    checkRests(each, here, refusals);
    checkWindow(each, here, refusals);
    const next = list[index + 1];
    if (next !== undefined) checkNeighbours(each, next, { path, index, refusals });
  }
}

function checkHours(each: SectionText, path: readonly PropertyKey[], refusals: Refusals): void {
  const length = wallSecondsOf(each.off) - wallSecondsOf(each.on);
  if (length <= 0) {
    refusals.add([...path, 'off'], {
      zh: `下班 ${each.off} 必须晚于上班 ${each.on}；跨夜请写次日时间，如 30:00`,
      en: `off ${each.off} must be later than on ${each.on}; write 30:00 for 06:00 next morning`,
    });
  } else if (length > 86_400) {
    refusals.add([...path, 'off'], {
      zh: '一个时段不能超过 24 小时',
      en: 'a section cannot be longer than 24 hours',
    });
  }
}

function checkRests(each: SectionText, path: readonly PropertyKey[], refusals: Refusals): void {
  for (const [index, rest] of each.rests.entries()) {
    const here = [...path, 'rests', index];
    const [from, to] = [wallSecondsOf(rest.from), wallSecondsOf(rest.to)];
    if (to <= from) {
      refusals.add(here, {
        zh: '休息时长必须大于零',
        en: 'a rest must end after it begins; a rest of zero length is none',
      });
    } else if (from < wallSecondsOf(each.on) || to > wallSecondsOf(each.off)) {
      refusals.add(here, {
        zh: `休息必须在 ${each.on}–${each.off} 之内`,
        en: `a rest must lie inside its section ${each.on}–${each.off}`,
      });
    }
    const before = each.rests[index - 1];
    if (before !== undefined && from < wallSecondsOf(before.to)) {
      refusals.add(here, {
        zh: '休息时间重叠或未按先后排列',
        en: 'rests overlap or are out of order',
      });
    }
  }
}

function checkWindow(each: SectionText, path: readonly PropertyKey[], refusals: Refusals): void {
  for (const [name, target] of [
    ['onWindow', each.on],
    ['offWindow', each.off],
  ] as const) {
    const given = each[name];
    if (given === undefined) continue;
    const [from, to, at] = [given.from, given.to, target].map(wallSecondsOf);
    if (from === undefined || to === undefined || at === undefined) continue;
    if (from > at || to < at) {
      refusals.add([...path, name], {
        zh: `打卡窗口 ${given.from}–${given.to} 必须包含 ${target}`,
        en: `the window ${given.from}–${given.to} must contain ${target}`,
      });
    }
  }
}

interface Neighbourhood {
  readonly path: readonly PropertyKey[];
  readonly index: number;
  readonly refusals: Refusals;
}

function checkNeighbours(
  each: SectionText,
  next: SectionText,
  { path, index, refusals }: Neighbourhood,
): void {
  if (wallSecondsOf(next.on) < wallSecondsOf(each.off)) {
    refusals.add([...path, index + 1, 'on'], {
      zh: '时段重叠或未按先后排列',
      en: 'sections overlap or are out of order',
    });
  }
  if (each.offWindow === undefined || next.onWindow === undefined) return;
  if (wallSecondsOf(next.onWindow.from) <= wallSecondsOf(each.offWindow.to)) {
    refusals.add([...path, index + 1, 'onWindow'], {
      zh: '不同时段的打卡窗口不能重叠；可不填，由系统按先后匹配',
      en: 'windows of different sections must not overlap; leave them out to match in order',
    });
  }
}
