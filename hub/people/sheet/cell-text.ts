/** What stands in single cells, read and written. Nothing here knows what a column means. */

const DATE =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]00:00(?::00)?)?$/;

/** `2026-03-01`, also written `2026/3/1`, `2026.3.1`, `2026年3月1日` or `20260301`. */
export function dateOf(text: string): string | undefined {
  const parts = DATE.exec(text.normalize('NFKC').trim());
  if (parts === null) return undefined;
  const [, year = '', ...rest] = parts;
  const [month = '', day = ''] = rest.filter((part) => part !== undefined);
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return undefined; // no calendar has that day
  }
}

const YES: ReadonlySet<string> = new Set(['是', 'yes', 'y', 'true', '1', '√', '✓']);
const NO: ReadonlySet<string> = new Set(['否', 'no', 'n', 'false', '0', '']);

export function yesOrNo(text: string): 'yes' | 'no' | undefined {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return 'yes';
  return NO.has(word) ? 'no' : undefined;
}

const LOCALES: ReadonlyMap<string, 'zh-CN' | 'en'> = new Map([
  ['', 'zh-CN'],
  ['中文', 'zh-CN'],
  ['简体中文', 'zh-CN'],
  ['chinese', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-cn', 'zh-CN'],
  ['英文', 'en'],
  ['英语', 'en'],
  ['english', 'en'],
  ['en', 'en'],
]);

export function localeOf(text: string): 'zh-CN' | 'en' | undefined {
  return LOCALES.get(text.trim().toLowerCase());
}

const ITEM = /\s*(?:"((?:[^"]|"")*)"|([^;；\n]*))\s*(?:[;；\n]|$)/gy;

/** Entries joined by semicolons; one that holds such a sign stands in quotation marks. */
export function listOf(text: string): readonly string[] {
  return [...text.matchAll(ITEM)]
    .map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim())
    .filter((item) => item !== '');
}

export function listText(items: readonly string[]): string {
  return items
    .map((item) => (/[;；"\n]|^\s|\s$/.test(item) ? `"${item.replaceAll('"', '""')}"` : item))
    .join('; ');
}

const SHOWN_MAX = 60;

/** A wrong value, short and without signs that no screen shows. */
export function shownValue(text: string, privacy: 'open' | 'masked'): string {
  const clean = text.replaceAll(/\p{C}/gu, ' ').trim();
  if (privacy === 'masked') return `${clean.slice(0, 2)}…`;
  return clean.length > SHOWN_MAX ? `${clean.slice(0, SHOWN_MAX)}…` : clean;
}
