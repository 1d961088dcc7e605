/** Entry of an engine host: the terminal engine and the server of its screens, in one process. */

import { startKioskServer } from '#browser/kiosk-server';
import { type EngineHostReport, engineHostStart } from '#contracts/ipc/engine-host';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { type HostInput, readHostInput, report, untilTold } from '#platform/process/host-line';
import { EXIT_GIVE_UP } from '#platform/process/supervised-child';
import { startTerminalEngine } from '#terminal/engine';

type Failed = Extract<EngineHostReport, { t: 'failed' }>;

/** Failures that pass by themselves, once somebody frees some space; all others wait for a change. */
const PASSING: readonly string[] = ['disk-full'];

const SERVER_FAILURES: Readonly<Record<'not-built' | 'port-taken', Failed['message']>> = {
  'not-built': {
    'zh-CN': '界面尚未构建，请运行 npm run build。',
    en: 'The screens are not built; run npm run build.',
  },
  'port-taken': {
    'zh-CN': '界面端口已被占用，请用 --kiosk-port 换一个，或用 0 任选。',
    en: 'The port of the screens is taken; choose another with --kiosk-port, or 0 for any.',
  },
};

const input = readHostInput(process.stdin);
process.exitCode = await host(input);
process.exit();

/** @returns the exit code */
async function host(told: HostInput): Promise<number> {
  const line = await told.order;
  if (line === undefined) return 0; // the starter changed its mind
  const { config, rendererDir, token } = engineHostStart.parse(JSON.parse(line));
  const clock = systemClock();
  const logger = createLogger('engine', config.logLevel);
  const engine = await startTerminalEngine(config, { clock, logger });
  if (!engine.ok) return giveUp(engine.failure);
  const server = await startKioskServer({
    rendererDir,
    port: config.kioskPort,
    token,
    clock,
    attach: (pipe) => engine.value.attach(pipe),
  });
  if (!server.ok) {
    await engine.value.stop();
    return giveUp({ reason: server.failure, message: SERVER_FAILURES[server.failure] });
  }
  const { url, pipeUrl, port } = server.value;
  report({ t: 'ready', url, pipeUrl, port } satisfies EngineHostReport);
  await untilTold(told);
  await server.value.stop();
  await engine.value.stop();
  return 0;
}

function giveUp({ reason, message }: Pick<Failed, 'reason' | 'message'>): number {
  const again = PASSING.includes(reason);
  report({ t: 'failed', reason, message, again } satisfies EngineHostReport);
  return again ? 1 : EXIT_GIVE_UP;
}
