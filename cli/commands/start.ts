import { join } from 'node:path';
import type { Command } from 'commander';
import { hubSettings } from '#cli/config/hub-settings';
import { addSettingOptions, flagsOf } from '#cli/config/setting-options';
import type { Console } from '#cli/console';
import { Refusal, untilStopped } from '#cli/exit';
import { settled } from '#cli/settled';
import { announce } from '#cli/start/announce';
import { HubRun, type HubRunOptions } from '#cli/start/hub-run';
import { ensureBuilt, ensureModels } from '#cli/start/prepare';
import { runTerminal } from '#cli/start/run-terminal';
import { toldBy } from '#cli/told';
import type { HubHostReport } from '#contracts/ipc/hub-host';
import { createLogger } from '#platform/log/logger';
import { type Told, terminalSettings } from '#terminal/config/terminal-settings';

const PARTS = ['hub', 'terminal'] as const;
/** Seen by the checks before the hub has said where it really is. */
const HUB_TO_COME = { hubUrl: 'mqtt://127.0.0.1:1883' };

type HubReady = Extract<HubHostReport, { t: 'ready' }>;
type Undo = () => Promise<void>;

export function addStartCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  const command = program
    .command('start')
    .description(
      chinese
        ? '在这台机器上启动考勤中心和终端，并打开终端界面'
        : 'start a hub and a terminal on this machine and open the kiosk',
    )
    .option(
      '--terminal-only',
      chinese
        ? '只启动终端，加入别处的考勤中心（需要 --hub，第一次还需要 --join）'
        : 'start only a terminal that joins a hub elsewhere (needs --hub, and --join once)',
    );
  addSettingOptions(command, PARTS, console.language).action(
    async (options: Record<string, unknown>) => {
      const told = toldBy(flagsOf(options, PARTS));
      await start(told, console, options['terminalOnly'] === true ? 'terminal' : 'both');
    },
  );
}

/** Runs until Ctrl-C or SIGTERM; whatever was started is stopped, whatever goes wrong. */
export async function start(
  told: Told,
  console: Console,
  what: 'both' | 'terminal',
): Promise<void> {
  const stopped = untilStopped();
  const undo: Undo[] = [];
  try {
    const begun = begin({ told, console, what, undo });
    begun.catch(() => undefined); // when Ctrl-C came first, what it says no longer matters
    await Promise.race([begun, stopped]); // Ctrl-C counts while things are still starting
    await stopped;
  } finally {
    for (const step of undo.splice(0).toReversed()) await step();
  }
  console.say({ 'zh-CN': '已全部停止。', en: 'Everything is stopped.' });
}

interface Start {
  readonly told: Told;
  readonly console: Console;
  readonly what: 'both' | 'terminal';
  readonly undo: Undo[];
}

async function begin({ told, console, what, undo }: Start): Promise<void> {
  const checked = settled(terminalSettings(told, what === 'both' ? HUB_TO_COME : {}), console);
  await ensureBuilt(console);
  await ensureModels(checked, console);
  const logFolder = join(told.dataFolder, 'logs');
  const logger = createLogger('start', 'error'); // deaths of children are in the log files as well
  const context = { console, logger, logFolder };
  const hub = what === 'both' ? await startHub(told, context, undo) : undefined;
  const config = hub ? settled(terminalSettings(told, joining(hub)), console) : checked;
  const terminal = await runTerminal({ config, ...context });
  undo.push(() => terminal.stop());
  const { shell, kioskUrl } = terminal;
  const { dataFolder } = told;
  announce({ hub, hubUrl: config.hubUrl, shell, kioskUrl, dataFolder, logFolder }, console);
}

type Context = Pick<HubRunOptions, 'console' | 'logger' | 'logFolder'>;

async function startHub(told: Told, context: Context, undo: Undo[]): Promise<HubReady> {
  const config = settled(hubSettings(told), context.console);
  const hub = new HubRun({ config, ...context });
  undo.push(() => hub.stop());
  const report = await hub.start();
  if (report.t === 'failed') throw new Refusal(report.reason);
  return report;
}

function joining({ brokerUrl, joinCode }: HubReady): Record<string, string> {
  return { hubUrl: brokerUrl, joinCode };
}
