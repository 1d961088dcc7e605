import { describe, expect, test } from 'vitest';
import { parseNetworks, reachOf } from '#platform/http/address-guard';

function opened(...networks: readonly string[]) {
  const parsed = parseNetworks(networks);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

describe('reachOf', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['2400:3200::1', 'public'],
    ['127.0.0.1', 'forbidden'],
    ['10.1.2.3', 'forbidden'],
    ['172.31.255.255', 'forbidden'],
    ['192.168.1.1', 'forbidden'],
    ['169.254.169.254', 'forbidden'],
    ['100.64.0.1', 'forbidden'],
    ['0.0.0.0', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['::1', 'forbidden'],
    ['::', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fd00::1', 'forbidden'],
    ['::ffff:127.0.0.1', 'forbidden'],
    ['::ffff:8.8.8.8', 'forbidden'],
    ['64:ff9b::7f00:1', 'forbidden'],
    ['2002:7f00:1::', 'forbidden'],
    ['2001::1', 'forbidden'],
  ])('%s is %s', (address, reach) => {
    expect(reachOf(address, opened())).toBe(reach);
  });

  test('a network that was opened is, and its neighbours stay shut', () => {
    const house = opened('10.20.0.0/16', 'fd12::/32');
    expect(reachOf('10.20.3.4', house)).toBe('opened');
    expect(reachOf('10.21.0.1', house)).toBe('forbidden');
    expect(reachOf('fd12::7', house)).toBe('opened');
  });
});

test.each([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0/8',
  'house/8',
  '10.0.0.0/8/8',
  '10.0.0.0/-1',
  'fd00::/129',
])('%s is not a network, and is named', (text) => {
  expect(parseNetworks(['10.0.0.0/8', text])).toEqual({ ok: false, failure: text });
});
