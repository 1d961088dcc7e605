import type { WordKey } from '#renderer/words/zh-cn';

/**
 * Names the exact text a person agreed to; it is stored with every consent.
 *
 * Any change to the words below, in either language, needs a new version.
 */
export const CONSENT_TEXT_VERSION = 'face-2026-11';

/** What is asked, point by point: heading and text. */
export const CONSENT_POINTS: ReadonlyArray<readonly [WordKey, WordKey]> = [
  ['consent.what', 'consent.what.text'],
  ['consent.where', 'consent.where.text'],
  ['consent.why', 'consent.why.text'],
  ['consent.long', 'consent.long.text'],
  ['consent.else', 'consent.else.text'],
];
