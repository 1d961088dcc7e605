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

  constructor({ config, console, logger, logFolder }: HubRunOptions) {
    this.#console = console;
    this.#child = new SupervisedChild(
      {
        part: 'hub',
        command: NODE,
        args: [join(ROOT, 'cli', 'hub-host.ts')],
        input: () => JSON.stringify({ t: 'start', config, consoleDir: OUT.console }),
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

  #hear(line: string): void {
    const report = hubHostReport.parse(JSON.parse(line));
    if (report.t === 'failed') this.#console.complain(report.message);
    this.#first.resolve(report);
  }
}
