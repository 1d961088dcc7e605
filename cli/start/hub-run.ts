import { join } from 'node:path';
import type { Console } from '#cli/console';
import { NODE, OUT, ROOT } from '#cli/start/node-process';
import type { HubConfig } from '#contracts/config/hub-config';
import { type HubHostReport, hubHostReport } from '#contracts/ipc/hub-host';
import type { Logger } from '#platform/log/logger';
import { SupervisedChild } from '#platform/process/supervised-child';

export interface HubRunOptions {
  readonly config: HubConfig;
  readonly console: Console;
  readonly logger: Logger;
  readonly logFolder: string;
}

/** The hub in a process of its own, started again when it dies. */
export class HubRun {
  readonly #child: SupervisedChild;
  readonly #first = Promise.withResolvers<HubHostReport>();
  readonly #console: Console;
  #ready: Extract<HubHostReport, { t: 'ready' }> | undefined;

  constructor({ config, console, logger, logFolder }: HubRunOptions) {
    this.#console = console;
    this.#child = new SupervisedChild(
      {
        part: 'hub',
        command: NODE,
        args: [join(ROOT, 'cli', 'hub-host.ts')],
        input: () => this.#order(config),
        onLine: (line) => this.#hear(line),
        stderr: { folder: logFolder },
      },
      logger,
    );
  }

  /** @returns what it said first: where it is, or why it does not run */
  async start(): Promise<HubHostReport> {
    this.#child.start();
    return await this.#first.promise;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** After a restart terminals and browsers find the hub where it was, whatever port it was given. */
  #order(config: HubConfig): string {
    const order = { t: 'start', config, consoleDir: OUT.console };
    if (this.#ready === undefined) return JSON.stringify(order);
    const httpPort = Number(new URL(this.#ready.consoleUrl).port) || config.httpPort;
    const mqttPort = Number(new URL(this.#ready.brokerUrl).port) || config.mqttPort;
    return JSON.stringify({ ...order, config: { ...config, httpPort, mqttPort } });
  }

  #hear(line: string): void {
    const report = hubHostReport.parse(JSON.parse(line));
    if (report.t === 'failed') this.#console.complain(report.message);
    else this.#ready = report;
    this.#first.resolve(report);
  }
}
