import type { Generated } from 'kysely';

interface AccountsTable {
  readonly account_id: string;
  readonly name: string | null;
  readonly person_id: string | null;
  readonly locale: string;
  readonly rank: string;
  readonly grants: Generated<string>;
  readonly state: string;
  readonly verifier: string | null;
  readonly must_change: Generated<number>;
  readonly created_at_ms: number;
  readonly last_signed_in_ms: number | null;
  readonly version: Generated<number>;
}

interface SessionsTable {
  readonly session_id: string;
  readonly token_digest: string;
  readonly account_id: string;
  readonly csrf_token: string;
  readonly way: string;
  readonly started_at_ms: number;
  readonly last_seen_ms: number;
  readonly expires_at_ms: number;
  readonly address: string;
  readonly browser: string;
}

interface SignInLocksTable {
  readonly key: string;
  readonly failures: number;
  readonly failed_at_ms: number;
  readonly locked_until_ms: Generated<number>;
}

interface SignInChallengesTable {
  readonly token_digest: string;
  readonly account_id: string;
  readonly expires_at_ms: number;
  readonly attempts: Generated<number>;
}

interface SecondFactorsTable {
  readonly account_id: string;
  readonly state: string;
  readonly sealed: Buffer;
  readonly last_step: number | null;
  readonly recovery: Generated<string>;
}

interface OneTimeLinksTable {
  readonly digest: string;
  readonly account_id: string;
  readonly expires_at_ms: number;
  readonly used_at_ms: number | null;
}

interface IdentityLinksTable {
  readonly issuer: string;
  readonly subject: string;
  readonly account_id: string;
  readonly linked_at_ms: number;
}

interface ProviderDeparturesTable {
  readonly digest: string;
  readonly sealed: Buffer;
  readonly expires_at_ms: number;
}

interface ApiClientsTable {
  readonly client_id: string;
  readonly name: string;
  readonly token_id: string;
  readonly token_digest: string;
  readonly grants: string;
  readonly on_behalf: string;
  readonly created_by: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  readonly revoked_at_ms: number | null;
  readonly last_used_ms: number | null;
  readonly version: Generated<number>;
}

interface SignInPolicyTable {
  readonly id: number;
  readonly second_factor: string;
  readonly version: Generated<number>;
}

interface AuditHeadsTable {
  readonly id: number;
  readonly log_id: string;
  readonly seq: number;
  readonly hash: string;
}

interface AuditEntriesTable {
  readonly seq: number;
  readonly at_ms: number;
  readonly actor_id: string;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly entry: string;
}

interface AuditCheckpointsTable {
  readonly seq: number;
  readonly checkpoint: string;
}

/** Tables of this area, see its migration. */
export interface AuthorityTables {
  readonly accounts: AccountsTable;
  readonly sessions: SessionsTable;
  readonly sign_in_locks: SignInLocksTable;
  readonly sign_in_challenges: SignInChallengesTable;
  readonly second_factors: SecondFactorsTable;
  readonly one_time_links: OneTimeLinksTable;
  readonly identity_links: IdentityLinksTable;
  readonly provider_departures: ProviderDeparturesTable;
  readonly api_clients: ApiClientsTable;
  readonly sign_in_policy: SignInPolicyTable;
  readonly audit_heads: AuditHeadsTable;
  readonly audit_entries: AuditEntriesTable;
  readonly audit_checkpoints: AuditCheckpointsTable;
}
