import type { Texts } from '#platform/config/language';

export type Verdict = 'ok' | 'warn' | 'fail';

/** What one look at the machine showed. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly found: Texts;
  /** What to do about it; present unless all is well. */
  readonly todo?: Texts;
}

export function fine(check: string, found: Texts): Finding {
  return { check, verdict: 'ok', found };
}

export function warn(check: string, found: Texts, todo: Texts): Finding {
  return { check, verdict: 'warn', found, todo };
}

export function fail(check: string, found: Texts, todo: Texts): Finding {
  return { check, verdict: 'fail', found, todo };
}
