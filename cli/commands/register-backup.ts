import type { Command } from 'commander';
import { hubSettings } from '#cli/config/hub-settings';
import { flagsOf } from '#cli/config/setting-options';
import type { Console } from '#cli/console';
import { speak } from '#cli/help';
import { settled } from '#cli/settled';
import { toldBy } from '#cli/told';
import type { HubConfig } from '#contracts/config/hub-config';

/** `lintel hub backup | restore`; the settings of the hub say where its books are. */
export function addBackupCommands(hub: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  const passphrase = [
    '--passphrase-file <file>',
    chinese
      ? '存放加密口令的文件（chmod 600）'
      : 'file with a passphrase that seals it (chmod 600)',
  ] as const;
  const backup = hub
    .command('backup')
    .argument(
      '<file>',
      chinese ? '要写入的备份文件，不能已存在' : 'archive to make; nothing may be there',
    )
    .description(
      chinese
        ? '备份数据库、密钥和附件；考勤中心可以照常运行'
        : 'database, keys and attachments as one archive; the hub may go on running',
    )
    .option(...passphrase)
    .action(async (file: string) => {
      const { runBackup } = await import('#cli/commands/backup'); // loads the database
      const options = backup.optsWithGlobals();
      process.exitCode = await runBackup(configOf(options, console), { file, options, console });
    });
  const restore = hub
    .command('restore')
    .argument('<file>', chinese ? '备份文件' : 'archive that was made by backup')
    .description(
      chinese
        ? '校验备份，并恢复到空的数据目录'
        : 'check an archive and put it into an empty data folder',
    )
    .option(...passphrase)
    .option('--dry-run', chinese ? '只校验，不恢复' : 'check it and restore nothing')
    .action(async (file: string) => {
      const { runRestore } = await import('#cli/commands/backup');
      const options = restore.optsWithGlobals();
      process.exitCode = await runRestore(configOf(options, console), { file, options, console });
    });
  for (const command of [backup, restore]) speak(command, console.language);
}

function configOf(options: Record<string, unknown>, console: Console): HubConfig {
  return settled(hubSettings(toldBy(flagsOf(options, ['hub']))), console);
}
