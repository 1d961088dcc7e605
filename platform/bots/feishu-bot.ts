import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type BotOutcome, type BotProtocol, withinBytes } from '#platform/bots/bot';

const TEXT_BYTES_MAX = 18_000; // the vendor takes 20 KB of request; JSON adds its own

/** Old bots answer in the second form, and some in both. */
const answer = z.object({ code: z.int().optional(), StatusCode: z.int().optional() });

const BUSY = new Set([11_232, 11_233]);
/** The address is none of a bot any more. */
const GONE = new Set([19_001]);

/**
 * 飞书自定义机器人. POST `/open-apis/bot/v2/hook/TOKEN`,
 * `{"timestamp":"…","sign":"…","msg_type":"post","content":{"post":{"zh_cn":{"title","content"}}}}`;
 * 100 messages a minute and 5 a second per bot, 20 KB each.
 *
 * 签名校验: `sign` is base64 of HMAC-SHA-256 over the *empty* text, keyed by
 * `<timestamp in s>\n<secret>`; good for an hour.
 *
 * A `post` is used because it knows no formatting marks: names and numbers show as they are.
 *
 * @see https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishuBot: BotProtocol = {
  origin: 'https://open.feishu.cn',
  paces: [
    { messagesMax: 100, seconds: 60 },
    { messagesMax: 5, seconds: 1 },
  ],
  busySeconds: 60,
  requestOf: ({ token, secret }, { title, lines, link }, { origin, now }) => {
    const text = withinBytes(lines.join('\n'), TEXT_BYTES_MAX);
    const more = link === undefined ? [] : [[{ tag: 'a', text: link.label, href: link.url }]];
    const post = { zh_cn: { title, content: [[{ tag: 'text', text }], ...more] } };
    const timestamp = String(Math.floor(now.epochMilliseconds / 1000));
    const signed = secret === undefined ? {} : { timestamp, sign: feishuSign(timestamp, secret) };
    return {
      url: `${origin}/open-apis/bot/v2/hook/${encodeURIComponent(token)}`,
      body: JSON.stringify({ ...signed, msg_type: 'post', content: { post } }),
    };
  },
  outcomeOf: (body): BotOutcome => {
    const parsed = answer.safeParse(body);
    const code = parsed.success ? (parsed.data.code ?? parsed.data.StatusCode) : undefined;
    if (code === undefined) return { kind: 'failed', code: 'unreadable' };
    if (code === 0) return { kind: 'delivered' };
    if (GONE.has(code)) return { kind: 'gone', code };
    return { kind: BUSY.has(code) ? 'busy' : 'refused', code };
  },
};

function feishuSign(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
}
