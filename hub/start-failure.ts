import type { HubConfig } from '#contracts/config/hub-config';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { IdentityFailure } from '#hub/identity/hub-identity';
import type { HubDatabaseFailure, HubDatabasePlace } from '#hub/storage/hub-database';
import type { BrokerFailure } from '#platform/mqtt/embedded-broker';
import type { TlsProblem } from '#platform/tls/tls-files';
import { tlsProblemText } from '#platform/tls/tls-problem-text';

/** Why a hub did not start, and what to do about it. */
export interface HubStartFailure {
  readonly reason:
    | BrokerFailure['reason']
    | HubDatabaseFailure['reason']
    | 'folder-taken'
    | 'keys-readable-by-others'
    | 'keys-unreadable'
    | 'broker-ca-unreadable'
    | 'http-tls'
    | 'bad-network'
    | 'metrics-open'
    | 'oidc'
    | 'disk';
  readonly message: Bilingual;
}

export function databaseFailure(
  failure: HubDatabaseFailure,
  config: HubDatabasePlace,
): HubStartFailure {
  const { reason } = failure;
  const place = placeOf(config);
  switch (reason) {
    case 'newer-version':
      return fail(reason, {
        en: `The database ${place.en} was written by a newer Lintel (version ${failure.found}, this one knows ${failure.known}). Update Lintel, or ${place.another.en}.`,
        'zh-CN': `${place.zh}由更新版本的门楣写入（版本 ${failure.found}，本程序只认识 ${failure.known}）。请升级，或${place.another.zh}。`,
      });
    case 'corrupt':
      return fail(reason, {
        en: `The database in ${config.dataDir} is damaged (${failure.detail}). Restore hub.db from a backup; terminals will send again what is missing.`,
        'zh-CN': `${config.dataDir} 中的数据库已损坏（${failure.detail}）。请从备份恢复 hub.db，终端会补发缺失的记录。`,
      });
    case 'database-away':
      return fail(reason, {
        en: `The database ${place.en} cannot be reached (${failure.detail}). Check that PostgreSQL is running and that the host and port of --database-url (or LINTEL_DATABASE_URL) are right.`,
        'zh-CN': `无法连接${place.zh}（${failure.detail}）。请确认 PostgreSQL 正在运行，并检查 --database-url（或 LINTEL_DATABASE_URL）中的主机和端口。`,
      });
    case 'database-refused':
      return fail(reason, {
        en: `PostgreSQL does not let this hub into the database ${place.en} (${failure.detail}). Check name, password and database of --database-url (or LINTEL_DATABASE_URL); the database has to exist, and the user has to own it.`,
        'zh-CN': `PostgreSQL 拒绝访问${place.zh}（${failure.detail}）。请检查 --database-url（或 LINTEL_DATABASE_URL）中的用户名、密码和数据库名；数据库须已创建，并归该用户所有。`,
      });
    case 'database-too-old':
      return fail(reason, {
        en: `The PostgreSQL server of the database ${place.en} is too old (${failure.detail}). Lintel needs version 13 or newer.`,
        'zh-CN': `${place.zh}所在的 PostgreSQL 版本过旧（${failure.detail}）。门楣需要 13 或更新的版本。`,
      });
  }
}

export function folderTaken(dataDir: string): HubStartFailure {
  return fail('folder-taken', {
    en: `Another hub is running on the data folder ${dataDir}. Stop it first, or choose another folder with --data-dir.`,
    'zh-CN': `已有一个考勤中心在使用数据目录 ${dataDir}。请先停止它，或用 --data-dir 另选目录。`,
  });
}

/** Where the books are, as a person may see it: without the password of the address. */
function placeOf({ dataDir, databaseUrl }: HubDatabasePlace) {
  if (databaseUrl === undefined) {
    const another = { en: 'choose another data folder', zh: '改用其他数据目录' };
    return { en: `in ${dataDir}`, zh: ` ${dataDir} 中的数据库`, another };
  }
  const { host, pathname } = new URL(databaseUrl);
  const [where, another] = [`${host}${pathname}`, { en: 'name another one', zh: '改用其他数据库' }];
  return { en: where, zh: `数据库 ${where} `, another };
}

export function identityFailure(failure: IdentityFailure, path: string): HubStartFailure {
  if (failure === 'readable-by-others') {
    return fail('keys-readable-by-others', {
      en: `${path} holds this hub's keys and can be read by other users of this machine. Run: chmod 600 ${path}`,
      'zh-CN': `${path} 保存着密钥，却可被本机其他用户读取。请运行：chmod 600 ${path}`,
    });
  }
  return fail('keys-unreadable', {
    en: `${path} is damaged. Restore it from a backup: without it no stored template can be read and every terminal has to join again.`,
    'zh-CN': `${path} 已损坏。请从备份恢复：没有它就无法读取已保存的人脸模板，所有终端也要重新接入。`,
  });
}

export function brokerFailure(failure: BrokerFailure): HubStartFailure {
  switch (failure.reason) {
    case 'port-taken':
      return portTaken(failure.port, { flag: '--mqtt-port', of: 'broker' });
    case 'port-forbidden':
      return portForbidden(failure.port, '--mqtt-port');
    case 'host-unknown':
      return hostUnknown(failure.host, '--mqtt-host');
    case 'needs-tls':
      return fail(failure.reason, {
        en: `The broker would be reachable from other machines at ${failure.host} without encryption. Give it a certificate with --mqtt-tls-cert and --mqtt-tls-key, or keep it on 127.0.0.1.`,
        'zh-CN': `消息服务在 ${failure.host} 上会被其他机器以明文访问。请用 --mqtt-tls-cert 和 --mqtt-tls-key 提供证书，或只监听 127.0.0.1。`,
      });
    case 'tls-files':
      return fail(failure.reason, {
        en: `The broker's certificate or key cannot be used: ${failure.detail}`,
        'zh-CN': `无法使用消息服务的证书或私钥：${failure.detail}`,
      });
  }
}

const PERMISSION_DENIED = '42501'; // of PostgreSQL: the user may not make tables there
const DISK_CODES = /^(SQLITE_|EACCES|EPERM|EROFS|ENOSPC|EDQUOT|EIO|ENOTDIR|EEXIST|ENOENT)/;

/** @returns undefined for an error that is none of the network's or the disk's */
export function environmentFailure(error: unknown, config: HubConfig): HubStartFailure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code } = error;
  if (config.databaseUrl !== undefined && code === PERMISSION_DENIED)
    return databaseFailure({ reason: 'database-refused', detail: error.message }, config);
  if (code === 'EADDRINUSE') return portTaken(config.httpPort, { flag: '--http-port', of: 'http' });
  if (code === 'EACCES' && 'syscall' in error && error.syscall === 'listen')
    return portForbidden(config.httpPort, '--http-port');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return hostUnknown(config.httpHost, '--http-host');
  if (typeof code !== 'string' || !DISK_CODES.test(code)) return undefined;
  return fail('disk', {
    en: `The data folder ${config.dataDir} cannot be written (${error.message}). Make room, or choose another with --data-dir.`,
    'zh-CN': `无法写入数据目录 ${config.dataDir}（${error.message}）。请腾出空间，或用 --data-dir 另选目录。`,
  });
}

/** Of the certificate of console and API. */
export function httpTlsFailure(problem: 'no-certificate' | 'no-key' | TlsProblem): HubStartFailure {
  if (problem === 'no-certificate') {
    return fail('http-tls', {
      en: 'There is a key for the console and no certificate. Name the certificate with --http-tls-cert.',
      'zh-CN': '只给了管理后台的私钥，没有证书。请用 --http-tls-cert 指定证书文件。',
    });
  }
  if (problem === 'no-key') {
    return fail('http-tls', {
      en: 'There is a certificate for the console and no key. Name the key with --http-tls-key.',
      'zh-CN': '只给了管理后台的证书，没有私钥。请用 --http-tls-key 指定私钥文件。',
    });
  }
  const text = tlsProblemText(problem);
  return fail('http-tls', {
    en: `The console cannot be served with its certificate. ${text.en}`,
    'zh-CN': `无法使用管理后台的证书。${text['zh-CN']}`,
  });
}

export function networkFailure(flag: string, network: string): HubStartFailure {
  return fail('bad-network', {
    en: `${network} is neither an address nor a network. Write ${flag} as in 10.20.0.0/16,192.168.7.9.`,
    'zh-CN': `${network} 既不是地址也不是网段。${flag} 的写法例如 10.20.0.0/16,192.168.7.9。`,
  });
}

export function metricsFailure(host: string): HubStartFailure {
  return fail('metrics-open', {
    en: `The metrics would be readable by everybody who reaches ${host}. Give them a token in LINTEL_METRICS_TOKEN, or keep them on 127.0.0.1.`,
    'zh-CN': `能访问 ${host} 的人都将看到运行指标。请在 LINTEL_METRICS_TOKEN 中设置令牌，或只监听 127.0.0.1。`,
  });
}

/** Of the identity provider: what is missing beside its issuer, or cannot be read. */
export function oidcFailure(
  fault: 'no-client-id' | 'no-public-url' | 'no-secret' | 'secret-readable-by-others',
): HubStartFailure {
  return fail('oidc', OIDC_TEXTS[fault]);
}

const OIDC_TEXTS = {
  'no-client-id': {
    en: 'There is an identity provider and no client id. Give the one registered there with --oidc-client-id.',
    'zh-CN': '设置了身份提供方，但没有客户端编号。请用 --oidc-client-id 填写在那里登记的编号。',
  },
  'no-public-url': {
    en: 'The identity provider has to know where to send people back. Give the address of the console with --public-url.',
    'zh-CN': '身份提供方需要知道登录后回到哪里。请用 --public-url 填写管理后台的网址。',
  },
  'no-secret': {
    en: 'The file of --oidc-client-secret-file is not there. Put the client secret into it, or leave the setting out for a public client.',
    'zh-CN':
      '--oidc-client-secret-file 指定的文件不存在。请将客户端密钥写入该文件；公共客户端则不要设置此项。',
  },
  'secret-readable-by-others': {
    en: 'The file of --oidc-client-secret-file can be read by others. Run chmod 600 on it.',
    'zh-CN': '--oidc-client-secret-file 指定的文件可被其他用户读取。请对它执行 chmod 600。',
  },
} as const;

export function caFailure(path: string): HubStartFailure {
  return fail('broker-ca-unreadable', {
    en: `The certificate authority ${path} cannot be read.`,
    'zh-CN': `无法读取证书颁发机构文件 ${path}。`,
  });
}

const SERVED = {
  http: { en: 'console', zh: '管理界面' },
  broker: { en: 'broker', zh: '消息服务' },
  metrics: { en: 'metrics', zh: '指标' },
} as const;

export function portTaken(
  port: number,
  { flag, of }: { readonly flag: string; readonly of: keyof typeof SERVED },
): HubStartFailure {
  const what = SERVED[of];
  return fail('port-taken', {
    en: `Port ${port} for the ${what.en} is taken, perhaps by a hub that is still running. Stop that program, or choose another port with ${flag} (0 = any free one).`,
    'zh-CN': `${what.zh}的端口 ${port} 已被占用，可能已有一个服务在运行。请停止它，或用 ${flag} 另选端口（0 表示任意空闲端口）。`,
  });
}

function portForbidden(port: number, flag: string): HubStartFailure {
  return fail('port-forbidden', {
    en: `This user may not open port ${port}. Choose one above 1023 with ${flag}.`,
    'zh-CN': `当前用户无权使用端口 ${port}。请用 ${flag} 选择大于 1023 的端口。`,
  });
}

function hostUnknown(host: string, flag: string): HubStartFailure {
  return fail('host-unknown', {
    en: `${host} is no address of this machine. Choose one with ${flag}, for example 127.0.0.1.`,
    'zh-CN': `${host} 不是本机地址。请用 ${flag} 指定，例如 127.0.0.1。`,
  });
}

function fail(reason: HubStartFailure['reason'], message: Bilingual): HubStartFailure {
  return { reason, message };
}
