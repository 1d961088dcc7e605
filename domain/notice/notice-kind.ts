/** Kinds that speak of one person's own day; a group chat never gets them. */
const PERSONAL_NOTICE_KINDS = [
  'duty-start',
  'duty-end',
  'punch-missing',
  'makeup-deadline',
] as const;

/** Kinds about work to be done or things to be mended, which a group may share. */
export const GROUP_NOTICE_KINDS = [
  'approval-waiting',
  'exceptions-open',
  'terminal-unhealthy',
  'webhook-disabled',
] as const;

/** Everything Lintel writes to somebody without being asked. */
export const NOTICE_KINDS = [...PERSONAL_NOTICE_KINDS, ...GROUP_NOTICE_KINDS] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A way to reach somebody: their mailbox, their own devices, or the bot of a group chat. */
export const NOTICE_CHANNELS = ['mail', 'push', 'bot'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

const PERSONAL: ReadonlySet<NoticeKind> = new Set(PERSONAL_NOTICE_KINDS);

export function isPersonal(kind: NoticeKind): boolean {
  return PERSONAL.has(kind);
}

/**
 * How much a text may say: a mailbox is read by its owner, a lock screen and a group by whoever
 * stands there, so only mail names other people.
 */
export type NoticeDetail = 'names' | 'counts';

export function detailOf(channel: NoticeChannel): NoticeDetail {
  return channel === 'mail' ? 'names' : 'counts';
}
