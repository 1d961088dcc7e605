import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { DataFolder } from '#terminal/storage/data-folder';

/** Why the engine cannot start, and what whoever runs the terminal can do about it. */
export interface EngineFailure {
  readonly reason:
    | 'keys-readable-by-others'
    | 'keys-unreadable'
    | 'keys-missing'
    | 'keys-of-another'
    | 'database-newer'
    | 'database-corrupt'
    | 'disk-full'
    | 'folder-unwritable'
    | 'hub-ca';
  readonly message: Bilingual;
}

export function keysReadableByOthers({ keys }: DataFolder): EngineFailure {
  return {
    reason: 'keys-readable-by-others',
    message: {
      en: `Other users of this machine can read the key file. Make it private: chmod 600 ${keys}`,
      'zh-CN': `本机其他用户可以读取密钥文件。请将其设为私有：chmod 600 ${keys}`,
    },
  };
}

export function keysUnreadable({ keys }: DataFolder): EngineFailure {
  return {
    reason: 'keys-unreadable',
    message: {
      en: `The key file ${keys} is damaged. Put its backup back; without it nobody stored here can be read.`,
      'zh-CN': `密钥文件 ${keys} 已损坏。请用备份恢复；没有它，本机存储的人员数据无法读取。`,
    },
  };
}

export function keysMissing({ keys, database }: DataFolder): EngineFailure {
  return {
    reason: 'keys-missing',
    message: {
      en: `There is a database but no key file. Put ${keys} back; or, to begin as a new terminal, move ${database} away (punches not yet at the hub stay in it).`,
      'zh-CN': `有数据库但缺少密钥文件。请放回 ${keys}；如要作为新终端重新开始，请移走 ${database}（其中尚未上传的打卡会保留在该文件里）。`,
    },
  };
}

export function keysOfAnother({ keys, database }: DataFolder): EngineFailure {
  return {
    reason: 'keys-of-another',
    message: {
      en: `The keys in ${keys} do not open ${database}: one of them is another terminal's. Put back the pair that belongs together.`,
      'zh-CN': `${keys} 中的密钥打不开 ${database}：两者不属于同一终端。请放回配套的一对文件。`,
    },
  };
}

export function databaseNewer({ database }: DataFolder): EngineFailure {
  return {
    reason: 'database-newer',
    message: {
      en: `${database} was written by a newer version of Lintel. Install that version or a later one; nothing was changed.`,
      'zh-CN': `${database} 由更新版本的 Lintel 写入。请安装该版本或更高版本；未做任何改动。`,
    },
  };
}

export function databaseCorrupt({ database }: DataFolder): EngineFailure {
  return {
    reason: 'database-corrupt',
    message: {
      en: `${database} is damaged. Keep the file, put a backup in its place and start again; the hub sends people again and still holds every punch it acknowledged.`,
      'zh-CN': `${database} 已损坏。请保留原文件，换上备份后重新启动；人员会由中心重新下发，已确认的打卡都在中心。`,
    },
  };
}

export function diskFull({ root }: DataFolder): EngineFailure {
  return {
    reason: 'disk-full',
    message: {
      en: `The disk that holds ${root} is full. Free some space and start again; nothing was lost.`,
      'zh-CN': `${root} 所在磁盘已满。请清理空间后重新启动；没有数据丢失。`,
    },
  };
}

export function folderUnwritable({ root }: DataFolder): EngineFailure {
  return {
    reason: 'folder-unwritable',
    message: {
      en: `Cannot write to the data folder ${root}. Check that it belongs to this user, or choose another with dataDir.`,
      'zh-CN': `无法写入数据文件夹 ${root}。请检查其所有者，或用 dataDir 指定其他位置。`,
    },
  };
}

export function hubCaUnreadable(path: string): EngineFailure {
  return {
    reason: 'hub-ca',
    message: {
      en: `Cannot read the certificate file ${path}. Check the setting hubCa.`,
      'zh-CN': `无法读取证书文件 ${path}。请检查设置 hubCa。`,
    },
  };
}
