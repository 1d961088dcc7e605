import type { Console } from '#cli/console';
import type { HubConfig } from '#contracts/config/hub-config';
import type { AuditVerification } from '#contracts/rest/v1/audit';
import { openBooks } from '#hub/authority/open-books';
import { systemClock } from '#platform/clock/system-clock';
import type { Texts } from '#platform/config/language';
import { createLogger } from '#platform/log/logger';

const EXIT = { intact: 0, notIntact: 1, notChecked: 2 } as const;

type Fault = (AuditVerification & { readonly outcome: 'broken' })['fault'];

const FAULT: Readonly<Record<Fault, Texts>> = {
  changed: { en: 'it is not as it was written', 'zh-CN': '内容与写入时不符' },
  missing: { en: 'it was taken out', 'zh-CN': '该条已被删除' },
  rewritten: {
    en: 'from here on the log was written anew: it does not agree with a checkpoint signed by this hub',
    'zh-CN': '从此处起日志被重写：与本中心签名的检查点不符',
  },
  'cut-short': {
    en: 'it and whatever followed are gone, or an older database was put back',
    'zh-CN': '该条及之后的记录缺失，或数据库被换成了旧的',
  },
  'forged-checkpoint': {
    en: 'a checkpoint at this number was not signed by this hub',
    'zh-CN': '此处的检查点不是本中心签名的',
  },
};

export interface VerifyHubOptions {
  readonly console: Console;
  readonly form: 'text' | 'json';
}

/** `lintel verify --hub`: walks the audit log of a hub; prints the first bad entry, or that all is well. */
export async function runVerifyHub(
  config: HubConfig,
  { console, form }: VerifyHubOptions,
): Promise<number> {
  const logger = createLogger('hub', config.logLevel);
  const books = await openBooks(config, { clock: systemClock(), logger });
  if (!books.ok) {
    console.complain(books.failure);
    return EXIT.notChecked;
  }
  try {
    const verified = await books.value.authority.served.auditKeeper.verify();
    if (form === 'json') process.stdout.write(`${JSON.stringify(verified)}\n`);
    else report(verified, console);
    return verified.outcome === 'whole' ? EXIT.intact : EXIT.notIntact;
  } finally {
    await books.value.close();
  }
}

function report(verified: AuditVerification, console: Console): void {
  const { checkpoints } = verified;
  if (verified.outcome === 'whole') {
    const { entries } = verified;
    console.say({
      en: `${entries} entries in the audit log, chain intact, ${checkpoints} checkpoints agree`,
      'zh-CN': `审计日志共 ${entries} 条，链完整，与 ${checkpoints} 个检查点一致`,
    });
    return;
  }
  const { seq, logId, fault } = verified;
  console.complain({
    en: `Entry ${seq} of the audit log ${logId} is bad: ${FAULT[fault].en}. Keep a copy of the database and of audit-checkpoints.jsonl as they are.`,
    'zh-CN': `审计日志 ${logId} 的第 ${seq} 条有问题：${FAULT[fault]['zh-CN']}。请原样保留数据库和 audit-checkpoints.jsonl 的副本。`,
  });
}
