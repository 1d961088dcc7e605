import { describe, expect, test } from 'vitest';
import { en } from '#renderer/words/en';
import { zhCn } from '#renderer/words/zh-cn';
import { KIOSK_LABELS } from '#simulators/visitor/kiosk-labels';

describe('KIOSK_LABELS', () => {
  test('simulated people read exactly what the screen says', () => {
    expect(en).toMatchObject(KIOSK_LABELS.en);
    expect(zhCn).toMatchObject(KIOSK_LABELS['zh-CN']);
  });
});
