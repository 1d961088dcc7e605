import type { Command } from 'commander';
import { localSettings } from '#cli/commands/local-settings';
import { hubSettings } from '#cli/config/hub-settings';
import type { Console } from '#cli/console';
import { settled } from '#cli/settled';
import { toldBy } from '#cli/told';

export function addVerifyCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  program
    .command('verify')
    .description(
      chinese
        ? '逐条核对终端的打卡日志（或考勤中心的审计日志），指出第一条有问题的记录'
        : 'walk the terminal’s log of punches, or the hub’s audit log, and name the first bad entry',
    )
    .option('--hub', chinese ? '核对考勤中心的审计日志' : 'the audit log of the hub instead')
    .option(
      '--database-url <url>',
      chinese
        ? '考勤中心的 PostgreSQL 数据库 [LINTEL_DATABASE_URL]'
        : 'PostgreSQL database of the hub [LINTEL_DATABASE_URL]',
    )
    .option('--json', chinese ? '以 JSON 输出（仅 --hub）' : 'answer as JSON (with --hub)')
    .option(
      '--data-dir <folder>',
      chinese ? '数据目录 [LINTEL_DATA_DIR]' : 'data folder [LINTEL_DATA_DIR]',
    )
    .action(async (options: Record<string, unknown>) => {
      const { dataDir: folder, databaseUrl } = options;
      if (options['hub'] === true) {
        const config = settled(hubSettings(toldBy({ dataDir: folder, databaseUrl })), console);
        const { runVerifyHub } = await import('#cli/commands/verify-hub'); // loads the database
        const form = options['json'] === true ? 'json' : 'text';
        process.exitCode = await runVerifyHub(config, { console, form });
        return;
      }
      const { dataDir } = localSettings({ dataDir: folder }, console);
      const { runVerify } = await import('#cli/commands/verify');
      process.exitCode = await runVerify({ dataDir, console });
    });
}
