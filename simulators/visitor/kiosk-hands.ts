import type { Locator, Page } from 'playwright';
import type { Locale } from '#contracts/wire/v1/ids';
import { KIOSK_LABELS, type KioskLabel } from '#simulators/visitor/kiosk-labels';

/** The mark at the top left wants five seconds; a hand is not exact. */
const HOLD_MS = 5_400;
/** Typing like a person, and slower than the pipe's limit for hostile screens. */
const KEY_MS = 40;
/** For one step of the screen, on a machine that is busy with faces. */
const STEP_MS = 20_000;

/** What the wizard asks of the person before the camera, or says about them. */
export type Instruction =
  | 'front'
  | 'left'
  | 'right'
  | 'saving'
  | 'test'
  | 'lookalike'
  | 'done'
  | 'failed'
  | 'none';

const INSTRUCTIONS: readonly (readonly [KioskLabel, Instruction])[] = [
  ['enrol.front', 'front'],
  ['enrol.left', 'left'],
  ['enrol.right', 'right'],
  ['enrol.saving', 'saving'],
  ['enrol.test', 'test'],
  ['enrol.dup', 'lookalike'],
  ['enrol.done', 'done'],
  ['enrol.failed', 'failed'],
];

export interface Credentials {
  readonly employeeNo: string;
  readonly pin: string;
}

/** Somebody's hands and eyes at the kiosk: reads what is shown, presses what can be pressed. */
export class KioskHands {
  readonly page: Page;
  readonly #locale: Locale;

  constructor(page: Page, locale: Locale) {
    this.page = page;
    this.#locale = locale;
  }

  says(label: KioskLabel): string {
    return KIOSK_LABELS[this.#locale][label];
  }

  /** @returns hands for the other language, after switching to it if it is not on already */
  async speaking(locale: Locale): Promise<KioskHands> {
    const other = new KioskHands(this.page, locale);
    const switched = other.#key('language.switch.label');
    const offered = this.page.getByRole('button', {
      name: KIOSK_LABELS[locale === 'en' ? 'zh-CN' : 'en']['language.switch.label'],
    });
    await switched.or(offered).first().waitFor({ timeout: STEP_MS });
    if (await offered.isVisible()) await offered.click({ timeout: STEP_MS });
    await switched.waitFor({ timeout: STEP_MS });
    return other;
  }

  async press(label: KioskLabel): Promise<void> {
    await this.#key(label).click({ timeout: STEP_MS });
  }

  async punchByPin(who: Credentials): Promise<void> {
    await this.press('way.pin');
    await this.#type(who, 'pin.send');
  }

  /** Holds the site's mark for five seconds, then signs in. */
  async openManagerSide(who: Credentials): Promise<void> {
    const mark = this.page.locator('button.site');
    await mark.hover({ timeout: STEP_MS });
    await this.page.mouse.down();
    await this.page.waitForTimeout(HOLD_MS);
    await this.page.mouse.up();
    await this.#type(who, 'manager.send');
    await this.#search().waitFor({ timeout: STEP_MS });
  }

  /** From wherever an enrolment got stuck. */
  async backToPeople(): Promise<void> {
    const cancel = this.#key('enrol.cancel').or(this.#key('enrol.again'));
    await cancel.first().click({ timeout: STEP_MS });
    await this.#search().waitFor({ timeout: STEP_MS });
  }

  /** Locks, from the list of people or after an enrolment. */
  async leaveManagerSide(): Promise<void> {
    const lock = this.#key('enrol.finish').or(this.#key('manager.lock'));
    await lock.first().click({ timeout: STEP_MS });
    await this.#key('way.pin').waitFor({ timeout: STEP_MS });
  }

  async choosePerson(person: { employeeNo: string; name: string }): Promise<void> {
    await this.#search().fill(person.employeeNo, { timeout: STEP_MS });
    const row = this.page.getByRole('button', { name: person.name });
    await row.first().click({ timeout: STEP_MS });
  }

  /** The first thing the wizard says that this person understands. */
  async instruction(): Promise<Instruction> {
    const told = this.page.locator('.side .lead, .outcome h1');
    const text = (await told.count()) === 0 ? '' : await told.first().innerText();
    const known = INSTRUCTIONS.find(([label]) => this.says(label) === text.trim());
    return known?.[1] ?? 'none';
  }

  async #type({ employeeNo, pin }: Credentials, send: KioskLabel): Promise<void> {
    await this.#key('pin.next').waitFor({ timeout: STEP_MS });
    await this.page.keyboard.type(employeeNo, { delay: KEY_MS });
    await this.press('pin.next');
    await this.page.keyboard.type(pin, { delay: KEY_MS });
    await this.press(send);
  }

  #search(): Locator {
    return this.page.getByRole('textbox', { name: this.says('enrol.search') });
  }

  #key(label: KioskLabel): Locator {
    return this.page.getByRole('button', { name: this.says(label), exact: false }).first();
  }
}
