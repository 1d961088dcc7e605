import { afterEach, beforeEach, vi } from 'vitest';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { Greeting } from '#contracts/ipc/kiosk-ipc';
import type { Person } from '#contracts/rest/v1/people';
import { assert } from '#domain/assert';
import type { KioskScreen } from '#simulators/screen/kiosk-screen';
import { SimulatedSite, type SimulatedTerminal } from '#simulators/site/simulated-site';
import { testDatabaseUrl } from '#tests/hub/test-database';
import { brokenClaims, keyOf, terminalLines } from '#tests/integration/ledger';

/** Starting processes, joining and catching up after a cut: generous, for a busy machine. */
export const SETTLE = { timeout: 45_000, interval: 100 } as const;
/** Several of those waits in a row. */
const TEST_MS = 180_000;
const PIN = '314159';

/** One site per test, with staff who punch by PIN. */
export class SiteFixture {
  #site: SimulatedSite | undefined;
  staff: Person[] = [];
  /** `logId:seq` of every punch that was greeted. */
  readonly greeted = new Set<string>();
  readonly #dirs = new Set<string>();

  /** Call at the top of a `describe`. */
  static perTest(staffCount: number): SiteFixture {
    const fixture = new SiteFixture();
    vi.setConfig({ testTimeout: TEST_MS, hookTimeout: TEST_MS });
    beforeEach(async () => await fixture.#begin(staffCount));
    afterEach(async () => await fixture.#site?.stop());
    return fixture;
  }

  async #begin(staffCount: number): Promise<void> {
    this.#site = new SimulatedSite({ databaseUrlOf: testDatabaseUrl });
    this.greeted.clear();
    this.#dirs.clear();
    await this.site.start();
    this.staff = [];
    for (let i = 1; i <= staffCount; i += 1) {
      const employeeNo = `S${String(i).padStart(3, '0')}`;
      const name = { name: `Staff ${i}`, greetingName: `S${i}` };
      const person = { employeeNo, ...name, locale: 'en', manager: false, pin: PIN } as const;
      this.staff.push(await this.site.administrator.addPerson(person));
    }
  }

  get site(): SimulatedSite {
    assert(this.#site !== undefined, 'a test has a site');
    return this.#site;
  }

  /** A terminal without a cool-down: every PIN is a punch of its own. */
  terminal(name: string, overrides: Partial<TerminalConfig> = {}): SimulatedTerminal {
    const terminal = this.site.terminal(name, { coolDownSeconds: 0, ...overrides });
    this.#dirs.add(terminal.dataDir);
    return terminal;
  }

  /** Starts its engine and waits until it knows everybody. */
  async open(terminal: SimulatedTerminal): Promise<KioskScreen> {
    const screen = await terminal.engine.open();
    await vi.waitFor(() => {
      assert(screen.state?.people === this.staff.length, 'the terminal knows everybody');
    }, SETTLE);
    return screen;
  }

  /** One punch by PIN; remembered as greeted, under the log it was written to. */
  async punch(
    terminal: SimulatedTerminal,
    screen: KioskScreen,
    staffNo: number,
  ): Promise<Greeting> {
    const person = this.staff[staffNo % this.staff.length];
    const credentials = { employeeNo: person?.employeeNo ?? '', pin: PIN };
    const answer = await screen.call('punch.pin', credentials);
    if (!answer.ok) throw new Error(`the PIN was refused: ${answer.failure}`);
    this.remember(terminal, answer.value.punchSeq);
    return answer.value;
  }

  /** A punch that was greeted must be found on the disk, and at the hub, for ever after. */
  remember({ dataDir }: SimulatedTerminal, seq: number): void {
    const logId = terminalLines(dataDir).at(-1)?.logId ?? '';
    this.greeted.add(keyOf({ logId, seq }));
  }

  /** Waits until the hub has everything, then holds both disks against each other. */
  async settled(): Promise<readonly string[]> {
    const dirs = { terminals: [...this.#dirs], hub: this.site.hubDir };
    await vi.waitFor(async () => {
      const missing = (await brokenClaims(dirs, this.greeted)).filter(isArrivalMissing);
      assert(missing.length === 0, `everything has arrived, but ${missing.join(', ')}`);
    }, SETTLE);
    return await brokenClaims(dirs, this.greeted);
  }

  async punchIdsAtHub(): Promise<readonly string[]> {
    return (await this.site.administrator.punches()).map((punch) => punch.id).toSorted();
  }
}

function isArrivalMissing(claim: string): boolean {
  return claim.endsWith('never arrived');
}
