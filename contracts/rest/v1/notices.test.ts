import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  groupBotChange,
  groupBots,
  newGroupBot,
  noticePreferences,
  noticeTest,
  pushState,
  pushSubscription,
  sentNotices,
} from '#contracts/rest/v1/notices';
import { DELIVERED, gone, later, never } from '#platform/delivery/delivery-outcome';

const PREFERENCES = {
  language: 'zh-CN',
  channels: { 'punch-missing': ['mail', 'push'], 'duty-start': [] },
  quietHours: { from: '22:00', to: '07:30' },
  weekdays: [1, 2, 3, 4, 5],
};

const BOT = {
  name: '行政群',
  address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx',
  language: 'zh-CN',
  kinds: ['terminal-unhealthy'],
  quietHours: null,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
};

describe('preferences', () => {
  test('name some kinds and leave the rest alone', () => {
    expect(noticePreferences.parse(PREFERENCES)).toEqual(PREFERENCES);
  });

  test.each([
    [{ channels: { 'punch-missing': ['bot'] } }, 'a bot is a group’s'],
    [{ channels: { gossip: ['mail'] } }, 'no such kind'],
    [{ quietHours: { from: '22:00', to: '22:00' } }, 'no hours at all'],
    [{ quietHours: { from: '22:00', to: '24:00' } }, 'no such time'],
    [{ weekdays: [1, 1] }, 'a day twice'],
    [{ weekdays: [0] }, 'no such day'],
    [{ language: 'fr' }, 'a language we do not speak'],
    [{ colour: 'red' }, 'an unknown key'],
  ])('%j is refused: %s', (change, _why) => {
    expect(noticePreferences.safeParse({ ...PREFERENCES, ...change }).success).toBe(false);
  });
});

describe('a group bot', () => {
  test('is told of what groups may hear', () => {
    expect(newGroupBot.parse(BOT)).toEqual(BOT);
    expect(newGroupBot.safeParse({ ...BOT, kinds: ['punch-missing'] }).success).toBe(false);
    expect(newGroupBot.safeParse({ ...BOT, kinds: [] }).success).toBe(false);
    const twice = ['terminal-unhealthy', 'terminal-unhealthy'];
    expect(newGroupBot.safeParse({ ...BOT, kinds: twice }).success).toBe(false);
  });

  test('may change its kinds and keep its address', () => {
    expect(groupBotChange.parse({ kinds: ['exceptions-open'] })).toEqual({
      kinds: ['exceptions-open'],
    });
    expect(groupBotChange.safeParse({ kinds: ['duty-start'] }).success).toBe(false);
  });
});

describe('a push subscription', () => {
  const keys = { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) };

  test('has an address with TLS and keys of the right length', () => {
    const endpoint = 'https://push.example/abc';
    expect(pushSubscription.safeParse({ endpoint, keys }).success).toBe(true);
    const plain = 'http://push.example/abc';
    expect(pushSubscription.safeParse({ endpoint: plain, keys }).success).toBe(false);
    const short = { ...keys, auth: 'a' };
    expect(pushSubscription.safeParse({ endpoint, keys: short }).success).toBe(false);
  });
});

test('what is shown holds no address of a bot, no secret, no key of a device and no text', () => {
  for (const shown of [groupBots, pushState, sentNotices]) {
    const schema = JSON.stringify(z.toJSONSchema(shown));
    expect(schema).not.toMatch(/"(?:address|secret|token|endpoint|p256dh|auth|title|body)":/);
  }
});

test('a test message can answer all that a delivery can come to', () => {
  for (const { kind } of [DELIVERED, later('timeout'), never('code-1'), gone('status-410')])
    expect(noticeTest.parse({ outcome: kind, reason: 'timeout' }).outcome).toBe(kind);
});
