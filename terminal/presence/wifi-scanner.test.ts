import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WifiSeen } from '#contracts/wire/v1/up-log';
import { activeNetwork, terseFields } from '#terminal/presence/nmcli';
import { wifiScannerFor } from '#terminal/presence/wifi-scanner';

let folder: string;
const path = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-wifi-'));
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

/** Puts a program called nmcli in front of any real one. */
function pretend(script: string): void {
  const file = join(folder, 'nmcli');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env['PATH'] = `${folder}${delimiter}${path}`;
}

/** Recorded form of `nmcli -t -e yes`, one heredoc a question. */
function answers(list: string, devices: string): string {
  return `case "$*" in
*"wifi list"*) cat <<'LIST'
${list}
LIST
;;
*) cat <<'DEVICES'
${devices}
DEVICES
;;
esac`;
}

const scan = () => wifiScannerFor('linux', join(folder, 'net'))();

describe('the Wi-Fi this terminal is on', () => {
  test.each<[string, string, string, WifiSeen]>([
    [
      'the network in use among many',
      'no:11\\:22\\:33\\:44\\:55\\:66:guest\nyes:AA\\:BB\\:CC\\:DD\\:EE\\:0F:office',
      'wifi:connected',
      { ssid: 'office', bssid: 'aa:bb:cc:dd:ee:0f' },
    ],
    [
      'an SSID with colons and backslashes in it',
      'yes:AA\\:BB\\:CC\\:DD\\:EE\\:0F:a\\:b\\\\c\\:yes',
      'wifi:connected',
      { ssid: 'a:b\\c:yes', bssid: 'aa:bb:cc:dd:ee:0f' },
    ],
    [
      'an SSID that poses as the office’s access point',
      'yes:66\\:66\\:66\\:66\\:66\\:66:AA\\:BB\\:CC\\:DD\\:EE\\:0F',
      'wifi:connected',
      { ssid: 'AA:BB:CC:DD:EE:0F', bssid: '66:66:66:66:66:66' },
    ],
    [
      'an SSID that brings a second line',
      'yes:66\\:66\\:66\\:66\\:66\\:66:evil\nyes:AA\\:BB\\:CC\\:DD\\:EE\\:0F:office',
      'wifi:connected',
      { absent: 'unreadable' },
    ],
    [
      'a hidden network in Chinese',
      'yes:AA\\:BB\\:CC\\:DD\\:EE\\:0F:总部一楼',
      'wifi:connected',
      { ssid: '总部一楼', bssid: 'aa:bb:cc:dd:ee:0f' },
    ],
    ['no adapter', '', 'ethernet:connected\nloopback:unmanaged', { absent: 'no-adapter' }],
    ['a radio switched off', '', 'wifi:unavailable\nethernet:connected', { absent: 'off' }],
    [
      'an adapter on no network',
      'no:11\\:22\\:33\\:44\\:55\\:66:guest',
      'wifi:disconnected',
      { absent: 'not-connected' },
    ],
    ['an answer that is none', 'yes:nonsense', 'wifi:connected', { absent: 'unreadable' }],
  ])('%s', async (_what, list, devices, seen) => {
    pretend(answers(list, devices));
    expect(await scan()).toEqual(seen);
  });

  test.each<[string, string, WifiSeen]>([
    [
      'NetworkManager not running',
      'echo "Error: NetworkManager is not running." >&2; exit 8',
      { absent: 'no-adapter' },
    ],
    ['permission denied', 'echo "Error: not authorized" >&2; exit 4', { absent: 'no-permission' }],
    ['a crash', 'kill -SEGV $$', { absent: 'unreadable' }],
  ])('%s is a state, not an exception', async (_what, script, seen) => {
    pretend(script);
    expect(await scan()).toEqual(seen);
  });

  test('without NetworkManager the kernel says whether there is an adapter at all', async () => {
    process.env['PATH'] = folder;
    expect(await scan()).toEqual({ absent: 'no-adapter' });
    mkdirSync(join(folder, 'net', 'wlan0', 'wireless'), { recursive: true });
    expect(await scan()).toEqual({ absent: 'unreadable' });
  });

  test('the child that reads by node-wifi keeps its mess to itself', async () => {
    const language = process.env['LANG'];
    pretend(answers('', 'ethernet:connected'));
    expect(await wifiScannerFor('darwin')()).toHaveProperty('absent');
    expect(process.env['LANG']).toBe(language);
  });
});

describe('terseFields', () => {
  test('a backslash at the very end is itself', () => {
    expect(terseFields('a:b\\')).toEqual(['a', 'b\\']);
  });

  test('an SSID longer than any is not believed', () => {
    expect(activeNetwork(`yes:AA\\:BB\\:CC\\:DD\\:EE\\:0F:${'x'.repeat(65)}`)).toEqual({
      absent: 'unreadable',
    });
  });
});
