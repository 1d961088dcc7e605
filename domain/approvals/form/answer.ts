import type { Attachment } from '#domain/approvals/attachment/attachment';
import type { DayNumber } from '#domain/attendance/time/day-number';

/** What somebody wrote into one field. */
export type Answer =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'date'; readonly date: DayNumber }
  /** Epoch seconds. */
  | { readonly type: 'timeRange'; readonly from: number; readonly to: number }
  | { readonly type: 'choice'; readonly optionIds: readonly string[] }
  | { readonly type: 'attachment'; readonly files: readonly Attachment[] };

/** Answers by the id of their field. */
export type Answers = ReadonlyMap<string, Answer>;
