import type { NoticeChannel, NoticeKind } from '#domain/notice/notice-kind';
import type { QuietTime } from '#domain/notice/quiet-time';

export type NoticeLanguage = 'zh-CN' | 'en';

/** Somebody who is told things, or a group chat that stands for several. */
export interface Receiver {
  readonly receiverId: string;
  readonly audience: 'person' | 'group';
  readonly language: NoticeLanguage;
  /** Channels per kind; a kind that is not there is not wanted. */
  readonly wants: Readonly<Partial<Record<NoticeKind, readonly NoticeChannel[]>>>;
  /** In the zone of the person's site. */
  readonly quiet: QuietTime;
}
