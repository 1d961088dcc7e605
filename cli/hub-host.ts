/** Entry of the hub's process under `lintel start`. */
import { type HubHostReport, hubHostStart } from '#contracts/ipc/hub-host';
import { type Hub, startHub } from '#hub/main';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { type HostInput, readHostInput, report, untilTold } from '#platform/process/host-line';
import { EXIT_GIVE_UP } from '#platform/process/supervised-child';

process.exitCode = await host(readHostInput(process.stdin));
process.exit();

/** @returns the exit code */
async function host(told: HostInput): Promise<number> {
  const line = await told.order;
  if (line === undefined) return 0; // the starter changed its mind
  const { config, consoleDir } = hubHostStart.parse(JSON.parse(line));
  const logger = createLogger('hub', config.logLevel);
  const hub = await startHub(config, { clock: systemClock(), logger, consoleDir });
  if (!hub.ok) {
    const { reason, message } = hub.failure;
    report({ t: 'failed', reason, message, again: false } satisfies HubHostReport);
    return EXIT_GIVE_UP;
  }
  report(readyReport(hub.value));
  await untilTold(told);
  await hub.value.stop();
  return 0;
}

function readyReport({ httpUrl, brokerUrl, joinCode, firstPassword }: Hub): HubHostReport {
  return {
    t: 'ready',
    consoleUrl: httpUrl,
    brokerUrl,
    joinCode,
    ...(firstPassword === undefined ? {} : { firstPassword }),
  };
}
