import { z } from 'zod';
import { nothing, redirect } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import { changePassword, signInToken as token } from '#contracts/rest/v1/session';
import { bilingual } from '#contracts/wire/v1/down-log';

const instant = z.iso.datetime({ offset: true });

/** `GET /session/ways`: what the sign-in page offers. */
export const signInWays = z.strictObject({
  /** The company's own provider, with the words for its button; `null` where there is none. */
  provider: z.strictObject({ label: bilingual }).nullable(),
});

/**
 * `GET /session/provider`: sends the browser to the provider. `returnTo` is a page of this console
 * and nothing else, or the sign-in page would be everybody's way to send people anywhere.
 */
export const providerStart = z.strictObject({
  returnTo: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, 'a page of this console begins with one /')
    .default('/'),
  /** `link` ties the identity to the account that is signed in, instead of signing in. */
  purpose: z.enum(['sign-in', 'link']).default('sign-in'),
});

/**
 * `GET /session/provider/callback`. Providers add words of their own, so this one query is open: it
 * is bounded here and judged, as it came, by platform/oidc.
 */
export const providerCallback = z.looseObject({
  state: z.string().max(500).optional(),
  code: z.string().max(4000).optional(),
  error: z.string().max(200).optional(),
});

/** `POST /session/password-reset`: with the token of a link, by somebody who is not signed in. */
export const resetPassword = z.strictObject({ token, next: changePassword.shape.next });

/** `POST /session/password-reset/check`: whose link it is and whether it still works. */
export const checkReset = z.strictObject({ token });
export const resetChecked = z.strictObject({ name: z.string(), expiresAt: instant });

const ATTEMPTS_PER_MINUTE = 20; // per address, like signing in

export const signInRoutes = {
  signInWays: defineRoute({
    method: 'GET',
    path: '/session/ways',
    authority: 'public',
    summary: 'What the sign-in page offers besides a password.',
    answers: { 200: signInWays },
    errors: [],
  }),
  startProvider: defineRoute({
    method: 'GET',
    path: '/session/provider',
    authority: 'public',
    summary: 'Sends the browser to the identity provider of the company.',
    query: providerStart,
    answers: { 302: redirect },
    errors: ['absent', 'sign-in-needed'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  finishProvider: defineRoute({
    method: 'GET',
    path: '/session/provider/callback',
    authority: 'public',
    summary:
      'Where the provider sends people back; signs them in, or says why not on the sign-in page.',
    query: providerCallback,
    answers: { 302: redirect },
    errors: ['absent'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  checkReset: defineRoute({
    method: 'POST',
    path: '/session/password-reset/check',
    authority: 'public',
    summary: 'Whose link it is and whether it still works; spends nothing.',
    audit: 'changes-nothing',
    body: checkReset,
    answers: { 200: resetChecked },
    errors: ['link-over'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  resetPassword: defineRoute({
    method: 'POST',
    path: '/session/password-reset',
    authority: 'public',
    summary: 'Sets the password that a link is for, once; every session of that account ends.',
    audit: 'writes-its-own',
    body: resetPassword,
    answers: { 204: nothing },
    errors: ['link-over'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
} as const;
