import { readdirSync, readFileSync } from 'node:fs';

/** One row of a table of worked examples, with the document its page starts from. */
export interface WorkedExample {
  readonly page: string;
  readonly heading: string;
  readonly base: Readonly<Record<string, unknown>>;
  /** Cells by the header of their column. */
  readonly cells: Readonly<Record<string, string>>;
}

const PAGES = new URL('../../docs/rules/', import.meta.url);

/**
 * The worked examples of all rule pages. A table is one when its first column is `#`; the fenced
 * `json document` block before it is the document that its rows fill in.
 */
export function workedExamples(): readonly WorkedExample[] {
  return readdirSync(PAGES)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .flatMap((name) => examplesOf(name, readFileSync(new URL(name, PAGES), 'utf8')));
}

function examplesOf(page: string, markdown: string): readonly WorkedExample[] {
  const examples: WorkedExample[] = [];
  let heading = '';
  let base: Record<string, unknown> = {};
  let fence: string[] | null = null;
  let header: readonly string[] | null = null;
  for (const line of markdown.split('\n')) {
    if (fence !== null && line.startsWith('```')) {
      base = JSON.parse(fence.join('\n'));
      fence = null;
    } else if (fence !== null) {
      fence.push(line);
    } else if (line === '```json document') {
      fence = [];
    } else if (line.startsWith('#')) {
      heading = line.replace(/^#+ /, '');
    } else if (!line.startsWith('|')) {
      header = null;
    } else if (header === null) {
      header = cellsOf(line);
    } else if (header[0] === '#' && !/^\|\s*-/.test(line)) {
      const names = header;
      const cells = cellsOf(line);
      const row = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
      examples.push({ page, heading, base, cells: row });
    }
  }
  return examples;
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
}
