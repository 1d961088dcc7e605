import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { failed, ok, type Result } from '#domain/result';
import type { Clock } from '#platform/clock/clock';
import {
  type Claims,
  type Identity,
  type IdentityClaim,
  identityValueOf,
  nameOf,
} from '#platform/oidc/identity-claim';
import { isLoopback, limitedFetch } from '#platform/oidc/limited-fetch';
import { type OidcFailure, oidcFailureOf } from '#platform/oidc/oidc-failure';

const ANSWER_SECONDS = 10; // somebody is looking at the sign-in page
const CLOCK_TOLERANCE_SECONDS = 60; // small machines without a good clock
const METADATA_HOURS = 12; // endpoints move once in years; keys are asked for whenever one is unknown
const PENDING_MINUTES = 10; // to find one's phone, not to leave the page open over lunch

export interface IdentityProviderSettings {
  /** Exactly as the provider writes it. Plain HTTP only on this machine. */
  readonly issuer: URL;
  readonly clientId: string;
  /** `null` for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** Where the provider sends people back: registered there, never taken from a request. */
  readonly redirectUri: URL;
  /** Besides `openid`. */
  readonly scopes: readonly string[];
  readonly claim: IdentityClaim;
}

/** What has to be remembered between leaving and coming back, for this browser and once only. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly startedAt: Temporal.Instant;
}

export interface StartedSignIn {
  readonly url: URL;
  readonly pending: PendingSignIn;
}

/**
 * One OpenID Connect provider: authorization code with PKCE, state and nonce; the identity token's
 * signature is checked even though it came over TLS. Asks the provider when it is first needed, so a
 * provider that is away keeps nobody from starting, or from signing in with a password.
 */
export class IdentityProvider {
  readonly #settings: IdentityProviderSettings;
  readonly #clock: Clock;
  #known: { readonly configuration: Configuration; readonly until: Temporal.Instant } | undefined;

  constructor(settings: IdentityProviderSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Where to send the browser. The caller keeps `pending` for that browser alone. */
  async start(): Promise<Result<StartedSignIn, OidcFailure>> {
    const { redirectUri, scopes } = this.#settings;
    const pending = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      startedAt: this.#clock.now(),
    };
    const challenge = await calculatePKCECodeChallenge(pending.codeVerifier);
    return await this.#asked((configuration) => {
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri.href,
        scope: ['openid', ...scopes].join(' '),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
      });
      return Promise.resolve(ok({ url, pending }));
    });
  }

  /**
   * Who has come back.
   *
   * @param query what the provider put behind `redirectUri`, with or without its question mark
   * @param pending as kept for this browser; the caller has already thrown its own copy away
   */
  async finish(query: string, pending: PendingSignIn): Promise<Result<Identity, OidcFailure>> {
    const latest = pending.startedAt.add({ minutes: PENDING_MINUTES });
    if (Temporal.Instant.compare(this.#clock.now(), latest) > 0) {
      return failed({ fault: 'too-late', detail: `over ${PENDING_MINUTES} minutes` });
    }
    const returned = new URL(this.#settings.redirectUri);
    returned.search = query;
    return await this.#asked(async (configuration) => {
      const tokens = await authorizationCodeGrant(configuration, returned, {
        pkceCodeVerifier: pending.codeVerifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) return failed({ fault: 'not-understood', detail: 'no id_token' });
      const said = await this.#claimsWith(configuration, claims, tokens.access_token);
      const value = identityValueOf(said, this.#settings.claim);
      if (!value.ok) return value;
      return ok({ issuer: claims.iss, subject: claims.sub, value: value.value });
    });
  }

  /** Many providers say `email` only when asked for the profile, not in the token. */
  async #claimsWith(
    configuration: Configuration,
    claims: Claims & { readonly sub: string },
    accessToken: string,
  ): Promise<Claims> {
    const isSaid = claims[nameOf(this.#settings.claim)] !== undefined;
    const hasProfile = configuration.serverMetadata().userinfo_endpoint !== undefined;
    if (isSaid || !hasProfile) return claims;
    return { ...(await fetchUserInfo(configuration, accessToken, claims.sub)), ...claims };
  }

  /** The one place where what the provider or the network did becomes a failure as data. */
  async #asked<T>(
    ask: (configuration: Configuration) => Promise<Result<T, OidcFailure>>,
  ): Promise<Result<T, OidcFailure>> {
    try {
      return await ask(await this.#configuration());
    } catch (error) {
      return failed(oidcFailureOf(error));
    }
  }

  async #configuration(): Promise<Configuration> {
    const now = this.#clock.now();
    if (this.#known !== undefined && Temporal.Instant.compare(now, this.#known.until) < 0) {
      return this.#known.configuration;
    }
    const { issuer, clientId, clientSecret } = this.#settings;
    const configuration = await discovery(
      issuer,
      clientId,
      { [clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      clientSecret === null ? None() : secretAuth(clientSecret),
      {
        [customFetch]: limitedFetch,
        timeout: ANSWER_SECONDS,
        execute: [
          enableNonRepudiationChecks,
          ...(isLoopback(issuer) ? [allowInsecureRequests] : []),
        ],
      },
    );
    this.#known = { configuration, until: now.add({ hours: METADATA_HOURS }) };
    return configuration;
  }
}

/** OpenID Connect Discovery 3: a provider that names no way to prove the secret takes it as Basic. */
function secretAuth(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return ways.includes('client_secret_basic') ? basic(server, ...rest) : post(server, ...rest);
  };
}
