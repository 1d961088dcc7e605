import type { Command } from 'commander';
import { addBackupCommands } from '#cli/commands/register-backup';
import { addAdminCommands } from '#cli/commands/register-hub-admin';
import { hubSettings } from '#cli/config/hub-settings';
import { addSettingOptions, flagsOf } from '#cli/config/setting-options';
import type { Console } from '#cli/console';
import { Refusal, untilStopped } from '#cli/exit';
import { settled } from '#cli/settled';
import { announceHub } from '#cli/start/announce';
import { OUT } from '#cli/start/node-process';
import { ensureBuilt } from '#cli/start/prepare';
import { toldBy } from '#cli/told';
import type { HubConfig } from '#contracts/config/hub-config';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

const PARTS = ['hub'] as const;

export function addHubCommand(program: Command, console: Console): void {
  const command = program
    .command('hub')
    .description(
      console.language === 'zh-CN'
        ? '启动考勤中心：消息服务、管理后台'
        : 'start a hub: broker and console',
    );
  addSettingOptions(command, PARTS, console.language).action(
    async (options: Record<string, unknown>) => {
      const config = settled(hubSettings(toldBy(flagsOf(options, PARTS))), console);
      await ensureBuilt(console);
      await runHub(config, console);
    },
  );
  addBackupCommands(command, console);
  addAdminCommands(command, console);
}

async function runHub(config: HubConfig, console: Console): Promise<void> {
  const stopped = untilStopped();
  const logger = createLogger('hub', config.logLevel);
  const { startHub } = await import('#hub/main');
  const hub = await startHub(config, { clock: systemClock(), logger, consoleDir: OUT.console });
  if (!hub.ok) {
    console.complain(hub.failure.message);
    throw new Refusal(hub.failure.reason);
  }
  const { httpUrl: consoleUrl, brokerUrl, joinCode, firstPassword, stop } = hub.value;
  const first = firstPassword === undefined ? {} : { firstPassword };
  console.say({ 'zh-CN': '考勤中心已启动。', en: 'The hub is running.' });
  announceHub({ t: 'ready', consoleUrl, brokerUrl, joinCode, ...first }, console);
  console.say({
    'zh-CN': `  数据目录    ${config.dataDir}\n按 Ctrl-C 停止。`,
    en: `  Data folder     ${config.dataDir}\nCtrl-C stops it.`,
  });
  await stopped;
  await stop();
}
