import { expect, test } from 'vitest';
import {
  enrolAtKiosk,
  greetGroup,
  greetOne,
  keepPicture,
  losesCamera,
  type WalkThrough,
  workOffline,
} from '#tests/e2e/walk-through';

export const STEP_MS = 300_000; // three enrolments on a machine that is busy with ten other things

/** What a kiosk does in whatever shell, in the order of a day; each claim rests on those before it. */
export function claimsOfKiosk(walkOf: () => WalkThrough): void {
  test('is idle in Chinese, and in English at one tap', { timeout: STEP_MS }, async () => {
    const { hands } = walkOf();
    await hands.page.offered(hands.says('way.pin'));
    await keepPicture(walkOf(), 'idle-zh');
    const english = await hands.speaking('en');
    expect(await hands.page.read('#kiosk')).toContain(english.says('way.pin'));
    await keepPicture(walkOf(), 'idle-en');
    await english.speaking('zh-CN');
    expect(await hands.page.read('#kiosk')).toContain(hands.says('way.pin'));
  });

  test('a manager enrols three people through every gate', { timeout: STEP_MS }, async () => {
    const outcomes = await enrolAtKiosk(walkOf(), ['p07', 'p18', 'p20']);
    expect(outcomes.filter((outcome) => outcome.startsWith('done'))).toHaveLength(3);
  });

  test('somebody enrolled is greeted by name', { timeout: STEP_MS }, async () => {
    expect(await greetOne(walkOf(), 'p07')).toEqual(['Mila Novak']); // as the hub has it
  });

  test('two of a group of four are known, the strangers not', { timeout: STEP_MS }, async () => {
    const names = await greetGroup(walkOf(), 6, 2);
    expect(names).toEqual(['Clara Weiss', 'Mila Novak', 'Noor Haddad']);
  });

  test('with the hub away people punch on, and all arrives', { timeout: STEP_MS }, async () => {
    expect(await workOffline(walkOf())).toBe(1);
  });

  test('a pulled camera is said, and resumes by itself', { timeout: STEP_MS }, async () => {
    const { hands } = walkOf();
    expect(await losesCamera(walkOf())).toContain(hands.says('way.pin'));
  });
}
