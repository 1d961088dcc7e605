import { describe, expect, test } from 'vitest';
import { isOwnFrame, isOwnUrl } from '#electron/own-page';

describe('isOwnUrl', () => {
  test.each([
    ['the page', 'app://kiosk/index.html', true],
    ['another host of the same scheme', 'app://other/index.html', false],
    ['a host that only begins alike', 'app://kiosk.evil.example/', false],
    ['our host under another scheme', 'https://kiosk/', false],
    ['a file', 'file:///app/kiosk/index.html', false],
    ['an opaque origin', 'null', false],
    ['nothing', '', false],
  ])('%s', (_what, address, expected) => {
    expect(isOwnUrl(address)).toBe(expected);
  });
});

describe('isOwnFrame', () => {
  const url = 'app://kiosk/index.html';

  test('is the top frame of our page', () => {
    expect(isOwnFrame({ url, parent: null })).toBe(true);
  });

  test('is never a frame inside a page, even of our own address', () => {
    expect(isOwnFrame({ url, parent: {} })).toBe(false);
  });

  test('is never a frame that is gone', () => {
    expect(isOwnFrame(null)).toBe(false);
  });
});
