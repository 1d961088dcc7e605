import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminalConfig } from '#contracts/config/terminal-config';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { hashSecret } from '#platform/crypto/secret-hash';
import { createLogger } from '#platform/log/logger';
import { startTerminalEngine, type TerminalEngine } from '#terminal/engine';
import { ManualClock } from '#tests/terminal/manual-clock';
import { ScriptedFaces } from '#tests/terminal/scripted-faces';
import { ScriptedHub } from '#tests/terminal/scripted-hub';
import { TestScreen } from '#tests/terminal/test-screen';

/** One PIN for everybody in the tests, hashed once. */
export const PIN = '246810';
const verifier = await hashSecret(PIN);

export function person(n: number, more: Partial<PersonBody> = {}): PersonBody {
  return {
    personId: `0000000${n}-1111-4222-8333-444455556666`,
    employeeNo: `E${n}`,
    name: `Given${n} Family${n}`,
    greetingName: `Given${n}`,
    locale: 'en',
    manager: false,
    pinVerifier: verifier,
    ...more,
  };
}

/** A terminal with real storage, a real broker and a scripted hub, screen and camera. */
export class Workbench {
  readonly root = mkdtempSync(join(tmpdir(), 'lintel-terminal-'));
  readonly hub = new ScriptedHub();
  readonly clock = new ManualClock('2026-03-02T00:58:00Z'); // 08:58 in Shanghai
  faces = new ScriptedFaces();
  screen = new TestScreen();
  #engine: TerminalEngine | undefined;

  get engine(): TerminalEngine {
    if (this.#engine === undefined) throw new Error('the engine is not running');
    return this.#engine;
  }

  get config(): ReturnType<typeof terminalConfig.parse> {
    return terminalConfig.parse({
      dataDir: join(this.root, 'terminal'),
      hubUrl: this.hub.url,
      joinCode: this.hub.joinCode,
      name: 'East gate',
      modelDir: join(this.root, 'models'),
      logLevel: 'silent',
    });
  }

  /** Everything up, met, and a screen attached. */
  async start(): Promise<void> {
    await this.hub.start();
    await this.startEngine();
    await until(() => this.engine.state().joined && this.engine.state().engine === 'ready');
  }

  /** @param prepare what the camera's part is like before anybody looks */
  async startEngine(prepare: (faces: ScriptedFaces) => void = () => undefined): Promise<void> {
    this.faces = new ScriptedFaces();
    prepare(this.faces);
    const started = await startTerminalEngine(this.config, {
      clock: this.clock,
      logger: createLogger('test', 'silent'),
      openFaces: this.faces.open,
      scanWifi: async () => ({ ssid: 'office', bssid: '02:00:00:00:00:01' }),
    });
    if (!started.ok) throw new Error(started.failure.message.en);
    this.#engine = started.value;
    await this.attach();
  }

  async attach(): Promise<void> {
    this.screen = new TestScreen();
    this.engine.attach(this.screen.pipe);
    await this.screen.hello();
  }

  /** These people, and nobody else, work here. */
  async enrol(...people: PersonBody[]): Promise<void> {
    const from = this.hub.cursors.at(-1) ?? 0;
    await this.hub.send(from, [this.hub.site(), ...people.map((each) => this.hub.person(each))]);
    await until(() => this.engine.state().people === people.length);
  }

  /** What the camera sees now, in one frame handled to its end. */
  async look(...faces: Parameters<typeof this.set>): Promise<void> {
    this.set(...faces);
    const wanted = this.screen.heard('frame.wanted').length;
    this.screen.frame(this.clock.now().epochMilliseconds);
    await until(() => this.screen.heard('frame.wanted').length > wanted);
  }

  set(...faces: ScriptedFaces['faces'][number][]): void {
    this.faces.faces = faces;
  }

  /** Everything the terminal wrote, keys apart: those are for its owner's eyes only. */
  bytesOnDisk(): Buffer {
    const { dataDir } = this.config;
    const files = readdirSync(dataDir).filter((file) => !file.includes('keys'));
    return Buffer.concat(files.map((file) => readFileSync(join(dataDir, file))));
  }

  async stop(): Promise<void> {
    await this.#engine?.stop();
    this.#engine = undefined;
  }

  async end(): Promise<void> {
    await this.stop();
    await this.hub.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Waits for something that happens by itself; the test's own time limit is the only one. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
