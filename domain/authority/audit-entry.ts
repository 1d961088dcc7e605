import type { Actor } from '#domain/authority/actor';

/** What may be written down of a value; anything else is told by its field's name alone. */
export type AuditValue = string | number | boolean | null | readonly string[];

/** One field that an act changed. Without values, only that it changed may be known. */
export type AuditChange =
  | { readonly field: string }
  | { readonly field: string; readonly before: AuditValue; readonly after: AuditValue };

/** Who acted, as the log keeps it: ids, never names. */
export interface AuditActor {
  readonly kind: 'administrator' | 'staff' | 'client' | 'system';
  /** Account, API client, or part of the hub. */
  readonly id: string;
  readonly onBehalfOf: string | null;
}

/** An act before it is numbered, timed and sealed into the log. */
export interface AuditRecord {
  readonly actor: AuditActor;
  /** What was done, noun first: `grant.changed`, `evidence.viewed`, `sign-in.refused`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly changes: readonly AuditChange[];
}

/** Fields whose values may be shown, by name. What is not listed is a secret until somebody decides. */
export type ShownFields = ReadonlySet<string>;

export function auditActorOf(actor: Actor): AuditActor {
  switch (actor.kind) {
    case 'system':
      return { kind: 'system', id: actor.part, onBehalfOf: null };
    case 'client':
      return { kind: 'client', id: actor.clientId, onBehalfOf: actor.onBehalfOf };
    case 'account': {
      const isStaff = actor.standings.every(({ kind }) => kind === 'manager');
      const kind = isStaff ? 'staff' : 'administrator';
      return { kind, id: actor.accountId, onBehalfOf: actor.onBehalfOf };
    }
  }
}

/**
 * What differs between two states, in the order of field names. Values appear only of fields listed
 * as shown: a PIN verifier or a template changes by name alone, so the log can never hold one.
 */
export function auditChanges(
  before: Readonly<Record<string, AuditValue>>,
  after: Readonly<Record<string, AuditValue>>,
  shown: ShownFields,
): readonly AuditChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].toSorted().flatMap((field): readonly AuditChange[] => {
    const change = { field, before: before[field] ?? null, after: after[field] ?? null };
    if (isSame(change.before, change.after)) return [];
    return [shown.has(field) ? change : { field }];
  });
}

function isSame(a: AuditValue, b: AuditValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
