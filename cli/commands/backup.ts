import type { Console } from '#cli/console';
import type { HubConfig } from '#contracts/config/hub-config';
import { failed, ok, type Result } from '#domain/result';
import { backUp } from '#hub/backup/back-up';
import { restore } from '#hub/backup/restore';
import { systemClock } from '#platform/clock/system-clock';
import type { Texts } from '#platform/config/language';
import { readPrivateFile } from '#platform/files/private-file';

export interface BackupCall {
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly console: Console;
}

/** @returns the exit code */
export async function runBackup(config: HubConfig, call: BackupCall): Promise<number> {
  const { file, options, console } = call;
  const passphrase = passphraseOf(options);
  if (!passphrase.ok) return refuse(passphrase.failure, console);
  const made = await backUp({
    place: config,
    file,
    passphrase: passphrase.value,
    clock: systemClock(),
  });
  if (!made.ok) return refuse(made.failure.message, console);
  const { files, hubId } = made.value;
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  console.say({
    'zh-CN': `已备份考勤中心 ${hubId}：${files.length} 个文件，共 ${megabytes(bytes)} MB，写入 ${file}。`,
    en: `Hub ${hubId} is in ${file}: ${files.length} files, ${megabytes(bytes)} MB before packing.`,
  });
  if (passphrase.value === undefined) {
    console.say({
      'zh-CN': '备份未加密，其中包含密钥和人脸模板。请妥善保管，或用 --passphrase-file 加密。',
      en: 'It is not sealed and holds keys and face templates. Keep it safe, or seal it with --passphrase-file.',
    });
  }
  return 0;
}

/** @returns the exit code */
export async function runRestore(config: HubConfig, call: BackupCall): Promise<number> {
  const { file, options, console } = call;
  const passphrase = passphraseOf(options);
  if (!passphrase.ok) return refuse(passphrase.failure, console);
  const purpose = options['dryRun'] === true ? 'check' : 'restore';
  const done = await restore({ place: config, file, passphrase: passphrase.value, purpose });
  if (!done.ok) return refuse(done.failure.message, console);
  const { manifest, proved } = done.value;
  const { hubId, madeAt, schemaVersion } = manifest;
  console.say({
    'zh-CN': `考勤中心 ${hubId} 的备份，生成于 ${madeAt}，数据库版本 ${schemaVersion}。`,
    en: `A backup of hub ${hubId}, made ${madeAt}, database version ${schemaVersion}.`,
  });
  if (proved !== undefined) {
    const { logs, entries, auditEntries } = proved;
    console.say({
      'zh-CN': `校验通过：${logs} 份打卡日志共 ${entries} 条，审计日志 ${auditEntries} 条，全部连续且未被改动。`,
      en: `Everything holds: ${entries} entries in ${logs} logs of punches, ${auditEntries} in the audit log.`,
    });
  }
  console.say(
    purpose === 'check'
      ? {
          'zh-CN': '仅作校验，未恢复任何数据。',
          en: 'This was a check; nothing was restored.',
        }
      : {
          'zh-CN': `已恢复到 ${config.dataDir}。可以启动考勤中心；终端会补发之后的记录。`,
          en: `It is restored into ${config.dataDir}. Start the hub; terminals send again what came later.`,
        },
  );
  return 0;
}

function passphraseOf(options: BackupCall['options']): Result<string | undefined, Texts> {
  const path = options['passphraseFile'];
  if (typeof path !== 'string') return ok(undefined);
  const read = readPrivateFile(path);
  if (!read.ok && read.failure === 'absent') {
    return failed({
      'zh-CN': `找不到口令文件 ${path}。`,
      en: `There is no passphrase file ${path}.`,
    });
  }
  if (!read.ok) {
    return failed({
      'zh-CN': `口令文件 ${path} 可被本机其他用户读取。请运行：chmod 600 ${path}`,
      en: `The passphrase file ${path} can be read by others on this machine. Run: chmod 600 ${path}`,
    });
  }
  const passphrase = read.value.replace(/\r?\n$/, '');
  if (passphrase.length >= PASSPHRASE_CHARACTERS_MIN) return ok(passphrase);
  return failed({
    'zh-CN': `${path} 中的口令太短，至少需要 ${PASSPHRASE_CHARACTERS_MIN} 个字符。`,
    en: `The passphrase in ${path} is too short; ${PASSPHRASE_CHARACTERS_MIN} characters are the least.`,
  });
}

const PASSPHRASE_CHARACTERS_MIN = 12; // an archive may be tried offline, as often as somebody likes

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function refuse(message: Texts, console: Console): number {
  console.complain(message);
  return 1;
}
