import type { Reporter, TestModule } from 'vitest/node';

/** What one run of the suite came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** How many tests were skipped for each reason. */
  readonly reasons: Map<string, number>;
}

const NO_REASON = 'no reason given';

export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, reasons: new Map() };
}

/** Adds a run to the tally; files that do not load and errors outside tests count as failures. */
export function tallyReporter(tally: Tally): Reporter {
  return {
    onTestRunEnd: (modules, errors) => {
      tally.failed += errors.length;
      for (const module of modules) addModule(tally, module);
    },
  };
}

function addModule(tally: Tally, module: TestModule): void {
  tally.failed += module.errors().length;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') tally.passed += 1;
    else if (result.state === 'failed') tally.failed += 1;
    else {
      tally.skipped += 1;
      const reason = ('note' in result && result.note) || NO_REASON;
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    }
  }
}

/** The reasons of all skips, then the line that machines read. */
export function summaryOf(tally: Tally): string[] {
  const reasons = [...tally.reasons].map(([reason, count]) => `  ${count} × ${reason}`);
  return [
    ...(reasons.length > 0 ? ['Skipped, and why:', ...reasons] : []),
    `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`,
  ];
}
