import type { Command } from 'commander';
import { hubSettings } from '#cli/config/hub-settings';
import { flagsOf } from '#cli/config/setting-options';
import type { Console } from '#cli/console';
import { speak } from '#cli/help';
import { settled } from '#cli/settled';
import { toldBy } from '#cli/told';

/** `lintel hub admin reset`: for whoever holds the machine and has lost the last password. */
export function addAdminCommands(hub: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  const admin = hub
    .command('admin')
    .description(chinese ? '管理员账号' : 'accounts of administrators');
  const reset = admin
    .command('reset')
    .description(
      chinese
        ? '为管理员设置一次性新密码，并关闭其两步验证'
        : 'give an administrator a new first password and take the second factor away',
    )
    .option(
      '--name <name>',
      chinese
        ? '管理员用户名；默认为首位超级管理员'
        : 'whom; the first super administrator, unless told otherwise',
    )
    .action(async () => {
      const options: Record<string, unknown> = reset.optsWithGlobals();
      const config = settled(hubSettings(toldBy(flagsOf(options, ['hub']))), console);
      const { runAdminReset } = await import('#cli/commands/hub-admin'); // loads the database
      const { name } = options;
      process.exitCode = await runAdminReset(config, {
        name: typeof name === 'string' ? name : undefined,
        console,
      });
    });
  for (const command of [admin, reset]) speak(command, console.language);
}
