import { failed, ok, type Result } from '#domain/result';
import type { OidcFailure } from '#platform/oidc/oidc-failure';

/** By which claim somebody is recognised. A subject never changes; the others are people's words. */
export type IdentityClaim =
  | { readonly kind: 'subject' }
  | { readonly kind: 'email' }
  /** Such as `employee_number`. */
  | { readonly kind: 'named'; readonly name: string };

/** Who the provider says has signed in. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Value of the claim by which they are looked up. */
  readonly value: string;
}

export type Claims = Readonly<Record<string, unknown>>;

const VALUE_LENGTH_MAX = 320; // the longest e-mail address

/**
 * What somebody is looked up by. An address the provider has not verified is refused: with some
 * providers anybody can write the chairman's into their own profile.
 */
export function identityValueOf(claims: Claims, claim: IdentityClaim): Result<string, OidcFailure> {
  const name = nameOf(claim);
  const value = textOf(claims[name]);
  if (value === undefined) return failed({ fault: 'claim-missing', detail: name });
  if (claim.kind === 'email' && claims['email_verified'] !== true) {
    return failed({ fault: 'email-unverified', detail: name });
  }
  return ok(claim.kind === 'email' ? value.toLowerCase() : value);
}

export function nameOf(claim: IdentityClaim): string {
  switch (claim.kind) {
    case 'subject':
      return 'sub';
    case 'email':
      return 'email';
    case 'named':
      return claim.name;
  }
}

/** Employee numbers come as numbers, too. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text.length === 0 || text.length > VALUE_LENGTH_MAX ? undefined : text;
}
