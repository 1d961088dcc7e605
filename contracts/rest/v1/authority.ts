import { z } from 'zod';
import { nothing } from '#contracts/rest/v1/content';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { locale, personId, siteId } from '#contracts/wire/v1/ids';
import { ACCESSES, CAPABILITIES } from '#domain/authority/capability';
import { EVERYWHERE, type Grant } from '#domain/authority/grant';
import { EXTENTS } from '#domain/authority/right';

const instant = z.iso.datetime({ offset: true });

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
export const administrators = pageOf({ administrators: z.array(administrator) });

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

export const apiClients = pageOf({ clients: z.array(apiClient) });

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

/** From whom a second factor is wanted, by the organisation as a whole. */
export const signInPolicy = z.strictObject({
  secondFactor: z.enum(['nobody', 'superAdministrators', 'administrators']),
});

/** `GET /administrators/:accountId/view`: what the console would show this one. */
export const administratorView = z.strictObject({
  accountId,
  rights: z.array(
    z.strictObject({
      capability: z.enum(CAPABILITIES),
      access: z.enum(ACCESSES),
      extent: z.enum(EXTENTS),
      /** Of all that are here, erased ones apart. */
      people: z.int().min(0),
      sites: z.int().min(0),
      terminals: z.int().min(0),
    }),
  ),
});
export type AdministratorView = z.output<typeof administratorView>;

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

const look = { capability: 'administrators', access: 'view' } as const;
const appoint = { capability: 'administrators', access: 'change' } as const;
const ofAccount = z.strictObject({ accountId });
const ofClient = z.strictObject({ clientId });
const PAGE = { limitMax: 200, limitDefault: 100 } as const;

export const administratorRoutes = {
  listAdministrators: defineRoute({
    method: 'GET',
    path: '/administrators',
    authority: look,
    summary: 'Administrators whose whole area the asker may look into, in order of names.',
    paged: { key: z.tuple([z.string()]), ...PAGE },
    answers: { 200: administrators },
    errors: [],
  }),
  administrator: defineRoute({
    method: 'GET',
    path: '/administrators/:accountId',
    authority: look,
    summary: 'One administrator, with the version that a change wants.',
    params: ofAccount,
    answers: { 200: administrator },
    errors: [],
    concurrency: 'etag',
  }),
  viewAsAdministrator: defineRoute({
    method: 'GET',
    path: '/administrators/:accountId/view',
    authority: look,
    summary: 'What this administrator may do, and with how many.',
    params: ofAccount,
    answers: { 200: administratorView },
    errors: [],
  }),
  addAdministrator: defineRoute({
    method: 'POST',
    path: '/administrators',
    authority: appoint,
    summary:
      'Appoints one, with a link to set the first password; nobody gives more than they hold.',
    audit: { action: 'administrator.appointed' },
    body: newAdministrator,
    answers: { 201: administratorInvited },
    errors: ['conflict'],
  }),
  changeAdministrator: defineRoute({
    method: 'PATCH',
    path: '/administrators/:accountId',
    authority: appoint,
    summary: 'Changes what one may do, or shuts them out; their sessions end.',
    audit: { action: 'administrator.changed', subject: 'accountId' },
    params: ofAccount,
    body: administratorChange,
    answers: { 200: administrator },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  removeAdministrator: defineRoute({
    method: 'DELETE',
    path: '/administrators/:accountId',
    authority: appoint,
    summary: 'Takes the rank away; a member of staff keeps the account, any other account goes.',
    audit: { action: 'administrator.removed', subject: 'accountId' },
    params: ofAccount,
    body: administratorRemoval,
    answers: { 204: nothing },
    errors: ['conflict'],
  }),
  resetPasswordOf: defineRoute({
    method: 'POST',
    path: '/administrators/:accountId/password-reset',
    authority: appoint,
    summary: 'Makes a link that sets a new password, once, within a day.',
    audit: { action: 'administrator.password-reset-made', subject: 'accountId' },
    params: ofAccount,
    answers: { 201: passwordResetMade },
    errors: [],
  }),
  resetSecondFactorOf: defineRoute({
    method: 'DELETE',
    path: '/administrators/:accountId/second-factor',
    authority: appoint,
    summary: 'Takes the second factor away from somebody who has lost it; their sessions end.',
    audit: { action: 'administrator.second-factor-reset', subject: 'accountId' },
    params: ofAccount,
    answers: { 204: nothing },
    errors: [],
  }),
  signInPolicy: defineRoute({
    method: 'GET',
    path: '/sign-in-policy',
    authority: look,
    summary: 'From whom a second factor is wanted.',
    answers: { 200: signInPolicy },
    errors: [],
  }),
  setSignInPolicy: defineRoute({
    method: 'PUT',
    path: '/sign-in-policy',
    authority: appoint,
    summary: 'Decides from whom a second factor is wanted; super administrators only.',
    audit: { action: 'sign-in-policy.changed' },
    body: signInPolicy,
    answers: { 200: signInPolicy },
    errors: [],
  }),
  inviteStaff: defineRoute({
    method: 'POST',
    path: '/people/:personId/invitation',
    authority: { capability: 'people', access: 'change' },
    summary:
      'Makes a link by which a member of staff sets a password for the portal, once, within a week.',
    audit: { action: 'person.invited', subject: 'personId' },
    params: z.strictObject({ personId }),
    answers: { 201: passwordResetMade },
    errors: [],
  }),
  resetStaffSecondFactor: defineRoute({
    method: 'DELETE',
    path: '/people/:personId/second-factor',
    authority: { capability: 'people', access: 'change' },
    summary: 'Takes the second factor of the portal away from somebody who has lost it.',
    audit: { action: 'person.second-factor-reset', subject: 'personId' },
    params: z.strictObject({ personId }),
    answers: { 204: nothing },
    errors: [],
  }),
} as const;

export const apiClientRoutes = {
  listApiClients: defineRoute({
    method: 'GET',
    path: '/api-clients',
    authority: look,
    summary: 'Programs whose whole area the asker may look into, in order of names.',
    paged: { key: z.tuple([z.string(), z.string()]), ...PAGE },
    answers: { 200: apiClients },
    errors: [],
  }),
  apiClient: defineRoute({
    method: 'GET',
    path: '/api-clients/:clientId',
    authority: look,
    summary: 'One program, with the version that a change wants.',
    params: ofClient,
    answers: { 200: apiClient },
    errors: [],
    concurrency: 'etag',
  }),
  addApiClient: defineRoute({
    method: 'POST',
    path: '/api-clients',
    authority: appoint,
    summary: 'Lets a program in; its token is shown once.',
    audit: { action: 'api-client.added' },
    body: newApiClient,
    answers: { 201: apiClientToken },
    errors: [],
  }),
  changeApiClient: defineRoute({
    method: 'PATCH',
    path: '/api-clients/:clientId',
    authority: appoint,
    summary: 'Changes its name or what it may do; the token stays.',
    audit: { action: 'api-client.changed', subject: 'clientId' },
    params: ofClient,
    body: apiClientChange,
    answers: { 200: apiClient },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  renewApiClient: defineRoute({
    method: 'POST',
    path: '/api-clients/:clientId/token',
    authority: appoint,
    summary: 'Gives it a new token, shown once; the old one ends with the answer.',
    audit: { action: 'api-client.renewed', subject: 'clientId' },
    params: ofClient,
    body: renewApiClient,
    answers: { 200: apiClientToken },
    errors: ['conflict'],
  }),
  revokeApiClient: defineRoute({
    method: 'DELETE',
    path: '/api-clients/:clientId',
    authority: appoint,
    summary: 'Ends its token for good.',
    audit: { action: 'api-client.revoked', subject: 'clientId' },
    params: ofClient,
    answers: { 204: nothing },
    errors: [],
  }),
} as const;

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
