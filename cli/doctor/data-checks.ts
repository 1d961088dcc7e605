import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plain } from '#cli/console';
import { type Finding, fail, fine, warn } from '#cli/doctor/finding';
import type { HubConfig } from '#contracts/config/hub-config';
import { databaseFailure } from '#hub/start-failure';
import { checkHubDatabase } from '#hub/storage/hub-database';
import type { OpenFailure } from '#platform/sqlite/database';
import type { FaceEngineKind } from '#terminal/face/models/model-cards';
import { cardOf } from '#terminal/face/models/model-cards';
import { checkModels } from '#terminal/face/models/model-store';
import { LogRepository } from '#terminal/log/log-repository';
import { LogWitness } from '#terminal/log/log-witness';
import { verifyLog } from '#terminal/log/verify-log';
import { type DataFolder, dataFolder } from '#terminal/storage/data-folder';
import { readKeyFile } from '#terminal/storage/key-file';
import { openTerminalDatabase } from '#terminal/storage/terminal-database';

const HUB_DATA = 'hub data';
const NOT_YET = {
  'zh-CN': '尚未创建，首次启动时生成',
  en: 'not there yet; the first start makes it',
};

export async function checkModelFiles(modelDir: string, kind: FaceEngineKind): Promise<Finding> {
  const states = await checkModels(modelDir, cardOf(kind));
  const bad = states.filter(({ state }) => state !== 'ok');
  if (bad.length === 0) return fine('models', plain(modelDir));
  const names = bad.map(({ name, state }) => `${name} (${state})`).join(', ');
  return warn('models', plain(`${modelDir}: ${names}`), {
    'zh-CN': '请运行 npx lintel models fetch；npm start 也会自动获取。',
    en: 'Run npx lintel models fetch; npm start fetches them by itself, too.',
  });
}

/** Mode, form, and that it is there at all. */
export function checkKeyFile(terminalDir: string): Finding {
  const { keys } = dataFolder(terminalDir);
  const read = readKeyFile(keys);
  if (read.ok) return fine('keys', plain(keys));
  if (read.failure === 'absent') return fine('keys', NOT_YET);
  if (read.failure === 'readable-by-others') {
    return fail(
      'keys',
      { 'zh-CN': `${keys} 可被其他用户读取`, en: `other users can read ${keys}` },
      { 'zh-CN': `请运行 chmod 600 ${keys}`, en: `Run chmod 600 ${keys}` },
    );
  }
  return fail(
    'keys',
    { 'zh-CN': `${keys} 已损坏`, en: `${keys} is damaged` },
    {
      'zh-CN': '请从备份恢复；没有备份时，移走数据目录并重新加入考勤中心。',
      en: 'Restore it from a backup; without one, move the data folder away and join the hub anew.',
    },
  );
}

/** Opens the terminal's database and walks its log from the first entry to the last. */
export function checkTerminalData(terminalDir: string): Finding {
  const folder = dataFolder(terminalDir);
  if (!existsSync(folder.database)) return fine('terminal data', NOT_YET);
  const opened = openTerminalDatabase(folder);
  if (!opened.ok) return unopened('terminal data', folder.database, opened.failure);
  try {
    return walkLog(folder, new LogRepository(opened.value));
  } finally {
    opened.value.close();
  }
}

function walkLog(folder: DataFolder, log: LogRepository): Finding {
  const keys = readKeyFile(folder.keys);
  if (!keys.ok) {
    return warn(
      'terminal data',
      { 'zh-CN': '没有密钥，无法核对日志', en: 'no keys, the log cannot be checked' },
      {
        'zh-CN': '请先处理上面的密钥问题。',
        en: 'See to the keys first.',
      },
    );
  }
  const owner = { terminalId: keys.value.terminalId, signKey: keys.value.sign.publicKey };
  const verified = verifyLog(log.rawTexts(), owner, new LogWitness(folder.witness).read());
  if (verified.ok) {
    const { entries } = verified.value;
    return fine('terminal data', {
      'zh-CN': `${entries} 条记录，链完整`,
      en: `${entries} entries, chain intact`,
    });
  }
  const { seq, fault } = verified.failure;
  return fail(
    'terminal data',
    {
      'zh-CN': `第 ${seq} 条记录有问题（${fault}）`,
      en: `entry ${seq} is not as it was written (${fault})`,
    },
    {
      'zh-CN': '请勿删除任何文件；复制数据目录留证，并联系管理员核对考勤中心的记录。',
      en: 'Delete nothing: keep a copy of the data folder and compare with the hub’s records.',
    },
  );
}

/** Whether a hub could open its database, wherever that is; it is not changed, nor made. */
export async function checkHubData({
  dataDir,
  databaseUrl,
}: Pick<HubConfig, 'dataDir' | 'databaseUrl'>): Promise<Finding> {
  const place = databaseUrl === undefined ? join(dataDir, 'hub.db') : withoutPassword(databaseUrl);
  if (databaseUrl === undefined && !existsSync(place)) return fine(HUB_DATA, NOT_YET);
  const checked = await checkHubDatabase({ dataDir, databaseUrl });
  if (checked.ok) return fine(HUB_DATA, plain(place));
  const { reason } = checked.failure;
  if (reason === 'corrupt' || reason === 'newer-version')
    return unopened(HUB_DATA, place, checked.failure);
  const { message } = databaseFailure(checked.failure, { dataDir, databaseUrl });
  return fail(HUB_DATA, plain(place), message);
}

function withoutPassword(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

function unopened(check: string, file: string, failure: OpenFailure): Finding {
  if (failure.reason === 'newer-version') {
    return fail(
      check,
      { 'zh-CN': `${file} 由更新版本的门楣写成`, en: `${file} was written by a newer Lintel` },
      {
        'zh-CN': '请安装新版本；旧版本不会改动它。',
        en: 'Install that version; this one leaves it alone.',
      },
    );
  }
  return fail(
    check,
    { 'zh-CN': `${file} 已损坏：${failure.detail}`, en: `${file} is damaged: ${failure.detail}` },
    {
      'zh-CN': '请移走该文件（不要删除）并从备份恢复；考勤中心保存着已送达的打卡。',
      en: 'Move the file away (do not delete it) and restore a backup; the hub keeps what arrived.',
    },
  );
}
