import { SourceMap } from 'node:module';

/** What V8 counted in one module of one test file, with the text its offsets count in. */
export interface KeptScript {
  readonly url: string;
  readonly source: string;
  readonly ranges: readonly Range[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** Code that no test ran: a branch, or a whole function. */
export interface Gap {
  readonly url: string;
  /** Counted from 1, in the file as it was written. */
  readonly line: number;
  readonly text: string;
}

/** How much of one module ran, over all test files together. */
export interface Covered {
  readonly url: string;
  /** Functions and branches that V8 counts. */
  readonly blocks: number;
  readonly gaps: readonly Gap[];
}

/**
 * Adds test files up. A place has run when it ran in any of them; the offsets agree because every
 * test file is given the same text of a module.
 */
export function coveredOf(scripts: readonly KeptScript[]): readonly Covered[] {
  const modules = Map.groupBy(scripts, (script) => `${script.url} ${script.source}`);
  return [...modules.values()].flatMap((runs) => {
    const [first] = runs;
    if (first === undefined) return [];
    const { url, source } = first;
    const ran = new Uint8Array(source.length);
    const written = runs.map(({ ranges }) => ranges.filter((each) => isWritten(each, source)));
    for (const ranges of written) addTo(ran, ranges);
    const map = mapOf(source);
    const gaps = silentRuns(ran).flatMap(({ from, to }): Gap[] => {
      const text = source.slice(from, to);
      if (!/[^\s{}();,]/.test(text)) return []; // what closes a branch that never falls through
      const line = lineAt(map, source, from);
      return [{ url, line, text: text.replaceAll(/\s+/g, ' ').trim() }];
    });
    return [{ url, blocks: countBlocks(written), gaps }];
  });
}

/** The test runner adds a function for every export, on a line of its own: nobody wrote it. */
function isWritten({ startOffset }: Range, source: string): boolean {
  if (startOffset === 0) return true;
  const line = source.slice(source.lastIndexOf('\n', startOffset) + 1, startOffset);
  return !line.includes('__vite_ssr_exportName__(');
}

/** Inner ranges say more than the outer ones they lie in, so they are laid over them. */
function addTo(ran: Uint8Array, ranges: readonly Range[]): void {
  const own = new Uint8Array(ran.length);
  const outerFirst = ranges.toSorted(
    (a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset,
  );
  for (const { startOffset, endOffset, count } of outerFirst)
    own.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  for (const [offset, value] of own.entries()) if (value === 1) ran[offset] = 1;
}

function countBlocks(runs: readonly (readonly Range[])[]): number {
  const places = runs.flatMap((ranges) =>
    ranges.map(({ startOffset, endOffset }) => `${startOffset}-${endOffset}`),
  );
  return new Set(places).size;
}

function silentRuns(ran: Uint8Array): readonly { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let from = ran.indexOf(0); from >= 0; ) {
    const end = ran.indexOf(1, from);
    const to = end < 0 ? ran.length : end;
    runs.push({ from, to });
    from = end < 0 ? -1 : ran.indexOf(0, end);
  }
  return runs;
}

/** The map that the test runner writes at the end of every module it has translated. */
function mapOf(source: string): SourceMap {
  const [, base64] = /sourceMappingURL=data:[^,]+;base64,([\w+/=]+)/.exec(source) ?? [];
  if (base64 === undefined) throw new Error('the test runner gave a module without a source map');
  return new SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
}

function lineAt(map: SourceMap, source: string, offset: number): number {
  const before = source.slice(0, offset);
  const line = before.split('\n').length - 1;
  const entry = map.findEntry(line, offset - before.lastIndexOf('\n') - 1);
  return 'originalLine' in entry ? entry.originalLine + 1 : 0;
}
