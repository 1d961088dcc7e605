import type { Command } from 'commander';
import { start } from '#cli/commands/start';
import { addSettingOptions, flagsOf } from '#cli/config/setting-options';
import type { Console } from '#cli/console';
import { toldBy } from '#cli/told';

const PARTS = ['terminal'] as const;

export function addTerminalCommand(program: Command, console: Console): void {
  const command = program
    .command('terminal')
    .description(
      console.language === 'zh-CN'
        ? '只启动终端，加入别处的考勤中心'
        : 'start a terminal that joins a hub elsewhere',
    );
  addSettingOptions(command, PARTS, console.language).action(
    async (options: Record<string, unknown>) => {
      await start(toldBy(flagsOf(options, PARTS)), console, 'terminal');
    },
  );
}
