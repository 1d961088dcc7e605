import type { Command } from 'commander';
import { localSettings } from '#cli/commands/local-settings';
import type { Console } from '#cli/console';

export function addVerifyCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  program
    .command('verify')
    .description(
      chinese
        ? '逐条核对终端的打卡日志，指出第一条有问题的记录'
        : 'walk the terminal’s log of punches and name the first entry that was changed',
    )
    .option(
      '--data-dir <folder>',
      chinese ? '数据目录 [LINTEL_DATA_DIR]' : 'data folder [LINTEL_DATA_DIR]',
    )
    .action(async ({ dataDir: folder }: Record<string, unknown>) => {
      const { dataDir } = localSettings({ dataDir: folder }, console);
      const { runVerify } = await import('#cli/commands/verify'); // loads the database
      process.exitCode = await runVerify({ dataDir, console });
    });
}
