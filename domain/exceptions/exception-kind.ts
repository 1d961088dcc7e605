import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import type { ExceptionKind } from '#domain/attendance/status/verdict';

/** What somebody may have to look at: what a day calculation counts, and what never reaches a day. */
export type CaseKind =
  | ExceptionKind
  /** Withdrawn by "not me": somebody was taken for somebody else. */
  | 'notMe'
  | 'lowScore'
  /** Punched by somebody the hub does not know. */
  | 'unknownPerson'
  /** Faces that were turned away. */
  | 'strangers'
  /** An entry of a terminal's log that could not be acted on. */
  | 'entry';

/** How pressing a case is. `high`: pay or identity is at stake; `low`: to be noticed. */
export type Severity = 'low' | 'medium' | 'high';

interface KindFacts {
  readonly severity: Severity;
  readonly name: Bilingual;
  /** Worse than all before it in this list; a case that moves up the list reopens. */
  readonly rank: number;
}

const KINDS: Readonly<Record<CaseKind, KindFacts>> = {
  strangers: { severity: 'low', rank: 0, name: bilingual('陌生面孔', 'strangers') },
  method: { severity: 'low', rank: 1, name: bilingual('打卡方式异常', 'method not allowed') },
  lowScore: { severity: 'low', rank: 2, name: bilingual('识别分数偏低', 'low score') },
  early: { severity: 'low', rank: 3, name: bilingual('早退', 'early') },
  late: { severity: 'low', rank: 4, name: bilingual('迟到', 'late') },
  entry: { severity: 'medium', rank: 5, name: bilingual('无法处理的记录', 'unreadable entry') },
  clock: { severity: 'medium', rank: 6, name: bilingual('时间存疑', 'doubtful clock') },
  outside: { severity: 'medium', rank: 7, name: bilingual('地点异常', 'outside') },
  seriousLate: { severity: 'medium', rank: 8, name: bilingual('严重迟到', 'seriously late') },
  missing: { severity: 'medium', rank: 9, name: bilingual('缺卡', 'missing punch') },
  unknownPerson: { severity: 'medium', rank: 10, name: bilingual('未知人员', 'unknown person') },
  absent: { severity: 'high', rank: 11, name: bilingual('旷工', 'absent') },
  impossibleTravel: {
    severity: 'high',
    rank: 12,
    name: bilingual('两地打卡', 'two places at once'),
  },
  notMe: { severity: 'high', rank: 13, name: bilingual('“不是我”', '"not me"') },
};

export function severityOf(kind: CaseKind): Severity {
  return KINDS[kind].severity;
}

/** Where a kind stands among all, from the slightest up. */
export function rankOf(kind: CaseKind): number {
  return KINDS[kind].rank;
}

export function kindName(kind: CaseKind): Bilingual {
  return KINDS[kind].name;
}
