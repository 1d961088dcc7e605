import type { NoticeChannel, NoticeKind } from '#domain/notice/notice-kind';
import type { QuietTime } from '#domain/notice/quiet-time';

export type NoticeLanguage = 'zh-CN' | 'en';

/** Channels per kind; a kind that is not there is not wanted. */
export type Wants = Readonly<Partial<Record<NoticeKind, readonly NoticeChannel[]>>>;

/**
 * What somebody is told who has chosen nothing: what fades within the hour on the devices alone, what
 * has to be acted on by mail too.
 */
export const USUAL_WANTS: Wants = {
  'duty-start': ['push'],
  'duty-end': ['push'],
  'punch-missing': ['mail', 'push'],
  'makeup-deadline': ['mail', 'push'],
  'approval-waiting': ['mail', 'push'],
  'exceptions-open': ['mail'],
  'terminal-unhealthy': ['mail', 'push'],
  'webhook-disabled': ['mail'],
};

/** Somebody who is told things, or a group chat that stands for several. */
export interface Receiver {
  readonly receiverId: string;
  readonly audience: 'person' | 'group';
  readonly language: NoticeLanguage;
  readonly wants: Wants;
  /** In the zone of the person's site. */
  readonly quiet: QuietTime;
}
