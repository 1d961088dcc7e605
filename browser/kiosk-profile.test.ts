import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareProfile, withKioskPreferences } from '#browser/kiosk-profile';

const ORIGIN = 'http://127.0.0.1:4711';

describe('withKioskPreferences', () => {
  test('grants the camera to our origin alone', () => {
    const before = withKioskPreferences({}, 'http://127.0.0.1:1');
    const { profile } = withKioskPreferences(before, ORIGIN);
    const camera = { [`${ORIGIN},*`]: { setting: 1 } };
    expect(profile).toMatchObject({
      content_settings: { exceptions: { media_stream_camera: camera } },
    });
    expect(JSON.stringify(profile)).not.toContain('127.0.0.1:1,');
  });

  test('has nobody offer a translation over the screens', () => {
    const { translate } = withKioskPreferences({ translate: { enabled: true } }, ORIGIN);
    expect(translate).toEqual({ enabled: false });
  });

  test('keeps what Chromium wrote', () => {
    const before = { browser: { theme: 1 }, profile: { exit_type: 'Normal' } };
    expect(withKioskPreferences(before, ORIGIN)).toMatchObject(before);
  });
});

describe('prepareProfile', () => {
  test('replaces a damaged file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-profile-'));
    prepareProfile(folder, ORIGIN);
    const file = join(folder, 'Default', 'Preferences');
    writeFileSync(file, '{ cut o');
    prepareProfile(folder, ORIGIN);
    expect(readFileSync(file, 'utf8')).toContain(ORIGIN);
  });
});
