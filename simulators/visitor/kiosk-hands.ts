import type { Locale } from '#contracts/wire/v1/ids';
import { KIOSK_LABELS, type KioskLabel } from '#simulators/visitor/kiosk-labels';
import type { KioskPage } from '#simulators/visitor/kiosk-page';

/** The mark at the top left wants five seconds; a hand is not exact. */
const HOLD_MS = 5_400;
const MARK = 'button.site';

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
  readonly page: KioskPage;
  readonly #locale: Locale;

  constructor(page: KioskPage, locale: Locale) {
    this.page = page;
    this.#locale = locale;
  }

  says(label: KioskLabel): string {
    return KIOSK_LABELS[this.#locale][label];
  }

  /** @returns hands for the other language, after switching to it if it is not on already */
  async speaking(locale: Locale): Promise<KioskHands> {
    const other = new KioskHands(this.page, locale);
    const wanted = other.says('language.switch.label');
    const toOther = KIOSK_LABELS[locale === 'en' ? 'zh-CN' : 'en']['language.switch.label'];
    if ((await this.page.offered(wanted, toOther)) === toOther) await this.page.click(toOther);
    await this.page.offered(wanted);
    return other;
  }

  async press(...labels: readonly KioskLabel[]): Promise<void> {
    await this.page.click(...labels.map((label) => this.says(label)));
  }

  async punchByPin(who: Credentials): Promise<void> {
    await this.press('way.pin');
    await this.#type(who, 'pin.send');
  }

  /** Holds the site's mark for five seconds, then signs in. */
  async openManagerSide(who: Credentials): Promise<void> {
    await this.page.hold(MARK, HOLD_MS);
    await this.#type(who, 'manager.send');
    await this.#peopleListed();
  }

  /** From wherever an enrolment ended, or got stuck. */
  async backToPeople(): Promise<void> {
    await this.press('enrol.cancel', 'enrol.again');
    await this.#peopleListed();
  }

  /** Locks, from the list of people or after an enrolment. */
  async leaveManagerSide(): Promise<void> {
    await this.press('enrol.finish', 'manager.lock');
    await this.page.offered(this.says('way.pin'));
  }

  async choosePerson(person: { employeeNo: string; name: string }): Promise<void> {
    await this.page.fill(this.says('enrol.search'), person.employeeNo);
    await this.page.click(person.name);
  }

  /** What the wizard says, as far as this person understands it. */
  async instruction(): Promise<Instruction> {
    const text = await this.page.read('.side .lead, .outcome h1');
    const known = INSTRUCTIONS.find(([label]) => this.says(label) === text);
    return known?.[1] ?? 'none';
  }

  async #type({ employeeNo, pin }: Credentials, send: KioskLabel): Promise<void> {
    await this.page.offered(this.says('pin.next'));
    await this.page.type(employeeNo);
    await this.press('pin.next');
    await this.page.type(pin);
    await this.press(send);
  }

  async #peopleListed(): Promise<void> {
    await this.page.offered(this.says('manager.lock'));
  }
}
