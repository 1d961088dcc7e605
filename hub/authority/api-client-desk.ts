import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type ApiClientText,
  type apiClientChange,
  grantFrom,
  grantText,
  type newApiClient,
} from '#contracts/rest/v1/authority';
import { assert } from '#domain/assert';
import type { Actor, Rank } from '#domain/authority/actor';
import { clientExpiryFault } from '#domain/authority/api-client';
import { type DelegationFault, mayGive, maySeeAdministrator } from '#domain/authority/delegation';
import type { Grant } from '#domain/authority/grant';
import { failed, ok, type Result } from '#domain/result';
import type { Admitted } from '#hub/authority/authority';
import type { ApiClientRepository, StoredClient } from '#hub/storage/api-client-repository';
import type { Clock } from '#platform/clock/clock';
import { mintApiToken } from '#platform/crypto/api-token';

export type ClientFailure =
  | { readonly kind: 'absent' | 'stale' | 'revoked' | 'already-past' | 'too-far' }
  | { readonly kind: 'refused'; readonly fault: DelegationFault };

type Done<T> = Promise<Result<T, ClientFailure>>;

export interface ShownClient {
  readonly client: ApiClientText;
  readonly version: string;
}

export interface TokenShown extends ShownClient {
  /** Shown once: only its digest is kept. */
  readonly token: string;
}

export interface ApiClientDeskDeps {
  readonly clients: ApiClientRepository;
  readonly clock: Clock;
}

/** Programs that may use the interface, with no more than whoever lets them in. */
export class ApiClientDesk {
  readonly #deps: ApiClientDeskDeps;

  constructor(deps: ApiClientDeskDeps) {
    this.#deps = deps;
  }

  async list(
    asker: Admitted,
    page: { readonly limit: number; readonly after: readonly [string, string] | undefined },
  ): Promise<{ clients: ApiClientText[]; next: [string, string] | undefined }> {
    const found = await this.#deps.clients.list(page.limit + 1, page.after);
    const shown = found.slice(0, page.limit);
    const last = shown.at(-1);
    const hasMore = found.length > page.limit && last !== undefined;
    return {
      clients: shown.filter((each) => isSeen(asker, each)).map(textOf),
      next: hasMore ? [last.name, last.clientId] : undefined,
    };
  }

  async get(asker: Admitted, clientId: string): Promise<ShownClient | undefined> {
    const client = await this.#seen(asker, clientId);
    return client === undefined ? undefined : shownAs(client);
  }

  async add(asker: Admitted, given: z.output<typeof newApiClient>): Done<TokenShown> {
    const { clients, clock } = this.#deps;
    const grants = given.grants.map(grantFrom);
    const expiresAt = Temporal.Instant.from(given.expiresAt);
    const fault = this.#fault(asker, { grants, expiresAt });
    if (fault !== undefined) return failed(fault);
    const { id: tokenId, digest: tokenDigest, token } = mintApiToken();
    const clientId = randomUUID();
    await clients.add({
      clientId,
      name: given.name,
      tokenId,
      tokenDigest,
      grants,
      onBehalf: given.onBehalf,
      createdBy: accountOf(asker.actor),
      createdAtMs: clock.now().epochMilliseconds,
      expiresAt,
    });
    return ok({ ...shownAs(await this.#known(clientId)), token });
  }

  async change(
    asker: Admitted,
    clientId: string,
    change: z.output<typeof apiClientChange>,
    isExpected: (version: string) => boolean,
  ): Done<ShownClient> {
    const found = await this.#handled(asker, clientId);
    if (!found.ok) return found;
    const client = found.value;
    if (!isExpected(String(client.version))) return failed({ kind: 'stale' });
    const grants = change.grants?.map(grantFrom) ?? client.grants;
    const given = mayGive(asker.actor, rankOf(grants), asker.tree);
    if (!given.ok) return failed({ kind: 'refused', fault: given.failure });
    await this.#deps.clients.change(clientId, { name: change.name ?? client.name, grants });
    return ok(shownAs(await this.#known(clientId)));
  }

  async renew(asker: Admitted, clientId: string, until: string): Done<TokenShown> {
    const found = await this.#handled(asker, clientId);
    if (!found.ok) return found;
    const expiresAt = Temporal.Instant.from(until);
    const fault = this.#fault(asker, { grants: found.value.grants, expiresAt });
    if (fault !== undefined) return failed(fault);
    const { id: tokenId, digest: tokenDigest, token } = mintApiToken();
    const expiresAtMs = expiresAt.epochMilliseconds;
    await this.#deps.clients.renew(clientId, { tokenId, tokenDigest, expiresAtMs });
    return ok({ ...shownAs(await this.#known(clientId)), token });
  }

  /** Whoever may look at a program and appoint may also stop it, whatever it was given since. */
  async revoke(asker: Admitted, clientId: string): Done<undefined> {
    const { clients, clock } = this.#deps;
    if ((await this.#seen(asker, clientId)) === undefined) return failed({ kind: 'absent' });
    await clients.revoke(clientId, clock.now().epochMilliseconds);
    return ok(undefined);
  }

  #fault(
    { actor, tree }: Admitted,
    wanted: { readonly grants: readonly Grant[]; readonly expiresAt: Temporal.Instant },
  ): ClientFailure | undefined {
    const given = mayGive(actor, rankOf(wanted.grants), tree);
    if (!given.ok) return { kind: 'refused', fault: given.failure };
    const expiry = clientExpiryFault(wanted.expiresAt, this.#deps.clock.now());
    return expiry === null ? undefined : { kind: expiry };
  }

  async #handled(asker: Admitted, clientId: string): Done<StoredClient> {
    const client = await this.#seen(asker, clientId);
    if (client === undefined) return failed({ kind: 'absent' });
    return client.revokedAt === null ? ok(client) : failed({ kind: 'revoked' });
  }

  async #seen(asker: Admitted, clientId: string): Promise<StoredClient | undefined> {
    const client = await this.#deps.clients.get(clientId);
    return client !== undefined && isSeen(asker, client) ? client : undefined;
  }

  async #known(clientId: string): Promise<StoredClient> {
    const client = await this.#deps.clients.get(clientId);
    assert(client !== undefined, 'a program just written is there');
    return client;
  }
}

function isSeen({ actor, tree }: Admitted, { grants }: StoredClient): boolean {
  return maySeeAdministrator(actor, rankOf(grants), tree);
}

/** What a program holds is weighed like what an administrator holds. */
function rankOf(grants: readonly Grant[]): Rank {
  return { kind: 'administrator', grants };
}

function accountOf(actor: Actor): string | null {
  return actor.kind === 'account' ? actor.accountId : null;
}

function shownAs(client: StoredClient): ShownClient {
  return { client: textOf(client), version: String(client.version) };
}

function textOf(client: StoredClient): ApiClientText {
  const { clientId, name, tokenId, onBehalf, createdBy, lastUsedMs } = client;
  return {
    clientId,
    name,
    tokenId,
    onBehalf,
    createdBy,
    grants: client.grants.map(grantText),
    createdAt: instantOf(client.createdAtMs),
    expiresAt: client.expiresAt.toString(),
    revokedAt: client.revokedAt?.toString() ?? null,
    lastUsedAt: lastUsedMs === null ? null : instantOf(lastUsedMs),
  };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}
