import { type Selectable, sql } from 'kysely';
import { apiClient } from '#contracts/rest/v1/authority';
import type { ApiClient } from '#domain/authority/api-client';
import type { Grant } from '#domain/authority/grant';
import { grantsColumn, grantsFrom } from '#hub/storage/account-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

export interface StoredClient extends ApiClient {
  readonly name: string;
  readonly tokenId: string;
  readonly tokenDigest: string;
  readonly onBehalf: 'never' | 'named-people';
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly lastUsedMs: number | null;
  readonly version: number;
}

/** What takes the place of a token. */
export interface NewToken {
  readonly tokenId: string;
  readonly tokenDigest: string;
  readonly expiresAtMs: number;
}

const USED_EVERY_MS = 60_000; // told to the minute; not a write per request

/** Programs that may use the interface. Only digests of their tokens are stored. */
export class ApiClientRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async get(clientId: string): Promise<StoredClient | undefined> {
    const row = await this.#db.now
      .selectFrom('api_clients')
      .selectAll()
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row === undefined ? undefined : clientFrom(row);
  }

  async ofToken(tokenId: string): Promise<StoredClient | undefined> {
    const row = await this.#db.now
      .selectFrom('api_clients')
      .selectAll()
      .where('token_id', '=', tokenId)
      .executeTakeFirst();
    return row === undefined ? undefined : clientFrom(row);
  }

  /** In order of names. */
  async list(
    limit: number,
    after: readonly [name: string, clientId: string] | undefined,
  ): Promise<readonly StoredClient[]> {
    const rows = await this.#db.now
      .selectFrom('api_clients')
      .selectAll()
      .$if(after !== undefined, (all) =>
        all.where(
          sql<boolean>`(lower(name), client_id) > (lower(${after?.[0] ?? ''}), ${after?.[1] ?? ''})`,
        ),
      )
      .orderBy(sql`lower(name)`)
      .orderBy('client_id')
      .limit(limit)
      .execute();
    return rows.map(clientFrom);
  }

  async add(client: Omit<StoredClient, 'version' | 'lastUsedMs' | 'revokedAt'>): Promise<void> {
    await this.#db.now
      .insertInto('api_clients')
      .values({
        client_id: client.clientId,
        name: client.name,
        token_id: client.tokenId,
        token_digest: client.tokenDigest,
        grants: grantsColumn(client.grants),
        on_behalf: client.onBehalf,
        created_by: client.createdBy,
        created_at_ms: client.createdAtMs,
        expires_at_ms: client.expiresAt.epochMilliseconds,
      })
      .execute();
  }

  async change(
    clientId: string,
    { name, grants }: { readonly name: string; readonly grants: readonly Grant[] },
  ): Promise<void> {
    await this.#db.now
      .updateTable('api_clients')
      .set(({ eb }) => ({ name, grants: grantsColumn(grants), version: eb('version', '+', 1) }))
      .where('client_id', '=', clientId)
      .execute();
  }

  /** The token before ends with it. */
  async renew(clientId: string, token: NewToken): Promise<void> {
    await this.#db.now
      .updateTable('api_clients')
      .set(({ eb }) => ({
        token_id: token.tokenId,
        token_digest: token.tokenDigest,
        expires_at_ms: token.expiresAtMs,
        version: eb('version', '+', 1),
      }))
      .where('client_id', '=', clientId)
      .execute();
  }

  /** For good; one that was revoked before keeps its hour. */
  async revoke(clientId: string, atMs: number): Promise<void> {
    await this.#db.now
      .updateTable('api_clients')
      .set(({ eb }) => ({ revoked_at_ms: atMs, version: eb('version', '+', 1) }))
      .where('client_id', '=', clientId)
      .where('revoked_at_ms', 'is', null)
      .execute();
  }

  async used({ clientId, lastUsedMs }: StoredClient, atMs: number): Promise<void> {
    if (lastUsedMs !== null && atMs - lastUsedMs < USED_EVERY_MS) return;
    await this.#db.now
      .updateTable('api_clients')
      .set({ last_used_ms: atMs })
      .where('client_id', '=', clientId)
      .execute();
  }
}

function clientFrom(row: Selectable<HubTables['api_clients']>): StoredClient {
  const { revoked_at_ms: revokedAtMs } = row;
  return {
    clientId: row.client_id,
    name: row.name,
    tokenId: row.token_id,
    tokenDigest: row.token_digest,
    grants: grantsFrom(row.grants),
    onBehalf: apiClient.shape.onBehalf.parse(row.on_behalf),
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(row.expires_at_ms),
    revokedAt: revokedAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(revokedAtMs),
    lastUsedMs: row.last_used_ms,
    version: row.version,
  };
}
