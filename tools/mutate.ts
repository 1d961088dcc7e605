/**
 * `node tools/mutate.ts [folder or file …]`: is every line of the day calculation held by a test?
 *
 * Changes the code in one small way after the other and runs the tests that reach the place; what no
 * test notices is listed. Without arguments all of `domain/attendance/` is tried, folder by folder;
 * `stryker.config.json` says with what. Takes the better part of an hour, gives way to everything
 * else on the machine, and exits 1 below the score that is owed.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/** Percent of mutants a test must notice, in each folder and over all. */
const SCORE_MIN = 85;
/** Chance finds most of what it finds early, and thousands of mutants wait for it. */
const PROPERTY_RUNS = '25';
/** Whoever else works on the machine goes first. */
const NICE = 15;
const ROOT = resolve(import.meta.dirname, '..');
const ALL = 'domain/attendance';

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

interface Score {
  readonly place: string;
  readonly caught: number;
  readonly missed: readonly Mutant[];
}

process.chdir(ROOT);
setPriority(NICE);
process.env['LINTEL_PROPERTY_RUNS'] ??= PROPERTY_RUNS;
const given = process.argv.slice(2).map((path) => relative(ROOT, resolve(path)));
const scores: Score[] = [];
for (const place of given.length > 0 ? given : placesOf(ALL)) {
  const score = scoreOf(place, await mutate(place));
  scores.push(score);
  for (const mutant of score.missed) console.log(lineOf(mutant));
  console.log(`${summaryOf(score)}\n`);
}
const all = {
  place: 'all',
  caught: scores.reduce((sum, { caught }) => sum + caught, 0),
  missed: scores.flatMap(({ missed }) => missed),
};
console.log([...scores, all].map(summaryOf).join('\n'));
process.exitCode = [...scores, all].every((score) => percentOf(score) >= SCORE_MIN) ? 0 : 1;

/** Folders first, then the files beside them. */
function placesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  const files = entries.filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return [...folders, ...files].map(({ name }) => join(folder, name));
}

async function mutate(place: string): Promise<readonly Mutant[]> {
  process.env['LINTEL_MUTATED'] = basename(place, '.ts');
  const pattern = statSync(place).isDirectory() ? `${place}/**/*.ts` : place;
  return await new Stryker({
    mutate: [pattern, '!**/*.test.ts'],
    concurrency: availableParallelism(),
  }).runMutationTest();
}

function scoreOf(place: string, mutants: readonly Mutant[]): Score {
  return {
    place,
    caught: mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length,
    missed: mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage'),
  };
}

function percentOf({ caught, missed }: Score): number {
  const count = caught + missed.length;
  return count === 0 ? 100 : (100 * caught) / count;
}

function summaryOf(score: Score): string {
  const count = score.caught + score.missed.length;
  return `${percentOf(score).toFixed(1).padStart(5)} %  ${score.caught} of ${count}  ${score.place}`;
}

/** Where it was, what stood there, and what nobody missed. */
function lineOf({ fileName, location, replacement, status }: Mutant): string {
  const path = relative(ROOT, fileName);
  const lines = readFileSync(fileName, 'utf8').split('\n');
  const { start, end } = location;
  const stood = lines
    .slice(start.line - 1, end.line)
    .join(' ')
    .slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined)
    .replaceAll(/\s+/g, ' ');
  const reach = status === 'NoCoverage' ? ' (no test comes here)' : '';
  return `${path}:${start.line}:${start.column}${reach}\n  - ${stood}\n  + ${replacement.replaceAll(/\s+/g, ' ')}`;
}
