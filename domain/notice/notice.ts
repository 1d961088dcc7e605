import type { NoticeContent } from '#domain/notice/notice-content';
import type { NoticeChannel } from '#domain/notice/notice-kind';
import type { NoticeLanguage } from '#domain/notice/receiver';

/**
 * Something to tell one receiver now.
 *
 * Any moment from `notBefore` and before `notAfter` is outside the receiver's quiet time and early
 * enough to be of use. A sender that has not succeeded by `notAfter` gives up and forgets the key:
 * if the notice is still of use after the quiet time, it falls due once more.
 */
export interface Notice {
  /** Kind, subject, occasion and receiver: the same notice has the same key whenever it is asked for. */
  readonly key: string;
  readonly receiverId: string;
  readonly channels: readonly NoticeChannel[];
  readonly language: NoticeLanguage;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly content: NoticeContent;
}

/** What could be said to somebody, before their wishes are asked. */
export interface NoticeCandidate {
  readonly receiverId: string;
  /** What it is about: a duty, a date, a form, a terminal. */
  readonly subject: string;
  /** Which of several notices about it. */
  readonly occasion: string;
  readonly from: Temporal.Instant;
  /** From here on it would be worthless, or wrong. */
  readonly until: Temporal.Instant;
  readonly content: NoticeContent;
}
