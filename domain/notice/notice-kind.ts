/** Everything Lintel writes to somebody without being asked. */
export const NOTICE_KINDS = [
  'duty-start',
  'duty-end',
  'punch-missing',
  'makeup-deadline',
  'approval-waiting',
  'exceptions-open',
  'terminal-unhealthy',
  'webhook-disabled',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A way to reach somebody: their mailbox, their own devices, or the bot of a group chat. */
export const NOTICE_CHANNELS = ['mail', 'push', 'bot'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** Kinds that speak of one person's own day; a group chat never gets them. */
const PERSONAL: ReadonlySet<NoticeKind> = new Set([
  'duty-start',
  'duty-end',
  'punch-missing',
  'makeup-deadline',
]);

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
