import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { KioskPage } from '#simulators/visitor/kiosk-page';
import type { DevtoolsPage } from '#tests/electron/devtools-page';

/** For one step of the screen, on a machine that is busy with faces. */
const STEP_MS = 20_000;
const POLL_MS = 150;
const KEY_MS = 40;

const place = z.object({ x: z.number(), y: z.number() });

/** The button of such a name, as the page's own script finds it. */
function keyNamed(names: readonly string[]): string {
  return `[...document.querySelectorAll('button:not(:disabled)')].find((key) => ${JSON.stringify(names)}.some((name) => (key.getAttribute('aria-label') ?? key.innerText).includes(name)))`;
}

async function waitFor(page: DevtoolsPage, expression: string): Promise<unknown> {
  for (let waited = 0; waited < STEP_MS; waited += POLL_MS) {
    const value = await page.evaluate(expression);
    if (value !== null && value !== false) return value;
    await pause(POLL_MS);
  }
  throw new Error(`never so: ${expression}`);
}

/** A page driven over DevTools, as in an Electron older than what Playwright takes. */
export function devtoolsKiosk(page: DevtoolsPage): KioskPage {
  const mouse = async (type: string, at: z.output<typeof place>) =>
    await page.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
  return {
    click: async (...names) => {
      await waitFor(
        page,
        `(() => { const key = ${keyNamed(names)}; key?.click(); return Boolean(key); })()`,
      );
    },
    offered: async (...names) => {
      const label = `(() => { const key = ${keyNamed(names)}; return key ? (key.getAttribute('aria-label') ?? key.innerText) : null; })()`;
      const found = z.string().parse(await waitFor(page, label));
      return names.find((name) => found.includes(name)) ?? found;
    },
    hold: async (selector, durationMs) => {
      const middle = `(() => { const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect(); return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null; })()`;
      const at = place.parse(await waitFor(page, middle));
      await mouse('mouseMoved', at);
      await mouse('mousePressed', at);
      await pause(durationMs);
      await mouse('mouseReleased', at);
    },
    type: async (text) => {
      for (const key of text) {
        await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
        await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
        await pause(KEY_MS);
      }
    },
    fill: async (label, text) => {
      const field = `document.querySelector('input[aria-label=${JSON.stringify(label)}]')`;
      await waitFor(
        page,
        `(() => { const field = ${field}; field?.focus(); field?.select(); return Boolean(field); })()`,
      );
      await page.send('Input.insertText', { text });
    },
    read: async (selector) =>
      z
        .string()
        .parse(
          await page.evaluate(
            `document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`,
          ),
        )
        .trim(),
    picture: async () => await page.screenshot(),
  };
}
