import type { WorkedExample } from '#tests/attendance/rule-page';

type Json = Readonly<Record<string, unknown>>;

/** The document of one worked example: its page's base, its punches and forms, its own changes. */
export function documentOf({ base, cells }: WorkedExample): Json {
  const date = cells['date'] ?? (typeof base['date'] === 'string' ? base['date'] : '2026-03-02');
  const { date: _, ...rest } = base;
  const filled: Json = {
    zone: 'Asia/Shanghai',
    period: { from: date, to: date },
    ...rest,
    ...('punches' in cells ? { punches: punchesOf(cells['punches'] ?? '', date) } : {}),
    ...('forms' in cells ? { approvals: formsOf(cells['forms'] ?? '', date) } : {}),
  };
  return merge(filled, changesOf(cells['with'] ?? ''));
}

function changesOf(cell: string): Json {
  const text = cell.replaceAll('`', '');
  return text === '' || text === '–' ? {} : JSON.parse(`{${text}}`);
}

/** Objects are merged, everything else is replaced. */
export function merge(base: Json, changes: Json): Json {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(change) ? merge(before, change) : change;
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `08:58 12:05 06:05+1 in@19:00 pin@09:00:07`. */
function punchesOf(cell: string, date: string): readonly unknown[] {
  const words = cell.split(/\s+/).filter((word) => word !== '' && word !== '–');
  return words.map((word) => {
    const [first = '', second] = word.split('@');
    const at = momentOf(second ?? first, date);
    if (second === undefined) return at;
    return first === 'in' || first === 'out' ? { at, direction: first } : { at, method: first };
  });
}

/** `leave 16:00–18:00`, `trip day`, `leave am`, `makeup off 18:00`; several joined by `;`. */
function formsOf(cell: string, date: string): readonly unknown[] {
  const texts = cell.split(';').map((text) => text.trim());
  return texts.filter((text) => text !== '' && text !== '–').map((text) => formOf(text, date));
}

function formOf(text: string, date: string): unknown {
  const [first = '', second = '', third = ''] = text.split(' ');
  const [kind = '', state = 'approved'] = first.split('/');
  const form = { kind, state };
  if (kind === 'makeup') {
    const [duty, section = '1'] = second.split('#');
    return { ...form, date, duty, section: Number(section), at: momentOf(third, date) };
  }
  if (second === 'day') return { ...form, from: date, to: date };
  if (second === 'am' || second === 'pm') {
    return { ...form, from: date, to: date, fromHalf: second, toHalf: second };
  }
  const [from = '', to = ''] = second.split('–');
  return { ...form, from: momentOf(from, date), to: momentOf(to, date) };
}

/** `06:05+1` is the next day, `-1` the day before. */
function momentOf(text: string, date: string): string {
  const [, time = '', days = '0'] = /^([\d:]+)([+-]\d+)?$/.exec(text) ?? [];
  return `${Temporal.PlainDate.from(date)
    .add({ days: Number(days) })
    .toString()}T${time}`;
}
