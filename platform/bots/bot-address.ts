import { failed, ok, type Result } from '#domain/result';
import type { BotSettings, BotVendor } from '#platform/bots/bot';

/** How each vendor's addresses look, as its own page gives them to copy. */
const ADDRESSES: Readonly<Record<BotVendor, (url: URL) => string | null | undefined>> = {
  wecom: (url) =>
    url.host === 'qyapi.weixin.qq.com' && url.pathname === '/cgi-bin/webhook/send'
      ? url.searchParams.get('key')
      : undefined,
  dingtalk: (url) =>
    url.host === 'oapi.dingtalk.com' && url.pathname === '/robot/send'
      ? url.searchParams.get('access_token')
      : undefined,
  feishu: (url) =>
    url.host === 'open.feishu.cn'
      ? /^\/open-apis\/bot\/v2\/hook\/([\w-]+)$/.exec(url.pathname)?.[1]
      : undefined,
};

const TOKEN = /^[\w-]{8,200}$/;

/**
 * Takes apart the address an administrator pasted.
 *
 * Only the token is kept: whatever host somebody writes, requests go to the vendor's own.
 */
export function parseBotAddress(
  text: string,
  secret?: string,
): Result<BotSettings, 'not-a-bot-address'> {
  const url = URL.parse(text.trim());
  if (url === null || url.protocol !== 'https:') return failed('not-a-bot-address');
  for (const vendor of ['wecom', 'dingtalk', 'feishu'] as const) {
    const token = ADDRESSES[vendor](url);
    if (typeof token === 'string' && TOKEN.test(token))
      return ok({ vendor, token, ...(secret === undefined ? {} : { secret }) });
  }
  return failed('not-a-bot-address');
}
