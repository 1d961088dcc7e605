import { z } from 'zod';
import { type BotOutcome, type BotProtocol, plainText } from '#platform/bots/bot';

const CONTENT_BYTES_MAX = 2048; // of a text message, in UTF-8

const answer = z.object({ errcode: z.int(), errmsg: z.string().optional() });

/** Retrying helps: the service is busy, or this bot was too fast. */
const BUSY = new Set([-1, 6000, 45_009, 45_033]);
/** The key is none, or the bot was removed, switched off, or is in no group any more. */
const GONE = new Set([93_000, 93_004, 93_008]);

/**
 * 企业微信群机器人. POST `/cgi-bin/webhook/send?key=KEY`,
 * `{"msgtype":"text","text":{"content":"…"}}`; 20 messages a minute per bot; always status 200, the
 * truth is in `errcode`. Nobody is called out: there is no `mentioned_list`.
 *
 * @see https://developer.work.weixin.qq.com/document/path/91770 (messages, limits)
 * @see https://developer.work.weixin.qq.com/document/path/90313 (error codes)
 */
export const wecomBot: BotProtocol = {
  origin: 'https://qyapi.weixin.qq.com',
  paces: [{ messagesMax: 20, seconds: 60 }],
  busySeconds: 60,
  requestOf: ({ token }, message, { origin }) => ({
    url: `${origin}/cgi-bin/webhook/send?key=${encodeURIComponent(token)}`,
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: plainText(message, CONTENT_BYTES_MAX) },
    }),
  }),
  outcomeOf: (body): BotOutcome => {
    const parsed = answer.safeParse(body);
    if (!parsed.success) return { kind: 'failed', code: 'unreadable' };
    const code = parsed.data.errcode;
    if (code === 0) return { kind: 'delivered' };
    if (GONE.has(code)) return { kind: 'gone', code };
    return { kind: BUSY.has(code) ? 'busy' : 'refused', code };
  },
};
