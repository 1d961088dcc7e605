import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * A mutant dies with the first test that fails: first run the tests named like what is mutated, then
 * what catches most for least.
 */
const QUICKEST = ['worked-examples', 'facts', 'corners', 'answer'];
const SLOWEST = ['refusals', 'properties'];

class MostTellingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

function rankOf(path: string): number {
  const mutated = process.env['LINTEL_MUTATED'];
  if (mutated !== undefined && path.includes(mutated)) return -QUICKEST.length - 1;
  const quick = QUICKEST.findIndex((name) => path.includes(name));
  if (quick >= 0) return quick - QUICKEST.length;
  return SLOWEST.findIndex((name) => path.includes(name)) + 1;
}

export default defineConfig({
  test: {
    include: ['domain/attendance/**/*.test.ts', 'tests/attendance/**/*.test.ts'],
    setupFiles: ['tools/mutation/fixed-chance.ts'],
    // A thread for all files: starting a process per file took longer than the tests.
    pool: 'threads',
    isolate: false,
    sequence: { sequencer: MostTellingFirst },
    testTimeout: 30_000,
  },
});
