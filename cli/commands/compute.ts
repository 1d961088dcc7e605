import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { AnswerDay } from '#contracts/attendance/answer-contract';
import {
  type PersonAnswer,
  type RunningAnswer,
  startComputing,
} from '#contracts/attendance/compute-document';
import { documentJsonSchema } from '#contracts/attendance/document-contract';
import type { Refusal } from '#contracts/attendance/refusal';

/** What `lintel compute` prints: the whole answer, a readable explanation, or the document's schema. */
export type ComputeOutput = 'json' | 'explain-zh-CN' | 'explain-en' | 'schema';

export interface ComputeOptions {
  /** Standard input without it. */
  readonly file?: string;
  readonly output: ComputeOutput;
}

/** Exit codes, so that scripts can tell a refused document from a missing file. */
export const EXIT = { done: 0, refused: 2, unreadable: 3 } as const;

/**
 * Computes a self-contained attendance document and stores nothing.
 *
 * The answer goes to standard output; everything that is refused goes to standard error with its path
 * and the reason in both languages.
 *
 * @returns the exit code
 */
export async function runCompute({ file, output }: ComputeOptions): Promise<number> {
  if (output === 'schema') {
    return await printed(() => say(JSON.stringify(documentJsonSchema(), null, 2)));
  }
  const read = await readDocument(file);
  if (!read.ok) {
    console.error(read.reason);
    return EXIT.unreadable;
  }
  const computed = startComputing(read.value);
  if (!computed.ok) {
    console.error(refusalText(computed.failure));
    return EXIT.refused;
  }
  const language = output === 'explain-en' ? 'en' : 'zh-CN';
  return await printed(() =>
    output === 'json' ? printJson(computed.value) : printExplanation(computed.value, language),
  );
}

/** Prints, and stops without a word when the reader has read enough, as `head` does. */
async function printed(print: () => Promise<void>): Promise<number> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  process.stdout.on('error', leave);
  try {
    await print();
  } catch (error) {
    if (!gone.signal.aborted && process.stdout.writable) throw error;
  } finally {
    process.stdout.off('error', leave);
  }
  return EXIT.done;
}

/** Waits for a reader that is slower than we are: the answer is longer than memory. */
async function say(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

async function readDocument(file: string | undefined): Promise<Read> {
  const source = file ?? 'standard input';
  try {
    const content = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8');
    return { ok: true, value: JSON.parse(content.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const zh = `无法读取 ${source}：需要一个 JSON 文档（lintel compute --schema 可查看格式）`;
    const en = `cannot read ${source}: a JSON document is wanted (see lintel compute --schema)`;
    return { ok: false, reason: `${en}\n${zh}\n  ${why}` };
  }
}

function refusalText(refusals: readonly Refusal[]): string {
  const lines = refusals.map((each) => `  ${each.path}\n    ${each.en}\n    ${each['zh-CN']}`);
  return `the document is refused / 文档被拒绝:\n${lines.join('\n')}`;
}

/** One JSON document, written person by person: a month of thousands is longer than any one string. */
async function printJson({ people, warnings }: RunningAnswer): Promise<void> {
  const rest: Omit<PersonAnswer, 'days'> = { months: [], makeups: [] };
  let separator = '{ "version": 1, "days": [';
  let step = people.next();
  for (; step.done !== true; step = people.next()) {
    for (const day of step.value.days) {
      await say(`${separator}\n${JSON.stringify(day, null, 2)}`);
      separator = ',';
    }
    rest.months.push(...step.value.months);
    rest.makeups.push(...step.value.makeups);
  }
  const tail = JSON.stringify({ ...rest, events: step.value, warnings }, null, 2).slice(1);
  await say(`${separator === ',' ? '' : separator}],${tail}`);
}

async function printExplanation(
  { people, warnings }: RunningAnswer,
  language: 'zh-CN' | 'en',
): Promise<void> {
  for (const warning of warnings) await say(`! ${warning[language]}\n`);
  for (const { days } of people) {
    for (const day of days) await say(`${dayText(day, language)}\n`);
  }
}

function dayText(day: AnswerDay, language: 'zh-CN' | 'en'): string {
  const lines = day.explanation.map((line, index) => `  ${index + 1}. ${line[language]}`);
  return [`${day.date} ${day.personId}: ${day.outcome[language]}`, ...lines].join('\n');
}
