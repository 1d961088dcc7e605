import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type BotOutcome, type BotProtocol, plainText } from '#platform/bots/bot';

const TEXT_BYTES_MAX = 18_000; // the vendor takes 20 000 bytes of request; JSON adds its own

const answer = z.object({ errcode: z.int(), errmsg: z.string().optional() });

/** Too fast: the vendor then listens to nothing from this bot for ten minutes. */
const BUSY = new Set([-1, 130_101, 410_100]);
/** No such token, switched off, no such bot, or its group was dissolved. */
const GONE = new Set([300_001, 300_005, 400_013, 400_101, 400_102, 400_106]);

/**
 * 钉钉自定义机器人. POST `/robot/send?access_token=…&timestamp=…&sign=…`,
 * `{"msgtype":"text","text":{"content":"…"},"at":{"isAtAll":false}}`; 20 messages a minute per bot.
 *
 * 加签: `sign` is base64 of HMAC-SHA-256, keyed by the secret (`SEC…`), over
 * `<timestamp in ms>\n<secret>`, then percent-encoded; good for an hour.
 *
 * @see https://open.dingtalk.com/document/robots/custom-robot-access (messages, limits)
 * @see https://open.dingtalk.com/document/robots/customize-robot-security-settings (加签)
 */
export const dingtalkBot: BotProtocol = {
  origin: 'https://oapi.dingtalk.com',
  paces: [{ messagesMax: 20, seconds: 60 }],
  busySeconds: 600,
  requestOf: ({ token, secret }, message, { origin, now }) => {
    const query = new URLSearchParams({ access_token: token });
    if (secret !== undefined) {
      const timestamp = String(now.epochMilliseconds);
      query.set('timestamp', timestamp);
      query.set('sign', dingtalkSign(timestamp, secret));
    }
    return {
      url: `${origin}/robot/send?${query.toString()}`,
      body: JSON.stringify({
        msgtype: 'text',
        text: { content: plainText(message, TEXT_BYTES_MAX) },
        at: { isAtAll: false },
      }),
    };
  },
  outcomeOf: (body): BotOutcome => {
    const parsed = answer.safeParse(body);
    if (!parsed.success) return { kind: 'failed', code: 'unreadable' };
    const code = parsed.data.errcode;
    if (code === 0) return { kind: 'delivered' };
    if (GONE.has(code)) return { kind: 'gone', code };
    return { kind: BUSY.has(code) ? 'busy' : 'refused', code };
  },
};

/** Base64; the query encodes it. */
function dingtalkSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}
