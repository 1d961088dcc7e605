import type { Pace } from '#platform/bots/rate-budget';

/** What a group is told: a title and a few plain lines. */
export interface BotMessage {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link?: { readonly label: string; readonly url: string } | undefined;
}

/** Which messenger's group a bot speaks in. */
export const BOT_VENDORS = ['wecom', 'dingtalk', 'feishu'] as const;
export type BotVendor = (typeof BOT_VENDORS)[number];

/** A group's bot, taken apart from the address an administrator pasted. */
export interface BotSettings {
  readonly vendor: BotVendor;
  /** The secret part of the pasted address: whoever has it writes to the group. */
  readonly token: string;
  /** For signing, where the vendor has that: 钉钉 and 飞书. */
  readonly secret?: string | undefined;
}

/** One request, ready to be posted. */
export interface BotRequest {
  readonly url: string;
  readonly body: string;
}

/** A vendor's protocol. */
export interface BotProtocol {
  /** Where the vendor answers, in production. */
  readonly origin: string;
  /** As the vendor allows per bot; what is beyond is refused. */
  readonly paces: readonly Pace[];
  /** How long the vendor stays deaf after one message too many. */
  readonly busySeconds: number;
  readonly requestOf: (bot: BotSettings, message: BotMessage, at: BotMoment) => BotRequest;
  readonly outcomeOf: (answer: unknown) => BotOutcome;
}

/** Where to, and when: both are signed. */
export interface BotMoment {
  readonly origin: string;
  readonly now: Temporal.Instant;
}

/** What an answer of status 200 really says. */
export type BotOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'busy' | 'refused' | 'gone' | 'failed'; readonly code: number | string };

/** Cut to whole characters that fit, since a text too long is refused whole. */
export function withinBytes(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  const ellipsis = '…';
  const room = bytesMax - Buffer.byteLength(ellipsis);
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept}${ellipsis}`;
}

/**
 * The message as plain text. Not markdown: each vendor has its own, some without escapes, and a name
 * with a star or an address in brackets is to show as it is. Messengers link addresses themselves.
 */
export function plainText({ title, lines, link }: BotMessage, bytesMax: number): string {
  const more = link === undefined ? '' : `\n${link.label} ${link.url}`;
  const said = withinBytes([title, ...lines].join('\n'), bytesMax - Buffer.byteLength(more));
  return `${said}${more}`;
}
