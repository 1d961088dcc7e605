import { describe, expect, test } from 'vitest';
import { kioskArguments } from '#browser/chromium-kiosk';
import { createLogger } from '#platform/log/logger';

const logger = createLogger('test', 'silent');
const options = {
  executablePath: '/c',
  url: 'http://127.0.0.1:1/#token=t',
  profileDir: '/p',
  logger,
};

describe('kioskArguments', () => {
  test('shows one page, without an address bar, in a profile of its own', () => {
    const args = kioskArguments(options);
    expect(args).toContain('--kiosk');
    expect(args).toContain('--app=http://127.0.0.1:1/#token=t');
    expect(args).toContain('--user-data-dir=/p');
  });

  test('keeps Chromium’s sandbox wherever Chromium lets it', () => {
    expect(kioskArguments(options).includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });
});
