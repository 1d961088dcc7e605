/**
 * Goal: each vendor gets the request it documents, and its answers are understood.
 * Method: a real server in the vendor's place; signatures are computed here a second time.
 */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BotSettings, withinBytes } from '#platform/bots/bot';
import { parseBotAddress } from '#platform/bots/bot-address';
import { GroupBots } from '#platform/bots/group-bots';
import { RateBudget } from '#platform/bots/rate-budget';
import { parseNetworks } from '#platform/http/address-guard';
import { openPostBox } from '#tests/fixtures/post-box';

const NOW = Temporal.Instant.from('2026-01-05T02:00:00.250Z');
const MESSAGE = {
  title: '2 条考勤异常待处理',
  lines: ['缺卡 1、迟到 1。请到管理后台处理。', '*北门* <@all>'],
  link: { label: '查看', url: 'https://hub.example/exceptions?x=1&y=2' },
};
const TEXT = `${MESSAGE.title}\n${MESSAGE.lines.join('\n')}\n查看 ${MESSAGE.link.url}`;

const WECOM: BotSettings = { vendor: 'wecom', token: '693a91f6-7xxx' };
const DINGTALK: BotSettings = { vendor: 'dingtalk', token: 'abc123de', secret: 'SECret+/=' };
const FEISHU: BotSettings = { vendor: 'feishu', token: 'd4e5f6a7', secret: 'shh' };

async function vendorsAnswering(body: unknown, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const box = await openPostBox(() => ({ status, body: text }));
  const opened = parseNetworks(['127.0.0.0/8']);
  if (!opened.ok) throw new Error(opened.failure);
  const bots = new GroupBots({
    policy: { opened: opened.value },
    origins: { wecom: box.url, dingtalk: box.url, feishu: box.url },
  });
  return { box, bots };
}

async function requestFrom(bot: BotSettings) {
  const { box, bots } = await vendorsAnswering({ errcode: 0, code: 0 });
  expect(await bots.send(bot, MESSAGE, NOW)).toEqual({ kind: 'delivered' });
  const [received] = box.received;
  const url = new URL(received?.path ?? '', box.url);
  return { url, body: JSON.parse(received?.body.toString() ?? '') as unknown };
}

describe('企业微信', () => {
  test('gets a text by the key of the bot', async () => {
    const { url, body } = await requestFrom(WECOM);
    expect(`${url.pathname}${url.search}`).toBe('/cgi-bin/webhook/send?key=693a91f6-7xxx');
    expect(body).toEqual({ msgtype: 'text', text: { content: TEXT } });
  });

  test('gets no text longer than it takes, cut between characters', async () => {
    const { box, bots } = await vendorsAnswering({ errcode: 0 });
    await bots.send(WECOM, { ...MESSAGE, lines: ['字'.repeat(2000)] }, NOW);
    const { text } = JSON.parse(box.received[0]?.body.toString() ?? '') as {
      text: { content: string };
    };
    expect(Buffer.byteLength(text.content)).toBeLessThanOrEqual(2048);
    expect(text.content).toContain('字…\n查看 https://');
  });
});

describe('钉钉', () => {
  test('gets a text signed over the time in milliseconds and the secret', async () => {
    const { url, body } = await requestFrom(DINGTALK);
    const timestamp = '1767578400250';
    const sign = createHmac('sha256', 'SECret+/=')
      .update(`${timestamp}\nSECret+/=`)
      .digest('base64');
    expect(url.pathname).toBe('/robot/send');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      access_token: 'abc123de',
      timestamp,
      sign,
    });
    expect(url.search).not.toMatch(/sign=[^&]*[+/]/);
    expect(body).toEqual({ msgtype: 'text', text: { content: TEXT }, at: { isAtAll: false } });
  });

  test('without a secret gets no signature', async () => {
    const { url } = await requestFrom({ vendor: 'dingtalk', token: 'abc123de' });
    expect(url.search).toBe('?access_token=abc123de');
  });
});

describe('飞书', () => {
  test('gets a post signed with the time in seconds as part of the key', async () => {
    const { url, body } = await requestFrom(FEISHU);
    const sign = createHmac('sha256', '1767578400\nshh').update('').digest('base64');
    expect(url.pathname).toBe('/open-apis/bot/v2/hook/d4e5f6a7');
    expect(body).toEqual({
      timestamp: '1767578400',
      sign,
      msg_type: 'post',
      content: {
        post: {
          zh_cn: {
            title: MESSAGE.title,
            content: [
              [{ tag: 'text', text: MESSAGE.lines.join('\n') }],
              [{ tag: 'a', text: '查看', href: MESSAGE.link.url }],
            ],
          },
        },
      },
    });
  });

  test('without a secret, and without a link, gets the text alone', async () => {
    const { box, bots } = await vendorsAnswering({ code: 0 });
    const { title, lines } = MESSAGE;
    await bots.send({ vendor: 'feishu', token: 'd4e5f6a7' }, { title, lines }, NOW);
    const content = [[{ tag: 'text', text: lines.join('\n') }]];
    expect(JSON.parse(box.received[0]?.body.toString() ?? '')).toEqual({
      msg_type: 'post',
      content: { post: { zh_cn: { title, content } } },
    });
  });
});

describe('an answer of status 200', () => {
  test.each([
    [WECOM, { errcode: 45_009, errmsg: 'api freq out of limit' }, 'later'],
    [WECOM, { errcode: 93_000, errmsg: 'invalid webhook url' }, 'gone'],
    [WECOM, { errcode: 40_058, errmsg: 'invalid Request Parameter' }, 'never'],
    [DINGTALK, { errcode: 410_100, errmsg: '发送速度太快而限流' }, 'later'],
    [DINGTALK, { errcode: 310_000, errmsg: 'sign not match' }, 'never'],
    [DINGTALK, { errcode: 400_102, errmsg: '机器人已停用' }, 'gone'],
    [FEISHU, { code: 11_232, msg: 'frequency limited' }, 'later'],
    [FEISHU, { code: 19_021, msg: 'sign match fail' }, 'never'],
    [FEISHU, { code: 19_001, msg: 'param invalid: incoming webhook access token invalid' }, 'gone'],
    [FEISHU, { StatusCode: 0, StatusMessage: 'success' }, 'delivered'],
    [WECOM, '<html>proxy</html>', 'later'],
    [DINGTALK, '{}', 'later'],
    [FEISHU, 'null', 'later'],
  ])('to $vendor that says %j is %s', async (bot, answer, kind) => {
    const { bots } = await vendorsAnswering(answer);
    expect((await bots.send(bot, MESSAGE, NOW)).kind).toBe(kind);
  });

  test('is not the only one: an error page is tried later', async () => {
    const { bots } = await vendorsAnswering('bad gateway', 502);
    expect(await bots.send(WECOM, MESSAGE, NOW)).toEqual({ kind: 'later', reason: 'status-502' });
  });

  test.each([
    [WECOM, { errcode: 45_009 }, 60],
    [DINGTALK, { errcode: 410_100 }, 600],
    [FEISHU, { code: 11_232 }, 60],
  ])(
    'of $vendor that asks for less makes us wait as long as it is deaf',
    async (bot, answer, s) => {
      const { bots } = await vendorsAnswering(answer);
      expect(await bots.send(bot, MESSAGE, NOW)).toMatchObject({ kind: 'later', afterSeconds: s });
    },
  );
});

describe('the pace', () => {
  test('of a bot is kept, each on its own, without asking the vendor', async () => {
    const { box, bots } = await vendorsAnswering({ errcode: 0 });
    for (let count = 0; count < 20; count += 1) await bots.send(WECOM, MESSAGE, NOW);
    const late = await bots.send(WECOM, MESSAGE, NOW.add({ seconds: 15 }));
    expect(late).toEqual({ kind: 'later', reason: 'own-pace', afterSeconds: 45 });
    expect(box.received).toHaveLength(20);
    const other = await bots.send({ ...WECOM, token: 'another-bot' }, MESSAGE, NOW);
    expect(other).toEqual({ kind: 'delivered' });
  });

  test('of 飞书 is five a second as well', async () => {
    const { bots } = await vendorsAnswering({ code: 0 });
    const kinds: string[] = [];
    for (let count = 0; count < 6; count += 1)
      kinds.push((await bots.send(FEISHU, MESSAGE, NOW)).kind);
    expect(kinds).toEqual([...Array.from({ length: 5 }, () => 'delivered'), 'later']);
    const next = await bots.send(FEISHU, MESSAGE, NOW.add({ seconds: 1 }));
    expect(next).toEqual({ kind: 'delivered' });
  });

  test('never exceeds its limit in any sixty seconds', () => {
    const budget = new RateBudget();
    const taken: Temporal.Instant[] = [];
    for (let second = 0; second < 300; second += 1) {
      const now = NOW.add({ seconds: second });
      if (budget.take('bot', [{ messagesMax: 5, seconds: 60 }], now) === 0) taken.push(now);
    }
    for (const [index, at] of taken.entries()) {
      const fifthBefore = taken[index - 5];
      expect(fifthBefore === undefined || fifthBefore.until(at).total('seconds') >= 60).toBe(true);
    }
    expect(taken).toHaveLength(25);
  });
});

describe('the address of a bot', () => {
  test.each([
    [
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx',
      'wecom',
      '693a91f6-7xxx',
    ],
    ['https://oapi.dingtalk.com/robot/send?access_token=abc123de', 'dingtalk', 'abc123de'],
    ['  https://open.feishu.cn/open-apis/bot/v2/hook/d4e5f6a7 ', 'feishu', 'd4e5f6a7'],
  ])('%s is of %s', (text, vendor, token) => {
    expect(parseBotAddress(text, 's')).toEqual({ ok: true, value: { vendor, token, secret: 's' } });
    expect(parseBotAddress(text)).toEqual({ ok: true, value: { vendor, token } });
  });

  test.each([
    '',
    'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx',
    'https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=693a91f6-7xxx',
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send',
    'https://oapi.dingtalk.com/robot/send?access_token=../../x',
    'https://open.feishu.cn/open-apis/bot/v2/hook/a/b',
    'https://127.0.0.1/cgi-bin/webhook/send?key=693a91f6-7xxx',
  ])('%j is none', (text) => {
    expect(parseBotAddress(text)).toEqual({ ok: false, failure: 'not-a-bot-address' });
  });
});

test('a text is cut between characters, and only when it must be', () => {
  expect(withinBytes('迟到', 6)).toBe('迟到');
  expect(withinBytes('迟到啊', 8)).toBe('迟…');
  expect(withinBytes('😀😀', 7)).toBe('😀…');
});
