import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HubConfig, hubConfig } from '#contracts/config/hub-config';
import { type TerminalConfig, terminalConfig } from '#contracts/config/terminal-config';
import { assert } from '#domain/assert';
import { type Hub, startHub } from '#hub/main';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger, type LogLevel } from '#platform/log/logger';
import { Administrator } from '#simulators/administrator/administrator';
import { EngineProcess } from '#simulators/screen/engine-process';

const ENGINE_HOST = fileURLToPath(new URL('../../browser/main.ts', import.meta.url));
const FIRST_ADMINISTRATOR = 'admin';
const PASSWORD = 'lintel simulated site';

export interface SiteOptions {
  /** Of hub and terminals; what goes wrong in a simulation is told on standard error. */
  readonly logLevel?: LogLevel;
  /** The built screens; without them engines serve an empty page, which pipes do not mind. */
  readonly rendererDir?: string;
  readonly consoleDir?: string;
  /** Where the hub keeps its books, given its data folder; unless told otherwise in a file of it. */
  readonly databaseUrlOf?: (hubDir: string) => Promise<string | undefined>;
  /** Where the weights are; without them faces are not recognised, PINs are. */
  readonly modelDir?: string;
}

export interface SimulatedTerminal {
  readonly name: string;
  readonly dataDir: string;
  readonly engine: EngineProcess;
}

/** A hub, its administrator and terminals, in a folder that goes away with it. */
export class SimulatedSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'lintel-site-'));
  readonly hubDir = join(this.folder, 'hub');
  readonly #options: SiteOptions;
  readonly #terminals: SimulatedTerminal[] = [];
  #hubConfig: HubConfig;
  #hub: Hub | undefined;
  #administrator: Administrator | undefined;

  constructor(options: SiteOptions = {}) {
    this.#options = options;
    this.#hubConfig = hubConfig.parse({
      dataDir: this.hubDir,
      httpPort: 0,
      mqttPort: 0,
      siteZone: 'Asia/Shanghai',
      logLevel: options.logLevel ?? 'silent',
    });
  }

  /** Starts the hub for the first time and takes it over from its printed password. */
  async start(): Promise<void> {
    const databaseUrl = await this.#options.databaseUrlOf?.(this.hubDir);
    this.#hubConfig = { ...this.#hubConfig, databaseUrl };
    await this.startHub();
    const { hub, administrator } = this;
    assert(hub.firstPassword !== undefined, 'a new hub has a first password');
    const first = { name: FIRST_ADMINISTRATOR, password: hub.firstPassword };
    await administrator.takeOver(first, PASSWORD);
  }

  get hub(): Hub {
    assert(this.#hub !== undefined, 'the hub was started');
    return this.#hub;
  }

  get administrator(): Administrator {
    assert(this.#administrator !== undefined, 'the hub was started');
    return this.#administrator;
  }

  /** Again after `stopHub`: at the same addresses, on the same data. */
  async startHub(): Promise<void> {
    const logger = createLogger('hub', this.#hubConfig.logLevel);
    const deps = { clock: systemClock(), logger, consoleDir: this.#options.consoleDir };
    const started = await startHub(this.#hubConfig, deps);
    if (!started.ok) throw new Error(started.failure.message.en);
    this.#hub = started.value;
    const { httpUrl, brokerUrl } = started.value;
    this.#hubConfig = {
      ...this.#hubConfig,
      httpPort: Number(new URL(httpUrl).port),
      mqttPort: Number(new URL(brokerUrl).port),
    };
    this.#administrator ??= new Administrator(httpUrl);
  }

  async stopHub(): Promise<void> {
    const hub = this.#hub;
    this.#hub = undefined;
    await hub?.stop();
  }

  get brokerPort(): number {
    return this.#hubConfig.mqttPort;
  }

  /** @param overrides of its settings; `hubUrl` to put a bad network in between */
  terminal(name: string, overrides: Partial<TerminalConfig> = {}): SimulatedTerminal {
    const dataDir = overrides.dataDir ?? join(this.folder, name);
    const config = terminalConfig.parse({
      dataDir,
      hubUrl: this.hub.brokerUrl,
      joinCode: this.hub.joinCode,
      name,
      shell: 'none',
      modelDir: this.#options.modelDir ?? join(this.folder, 'no-models'),
      logLevel: this.#options.logLevel ?? 'silent',
      ...overrides,
    });
    const engine = new EngineProcess({ config, host: ENGINE_HOST, rendererDir: this.#screens() });
    const terminal = { name, dataDir, engine };
    this.#terminals.push(terminal);
    return terminal;
  }

  /** Stops whatever still runs and removes every trace. */
  async stop(): Promise<void> {
    for (const { engine } of this.#terminals) await engine.stop();
    await this.stopHub();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #screens(): string {
    if (this.#options.rendererDir !== undefined) return this.#options.rendererDir;
    const folder = join(this.folder, 'empty-screen');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Lintel</title>');
    return folder;
  }
}
