import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  DOWN_CLASSES,
  downFilter,
  downTopic,
  HUB_STATE_TOPIC,
  siteLiveTopic,
  UP_CLASSES,
  upTopic,
} from '#contracts/wire/v1/topics';
import { brokerAccess, HUB_USER } from '#hub/broker/broker-access';
import { joinProof, mintJoinCode, mintTerminalId, proofClaim } from '#platform/crypto/join-code';

const joinCode = mintJoinCode();
const [tid, other] = [mintTerminalId(), mintTerminalId()];
const [site, otherSite] = [randomUUID(), randomUUID()];
const access = brokerAccess({
  joinCode,
  hubSecret: 'secret',
  siteOf: async (terminal) => (terminal === tid ? site : undefined),
});
const client = { clientId: tid, username: tid };
const password = joinProof(joinCode, proofClaim.broker(tid));

describe('authenticate', () => {
  test.each([
    ['the proof of its own id', { clientId: tid, username: tid, password }, true],
    ['the proof of another id', { clientId: other, username: other, password }, false],
    ['another client id', { clientId: other, username: tid, password }, false],
    ['no password', { clientId: tid, username: tid, password: '' }, false],
    ['the hub with its secret', { clientId: 'x', username: HUB_USER, password: 'secret' }, true],
    ['the hub without', { clientId: 'x', username: HUB_USER, password: '' }, false],
    ['no terminal id', { clientId: 'x', username: 'x', password }, false],
  ])('%s', (_case, credentials, expected) => {
    expect(access.authenticate(credentials)).toBe(expected);
  });
});

describe('a terminal', () => {
  test.each(UP_CLASSES)('writes its own up/%s and no other', (of) => {
    expect(access.authorizePublish(client, upTopic(tid, of))).toBe(true);
    expect(access.authorizePublish(client, upTopic(other, of))).toBe(false);
  });

  test.each(DOWN_CLASSES)('reads its own dn/%s, and writes none', async (of) => {
    expect(await access.authorizeSubscribe(client, downTopic(tid, of))).toBe(true);
    expect(await access.authorizeSubscribe(client, downTopic(other, of))).toBe(false);
    expect(access.authorizePublish(client, downTopic(tid, of))).toBe(false);
  });

  test.each([
    [downFilter(tid), true],
    [siteLiveTopic(site), true],
    [HUB_STATE_TOPIC, true],
    [downFilter(other), false],
    [siteLiveTopic(otherSite), false],
    ['#', false],
    ['lintel/1/t/+/dn/+', false],
    [`lintel/1/t/${tid}/#`, false],
    ['$SYS/#', false],
  ])('subscribes to %s: %s', async (filter, expected) => {
    expect(await access.authorizeSubscribe(client, filter)).toBe(expected);
  });

  test('does not speak for the hub', () => {
    expect(access.authorizePublish(client, HUB_STATE_TOPIC)).toBe(false);
    expect(access.authorizePublish(client, '$SYS/x')).toBe(false);
  });
});
