import { existsSync } from 'node:fs';
import { type Console, consoleIn } from '#cli/console';
import type { Result } from '#domain/result';
import { languageOf, type Texts } from '#platform/config/language';
import {
  databaseCorrupt,
  databaseNewer,
  type EngineFailure,
  keysMissing,
  keysReadableByOthers,
  keysUnreadable,
} from '#terminal/engine-failure';
import { LogRepository } from '#terminal/log/log-repository';
import { LogWitness } from '#terminal/log/log-witness';
import { type LogFault, type LogOwner, verifyLog } from '#terminal/log/verify-log';
import { type DataFolder, dataFolder } from '#terminal/storage/data-folder';
import { readKeyFile } from '#terminal/storage/key-file';
import { openTerminalDatabase } from '#terminal/storage/terminal-database';

export interface VerifyOptions {
  /** The terminal's data folder. */
  readonly dataDir: string;
  readonly console?: Console;
}

const EXIT = { intact: 0, notIntact: 1, notChecked: 2 } as const;

const FAULT: Readonly<Record<LogFault['fault'], Texts>> = {
  hash: { en: 'its content was changed', 'zh-CN': '内容被改动' },
  signature: {
    en: 'its signature is not this terminal’s',
    'zh-CN': '签名不属于本终端',
  },
  chain: {
    en: 'it does not follow the entry before it: one was removed, added or moved here',
    'zh-CN': '与前一条不衔接：此处有记录被删除、插入或移动',
  },
  unreadable: { en: 'it cannot be read', 'zh-CN': '无法读取' },
  genesis: {
    en: 'the log does not begin with this terminal’s first entry',
    'zh-CN': '日志不是以本终端的首条记录开始',
  },
  'cut-off': {
    en: 'it and whatever followed it are missing',
    'zh-CN': '该条及之后的记录缺失',
  },
};

/** `lintel verify`: walks every log of a terminal; prints the first bad entry, or that all is well. */
export async function runVerify(options: VerifyOptions): Promise<number> {
  const console = options.console ?? consoleIn(languageOf(process.env));
  const folder = dataFolder(options.dataDir);
  if (!existsSync(folder.database)) {
    console.complain({
      en: `There is no terminal at ${folder.root}: no ${folder.database}. Name its data folder with --data-dir.`,
      'zh-CN': `${folder.root} 下没有终端数据（缺少 ${folder.database}）。请用 --data-dir 指定数据文件夹。`,
    });
    return EXIT.notChecked;
  }
  const owner = ownerOf(folder);
  if ('message' in owner) return notChecked(console, owner);
  const opened = openTerminalDatabase(folder);
  if (!opened.ok) {
    const newer = opened.failure.reason === 'newer-version';
    return notChecked(console, newer ? databaseNewer(folder) : databaseCorrupt(folder));
  }
  try {
    const witness = new LogWitness(folder.witness).read();
    const texts = new LogRepository(opened.value).rawTexts();
    return report(console, verifyLog(texts, owner, witness));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return notChecked(console, databaseCorrupt(folder));
  } finally {
    opened.value.close();
  }
}

function ownerOf(folder: DataFolder): LogOwner | EngineFailure {
  const keys = readKeyFile(folder.keys);
  if (keys.ok) return { terminalId: keys.value.terminalId, signKey: keys.value.sign.publicKey };
  if (keys.failure === 'absent') return keysMissing(folder);
  return keys.failure === 'unreadable' ? keysUnreadable(folder) : keysReadableByOthers(folder);
}

function report(
  console: Console,
  verified: Result<{ readonly entries: number }, LogFault>,
): number {
  if (verified.ok) {
    const { entries } = verified.value;
    console.say({ en: `${entries} entries, chain intact`, 'zh-CN': `${entries} 条记录，链完整` });
    return EXIT.intact;
  }
  const { seq, logId, fault } = verified.failure;
  const log = logId ?? '?';
  console.complain({
    en: `Entry ${seq} of log ${log} is bad: ${FAULT[fault].en}. Keep a copy of the data folder; the hub has what it acknowledged.`,
    'zh-CN': `日志 ${log} 的第 ${seq} 条有问题：${FAULT[fault]['zh-CN']}。请保留数据文件夹的副本；已确认的记录在考勤中心。`,
  });
  return EXIT.notIntact;
}

function notChecked(console: Console, failure: EngineFailure): number {
  console.complain(failure.message);
  return EXIT.notChecked;
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CORRUPT';
}
