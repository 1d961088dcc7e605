import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { BooksFault } from '#hub/backup/books-proof';
import type { ToolFailure } from '#platform/sql/postgres-tools';

/** Why a backup was not made or not restored, and what to do about it. */
export interface BackupFailure {
  readonly reason:
    | 'no-hub'
    | 'target-exists'
    | 'not-empty'
    | 'no-file'
    | 'tool'
    | 'hub-running'
    | 'not-a-backup'
    | 'passphrase'
    | 'newer-version'
    | 'wrong-engine'
    | 'damaged'
    | 'database'
    | 'disk';
  readonly message: Bilingual;
}

export function noHub(dataDir: string): BackupFailure {
  return fail('no-hub', {
    en: `There is no hub in ${dataDir}. Name its data folder with --data-dir.`,
    'zh-CN': `${dataDir} 中没有考勤中心的数据。请用 --data-dir 指定它的数据目录。`,
  });
}

export function targetExists(file: string): BackupFailure {
  return fail('target-exists', {
    en: `${file} exists and is not overwritten. Choose another name.`,
    'zh-CN': `${file} 已存在，不会覆盖。请换一个文件名。`,
  });
}

export function notEmpty(place: string): BackupFailure {
  return fail('not-empty', {
    en: `A backup is restored into an empty place only, and there is something in ${place}. Choose another one, or move what is there away first.`,
    'zh-CN': `备份只能恢复到空的位置，而 ${place} 中已有数据。请另选位置，或先把现有数据移走。`,
  });
}

export function hubRunning(dataDir: string): BackupFailure {
  return fail('hub-running', {
    en: `A hub is running on ${dataDir}. Stop it before restoring.`,
    'zh-CN': `有考勤中心正在使用 ${dataDir}。请先停止它再恢复。`,
  });
}

export function toolFailed(failure: ToolFailure): BackupFailure {
  if (failure.reason === 'no-tool') {
    return fail('tool', {
      en: `${failure.tool} is not on this machine. Install PostgreSQL's client programs (package postgresql-client), at least as new as the server.`,
      'zh-CN': `本机没有 ${failure.tool}。请安装 PostgreSQL 客户端程序（软件包 postgresql-client），版本不低于服务器。`,
    });
  }
  return fail('tool', {
    en: `${failure.tool} did not succeed: ${failure.said}`,
    'zh-CN': `${failure.tool} 未能完成：${failure.said}`,
  });
}

export function noFile(file: string): BackupFailure {
  return fail('no-file', {
    en: `There is no file ${file}. Check its name.`,
    'zh-CN': `找不到文件 ${file}，请检查文件名。`,
  });
}

export function notABackup(file: string): BackupFailure {
  return fail('not-a-backup', {
    en: `${file} is not a backup of a hub, or only a part of one.`,
    'zh-CN': `${file} 不是考勤中心的备份，或者不完整。`,
  });
}

export function passphraseFailure(reason: 'no-passphrase' | 'wrong-passphrase-or-damaged') {
  return reason === 'no-passphrase'
    ? fail('passphrase', {
        en: 'This backup is sealed. Give the file with its passphrase with --passphrase-file.',
        'zh-CN': '该备份已加密。请用 --passphrase-file 指定存放口令的文件。',
      })
    : fail('passphrase', {
        en: 'The passphrase is not that of this backup, or the backup is damaged.',
        'zh-CN': '口令不正确，或者备份已损坏。',
      });
}

export function newerBackup({ found, known }: { readonly found: number; readonly known: number }) {
  return fail('newer-version', {
    en: `The backup was made by a newer Lintel (version ${found} of the database, this one knows ${known}). Update Lintel first.`,
    'zh-CN': `该备份由更新版本的门楣生成（数据库版本 ${found}，本程序只认识 ${known}）。请先升级。`,
  });
}

export function wrongEngine(engine: 'sqlite' | 'postgres'): BackupFailure {
  return engine === 'postgres'
    ? fail('wrong-engine', {
        en: 'The backup is of a PostgreSQL database. Name an empty one with --database-url (or LINTEL_DATABASE_URL).',
        'zh-CN':
          '该备份来自 PostgreSQL 数据库。请用 --database-url（或 LINTEL_DATABASE_URL）指定一个空数据库。',
      })
    : fail('wrong-engine', {
        en: 'The backup is of a database file. Restore it without --database-url and LINTEL_DATABASE_URL.',
        'zh-CN': '该备份来自数据库文件。恢复时请不要设置 --database-url 和 LINTEL_DATABASE_URL。',
      });
}

export function damagedFile(name: string, detail: string): BackupFailure {
  return fail('damaged', {
    en: `${name} in the backup is not as it was written (${detail}). Nothing was restored; take another backup.`,
    'zh-CN': `备份中的 ${name} 已损坏（${detail}）。未恢复任何数据，请改用其他备份。`,
  });
}

export function brokenChain({ log, logId, seq }: BooksFault): BackupFailure {
  const which =
    log === 'audit'
      ? { en: 'the audit log', zh: '审计日志' }
      : { en: 'a log of punches', zh: '打卡日志' };
  return fail('damaged', {
    en: `The chain of ${which.en} (${logId}) does not hold at entry ${seq}: the database was changed outside Lintel, or is damaged. Nothing was restored.`,
    'zh-CN': `${which.zh}（${logId}）的第 ${seq} 条记录校验不通过：数据库被改动过或已损坏。未恢复任何数据。`,
  });
}

export function databaseTrouble(detail: string): BackupFailure {
  return fail('database', {
    en: `The database cannot be used (${detail}). Check --database-url (or LINTEL_DATABASE_URL).`,
    'zh-CN': `无法使用数据库（${detail}）。请检查 --database-url（或 LINTEL_DATABASE_URL）。`,
  });
}

export function diskTrouble(detail: string): BackupFailure {
  return fail('disk', {
    en: `The disk does not take it (${detail}). Make room, or choose another place.`,
    'zh-CN': `磁盘无法写入（${detail}）。请腾出空间，或换一个位置。`,
  });
}

function fail(reason: BackupFailure['reason'], message: Bilingual): BackupFailure {
  return { reason, message };
}
