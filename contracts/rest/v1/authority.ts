import { z } from 'zod';
import { locale, personId, siteId } from '#contracts/wire/v1/ids';
import { ACCESSES, CAPABILITIES } from '#domain/authority/capability';
import { EVERYWHERE, type Grant } from '#domain/authority/grant';
import { EXTENTS } from '#domain/authority/right';

const instant = z.iso.datetime({ offset: true });
const next = z.string().nullable();

const DEPARTMENTS_MAX = 1000; // of one grant; a whole company is `null`
const SITES_MAX = 1000;
const GRANTS_MAX = 200; // every capability in twenty areas
const NAME_LENGTH_MAX = 60;

export const accountId = z.uuid();
export const clientId = z.uuid();
export const departmentId = z.string().min(1).max(80);

/**
 * One capability in one area. `null` is no condition; departments take in all below them; both named
 * means both have to hold. Several grants are a union.
 */
export const grant = z.strictObject({
  capability: z.enum(CAPABILITIES),
  access: z.enum(ACCESSES),
  departments: z.array(departmentId).min(1).max(DEPARTMENTS_MAX).nullable(),
  sites: z.array(siteId).min(1).max(SITES_MAX).nullable(),
});
export type GrantText = z.output<typeof grant>;

export const rank = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('superAdministrator') }),
  z.strictObject({
    kind: z.literal('administrator'),
    grants: z.array(grant).max(GRANTS_MAX),
  }),
]);

export const administrator = z.strictObject({
  accountId,
  /** What they sign in with. */
  name: z.string(),
  /** The member of staff they are; `null` for an account that is nobody's. */
  personId: personId.nullable(),
  rank,
  /** `invited` until the first password is set. */
  state: z.enum(['invited', 'active', 'disabled']),
  secondFactor: z.enum(['on', 'off']),
  createdAt: instant,
  lastSignedInAt: instant.nullable(),
});
export type Administrator = z.output<typeof administrator>;

/** `GET /administrators`: those whose area the asker may look into. */
export const administrators = z.strictObject({ administrators: z.array(administrator), next });

/** `POST /administrators`. The answer is shown once: whoever has the token sets the password. */
export const newAdministrator = z.strictObject({
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  personId: personId.nullable().default(null),
  locale,
  rank,
});
export const administratorInvited = z.strictObject({
  administrator,
  token: z.string(),
  expiresAt: instant,
});

/** Said by somebody who was shown what they are about to take from themselves. */
export const selfLowering = z.enum(['refused', 'confirmed']).default('refused');

/** `PATCH /administrators/:accountId`. Only what is to change. */
export const administratorChange = z.strictObject({
  rank: rank.optional(),
  state: z.enum(['active', 'disabled']).optional(),
  selfLowering,
});
/** `DELETE /administrators/:accountId`. */
export const administratorRemoval = z.strictObject({ selfLowering });

/** `POST /administrators/:accountId/password-reset`: the token goes into a link, and is shown once. */
export const PASSWORD_RESET_HOURS = 24;
export const passwordResetMade = z.strictObject({ token: z.string(), expiresAt: instant });

/** A program that may use this interface. There is none without an end. */
export const apiClient = z.strictObject({
  clientId,
  name: z.string(),
  /** The part of the token that may be shown: `lintel_<tokenId>_…`. */
  tokenId: z.string(),
  grants: z.array(grant),
  /** Whether it may say for which person it acts. */
  onBehalf: z.enum(['never', 'named-people']),
  createdBy: accountId.nullable(),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiClientText = z.output<typeof apiClient>;

export const apiClients = z.strictObject({ clients: z.array(apiClient), next });

export const newApiClient = z.strictObject({
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  grants: z.array(grant).min(1).max(GRANTS_MAX),
  onBehalf: z.enum(['never', 'named-people']).default('never'),
  expiresAt: instant,
});

/** `PATCH /api-clients/:clientId`. A longer life takes a new token: `renewApiClient`. */
export const apiClientChange = z.strictObject({
  name: newApiClient.shape.name.optional(),
  grants: newApiClient.shape.grants.optional(),
});

/** `POST /api-clients/:clientId/token`: the old token ends with the answer. */
export const renewApiClient = z.strictObject({ expiresAt: instant });

/** To a new or renewed client, once: nobody can look the token up again. */
export const apiClientToken = z.strictObject({ client: apiClient, token: z.string() });

/** `GET /session/rights`: what screens offer. The hub decides anew on every request. */
export const rights = z.strictObject({
  accountId,
  personId: personId.nullable(),
  rank: z.enum(['superAdministrator', 'administrator', 'none']),
  rights: z.array(
    z.strictObject({
      capability: z.enum(CAPABILITIES),
      access: z.enum(ACCESSES),
      extent: z.enum(EXTENTS),
    }),
  ),
});
export type Rights = z.output<typeof rights>;

export function grantFrom({ capability, access, departments, sites }: GrantText): Grant {
  return {
    capability,
    access,
    area: {
      departments: departments === null ? EVERYWHERE.departments : new Set(departments),
      sites: sites === null ? EVERYWHERE.sites : new Set(sites),
    },
  };
}

/** Sorted, so that the same grant is always the same text: an ETag depends on it. */
export function grantText({ capability, access, area }: Grant): GrantText {
  return {
    capability,
    access,
    departments: listed(area.departments),
    sites: listed(area.sites),
  };
}

function listed(ids: ReadonlySet<string> | null): string[] | null {
  return ids === null ? null : [...ids].toSorted();
}
