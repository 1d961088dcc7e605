import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
import { locale } from '#contracts/wire/v1/ids';
import { GROUP_NOTICE_KINDS, NOTICE_CHANNELS, NOTICE_KINDS } from '#domain/notice/notice-kind';

const instant = z.iso.datetime({ offset: true });
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');

export const noticeKind = z.enum(NOTICE_KINDS);
export const noticeChannel = z.enum(NOTICE_CHANNELS);

/** In the zone of the person's site; across midnight when `from` is later. */
const quietHours = z
  .strictObject({ from: wallTime, to: wallTime })
  .refine(({ from, to }) => from !== to, 'two different times; leave quiet hours out for none');

/** ISO days, 1 is Monday. */
const weekdays = z
  .array(z.int().min(1).max(7))
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'each day once');

/** `GET` and `PUT /api/v1/me/notices`: what somebody is told, how, and when not. */
export const noticePreferences = z.strictObject({
  language: locale,
  /** Channels per kind; a kind that is left out, or has none, is not sent. */
  channels: z.partialRecord(noticeKind, z.array(z.enum(['mail', 'push'])).max(2)),
  quietHours: quietHours.nullable(),
  weekdays,
});

/** What the browser gives for this device; the address is that of its push service. */
export const pushSubscription = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).max(1000),
  keys: z.strictObject({
    /** An uncompressed P-256 point: 65 bytes, base64url. */
    p256dh: z.string().regex(/^B[\w-]{86}$/, 'the key of a browser, 87 of base64url'),
    /** Sixteen random bytes, base64url. */
    auth: z.string().regex(/^[\w-]{22}$/, 'the secret of a browser, 22 of base64url'),
  }),
});

/** `GET /api/v1/me/push`: what to subscribe with, and the devices that have. */
export const pushState = z.strictObject({
  /** null: push is not set up on this hub. */
  publicKey: z.string().nullable(),
  devices: z.array(
    z.strictObject({ id: z.uuid(), addedAt: instant, lastDeliveredAt: instant.nullable() }),
  ),
});

const groupKinds = z
  .array(z.enum(GROUP_NOTICE_KINDS))
  .min(1)
  .refine((kinds) => new Set(kinds).size === kinds.length, 'each kind once');

/**
 * A bot of a group chat. `address` is what 企业微信, 钉钉 or 飞书 shows to copy; it is a secret, kept
 * sealed and never shown again. Kinds about one person's day cannot be chosen.
 */
export const newGroupBot = z.strictObject({
  name: z.string().trim().min(1).max(60),
  address: z.string().trim().min(1).max(500),
  /** 加签 of 钉钉, 签名校验 of 飞书. */
  secret: z.string().trim().min(1).max(200).optional(),
  language: locale,
  kinds: groupKinds,
  quietHours: quietHours.nullable(),
  weekdays,
});

/** Only what is to change; without `address` and `secret` the stored ones stay. */
export const groupBotChange = newGroupBot.partial();

export const groupBot = newGroupBot.omit({ address: true, secret: true }).extend({
  botId: z.uuid(),
  vendor: z.enum(['wecom', 'dingtalk', 'feishu']),
  /** The last four of its token, to tell bots apart. */
  tokenEnd: z.string().max(4),
  signs: z.boolean(),
  /** `gone`: the messenger says that there is no such bot any more. */
  state: z.enum(['active', 'gone']),
  lastFailure: z.strictObject({ reason: z.string(), at: instant }).nullable(),
});

export const groupBots = z.strictObject({ bots: z.array(groupBot) });

/** What came of a test message. `reason` is a code: `EAUTH-535`, `code-310000`, `timeout`. */
export const noticeTest = z.strictObject({
  outcome: z.enum(['delivered', 'later', 'never', 'gone']),
  reason: z.string().optional(),
});

/** What somebody was told, newest first: texts are not kept. */
export const sentNotices = pageOf({
  notices: z.array(
    z.strictObject({
      kind: noticeKind,
      channel: noticeChannel,
      dueAt: instant,
      state: z.enum(['waiting', 'delivered', 'failed', 'expired']),
    }),
  ),
});
