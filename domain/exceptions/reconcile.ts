import { byCodePoint } from '#domain/attendance/text-order';
import type { CaseEvent, CaseState } from '#domain/exceptions/case-state';
import { type Finding, isSameFinding, isWorse } from '#domain/exceptions/finding';

/** An event for the case of a key; a key that has none yet gets one. */
export interface KeyedEvent {
  readonly key: string;
  readonly event: CaseEvent;
}

/**
 * What a recomputation does to the cases of its scope: new ones are opened, changed ones told, those
 * that are no longer found go. The same findings again do nothing, so computing a day twice, or after
 * a crash, neither doubles a case nor loses what was decided about it.
 *
 * @param known every case whose finding lies in the recomputed scope, or whose key is found in it
 * @param now.healers forms that acted there
 */
export function reconcile(
  known: ReadonlyMap<string, CaseState>,
  found: readonly Finding[],
  now: { readonly at: number; readonly healers: readonly string[] },
): readonly KeyedEvent[] {
  const { at } = now;
  const keys = new Set(found.map(({ key }) => key));
  const came = found.flatMap((finding): readonly KeyedEvent[] => {
    const event = eventOf(known.get(finding.key), finding, at);
    return event === null ? [] : [{ key: finding.key, event }];
  });
  const went = [...known]
    .filter(([key, state]) => !keys.has(key) && isHere(state))
    .map(([key]): KeyedEvent => {
      return { key, event: { kind: 'vanished', at, healedBy: now.healers } };
    });
  return [...came, ...went].toSorted((a, b) => byCodePoint(a.key, b.key));
}

function eventOf(state: CaseState | undefined, finding: Finding, at: number): CaseEvent | null {
  const before = state?.finding ?? null;
  if (state === undefined || before === null || !isHere(state)) {
    return { kind: 'found', at, finding };
  }
  if (isSameFinding(before, finding)) return null;
  return { kind: 'changed', at, finding, worse: isWorse(finding, before) };
}

function isHere({ status }: CaseState): boolean {
  return status !== 'none' && status !== 'vanished';
}
