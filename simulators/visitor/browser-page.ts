import type { Locator, Page } from 'playwright';
import { assert } from '#domain/assert';
import type { KioskPage } from '#simulators/visitor/kiosk-page';

/** For one step of the screen, on a machine that is busy with faces. */
const STEP_MS = 20_000;
/** Typing like a person, and slower than the pipe's limit for hostile screens. */
const KEY_MS = 40;

/** A page driven by Playwright. */
export function browserPage(page: Page): KioskPage {
  const key = (name: string): Locator => page.getByRole('button', { name, exact: false });
  const anyOf = (names: readonly string[]): Locator => {
    const [first, ...others] = names.map(key);
    assert(first !== undefined, 'a key has a name');
    return others.reduce((found, other) => found.or(other), first).first();
  };
  return {
    click: async (...names) => await anyOf(names).click({ timeout: STEP_MS }),
    offered: async (...names) => {
      await anyOf(names).waitFor({ timeout: STEP_MS });
      for (const name of names) if ((await key(name).count()) > 0) return name;
      throw new Error(`${names.join(', ')} went away`);
    },
    hold: async (selector, durationMs) => {
      await page.locator(selector).first().hover({ timeout: STEP_MS });
      await page.mouse.down();
      await page.waitForTimeout(durationMs);
      await page.mouse.up();
    },
    type: async (text) => await page.keyboard.type(text, { delay: KEY_MS }),
    fill: async (name, text) => {
      await page.getByRole('textbox', { name }).fill(text, { timeout: STEP_MS });
    },
    read: async (selector) => {
      const found = page.locator(selector);
      return (await found.count()) === 0 ? '' : (await found.first().innerText()).trim();
    },
    picture: async () => await page.screenshot(),
  };
}
