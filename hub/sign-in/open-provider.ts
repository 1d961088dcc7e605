import type { HubConfig } from '#contracts/config/hub-config';
import { failed, ok, type Result } from '#domain/result';
import {
  type IdentityMatch,
  ProviderDoor,
  type ProviderDoorDeps,
} from '#hub/sign-in/provider-door';
import { type HubStartFailure, oidcFailure } from '#hub/start-failure';
import { readPrivateFile } from '#platform/files/private-file';
import type { IdentityClaim } from '#platform/oidc/identity-claim';
import { IdentityProvider } from '#platform/oidc/identity-provider';

const CALLBACK_PATH = '/api/v1/session/provider/callback';

type ProviderParts = Omit<ProviderDoorDeps, 'provider' | 'label' | 'match'>;

/** The way in by the company's own provider; undefined where there is none. Asks it nothing yet. */
export function openProvider(
  config: HubConfig,
  parts: ProviderParts,
): Result<ProviderDoor | undefined, HubStartFailure> {
  const { oidcIssuer, oidcClientId, publicUrl, oidcScopes } = config;
  if (oidcIssuer === undefined) return ok(undefined);
  if (oidcClientId === undefined) return failed(oidcFailure('no-client-id'));
  if (publicUrl === undefined) return failed(oidcFailure('no-public-url'));
  const clientSecret = secretOf(config);
  if (!clientSecret.ok) return clientSecret;
  const settings = {
    issuer: new URL(oidcIssuer),
    clientId: oidcClientId,
    clientSecret: clientSecret.value,
    redirectUri: new URL(CALLBACK_PATH, publicUrl),
    scopes: oidcScopes.split(' '),
    claim: claimOf(config.oidcClaim),
  };
  const provider = new IdentityProvider(settings, parts.clock);
  const match = matchOf(settings.claim);
  return ok(new ProviderDoor({ ...parts, provider, match, label: config.oidcLabel }));
}

function secretOf({
  oidcClientSecretFile: path,
}: HubConfig): Result<string | null, HubStartFailure> {
  if (path === undefined) return ok(null);
  const text = readPrivateFile(path);
  if (text.ok) return ok(text.value.trim());
  const fault = text.failure === 'absent' ? 'no-secret' : 'secret-readable-by-others';
  return failed(oidcFailure(fault));
}

function claimOf(name: string): IdentityClaim {
  if (name === 'sub') return { kind: 'subject' };
  return name === 'email' ? { kind: 'email' } : { kind: 'named', name };
}

/** A subject is a number of the provider's own: nothing here is compared with it. */
function matchOf({ kind }: IdentityClaim): IdentityMatch {
  if (kind === 'subject') return 'link';
  return kind === 'email' ? 'email' : 'employee_no';
}
