import type { Rank } from '#domain/authority/actor';
import { type AuditChange, type AuditValue, auditChanges } from '#domain/authority/audit-entry';
import type { Grant } from '#domain/authority/grant';

/** What may be written down of it: whoever looks into the log later wants to know who gave what to whom. */
const SHOWN = new Set(['rank', 'state', 'grants', 'expiresAt', 'onBehalf']);
const WORDS_MAX = 1000; // of one entry of the log

export type Standing = Readonly<Record<string, AuditValue>>;

/** What somebody may do, in words of the log. */
export function standingOf(rank: Rank, state: string): Standing {
  const grants = rank.kind === 'administrator' ? rank.grants : [];
  return { rank: rank.kind, state, grants: grantWords(grants) };
}

/** What differs, with values. */
export function standingChanges(before: Standing, after: Standing): readonly AuditChange[] {
  return auditChanges(before, after, SHOWN);
}

/** `1 people:change`, `1 department …`: numbered, since an area belongs to its own grant. */
export function grantWords(grants: readonly Grant[]): readonly string[] {
  const words = grants.flatMap(({ capability, access, area }, index) => {
    const number = index + 1;
    const { departments, sites } = area;
    return [
      `${number} ${capability}:${access}`,
      ...[...(departments ?? [])].toSorted().map((id) => `${number} department ${id}`),
      ...[...(sites ?? [])].toSorted().map((id) => `${number} site ${id}`),
    ];
  });
  return words.slice(0, WORDS_MAX);
}
