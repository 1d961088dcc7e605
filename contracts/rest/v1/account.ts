import { z } from 'zod';
import { rights } from '#contracts/rest/v1/authority';
import { nothing } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';

const instant = z.iso.datetime({ offset: true });
/** As it is shown, `123 456`, or without the gap. */
const code = z.string().trim().min(6).max(7);
const password = z.string().min(1).max(200);

const SESSIONS_MAX = 200; // of one account; more than its devices in a year

/** `GET /session/all`: where this account is signed in. */
export const openSession = z.strictObject({
  sessionId: z.uuid(),
  way: z.enum(['password', 'password-and-code', 'provider']),
  startedAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  /** As far as the hub saw it; behind a reverse proxy, what that says. */
  address: z.string(),
  browser: z.string(),
  /** Which of them is asking. */
  standing: z.enum(['this', 'other']),
});

export const openSessions = z.strictObject({ sessions: z.array(openSession).max(SESSIONS_MAX) });

/** `GET /session/second-factor`. */
export const secondFactor = z.strictObject({
  /** `wanted` from set-up until the first code proves that the application has the secret. */
  state: z.enum(['off', 'wanted', 'on']),
  recoveryCodesLeft: z.int().min(0),
});

/** `POST /session/second-factor`: shown once, as a QR code and as text. Nothing is on yet. */
export const startSecondFactor = z.strictObject({ password });
export const secondFactorStarted = z.strictObject({ secret: z.string(), uri: z.string() });

/** `POST /session/second-factor/confirmation`: now it is on. */
export const confirmSecondFactor = z.strictObject({ code });
/** Shown once, to be printed or kept with the passwords; also the answer to new ones. */
export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()).length(10) });

/** `POST /session/second-factor/recovery-codes`: the old ones end. */
export const renewRecoveryCodes = z.strictObject({ password, code });

/** `DELETE /session/second-factor`: by somebody who still has both factors. */
export const endSecondFactor = z.strictObject({ password, code });

const ATTEMPTS_PER_MINUTE = 20; // of one account; codes and passwords are guessed here, too
const proofs = ['password-wrong', 'sign-in-locked'] as const;

/** What everybody may do about their own account. */
export const accountRoutes = {
  rights: defineRoute({
    method: 'GET',
    path: '/session/rights',
    authority: 'signed-in',
    summary: 'What this account may do; the hub decides anew on every request.',
    answers: { 200: rights },
    errors: [],
  }),
  openSessions: defineRoute({
    method: 'GET',
    path: '/session/all',
    authority: 'signed-in',
    summary: 'Where this account is signed in, newest first.',
    answers: { 200: openSessions },
    errors: [],
  }),
  endSession: defineRoute({
    method: 'DELETE',
    path: '/session/all/:sessionId',
    authority: 'signed-in',
    summary: 'Ends one session of this account, on a device that was lost for example.',
    audit: { action: 'session.ended', subject: 'sessionId' },
    params: z.strictObject({ sessionId: openSession.shape.sessionId }),
    answers: { 204: nothing },
    errors: [],
  }),
  endOtherSessions: defineRoute({
    method: 'DELETE',
    path: '/session/all',
    authority: 'signed-in',
    summary: 'Ends every session of this account but the one that asks.',
    audit: { action: 'session.others-ended' },
    answers: { 204: nothing },
    errors: [],
  }),
  secondFactor: defineRoute({
    method: 'GET',
    path: '/session/second-factor',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Whether signing in takes a code as well.',
    answers: { 200: secondFactor },
    errors: [],
  }),
  startSecondFactor: defineRoute({
    method: 'POST',
    path: '/session/second-factor',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Makes a secret for an authenticator application; shown once, and not on yet.',
    audit: 'writes-its-own',
    body: startSecondFactor,
    answers: { 200: secondFactorStarted },
    errors: [...proofs, 'conflict'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  confirmSecondFactor: defineRoute({
    method: 'POST',
    path: '/session/second-factor/confirmation',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Turns it on with the first code; answers recovery codes, shown once.',
    audit: 'writes-its-own',
    body: confirmSecondFactor,
    answers: { 200: recoveryCodes },
    errors: ['conflict'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  renewRecoveryCodes: defineRoute({
    method: 'POST',
    path: '/session/second-factor/recovery-codes',
    authority: 'signed-in',
    summary: 'Makes new recovery codes; those before end.',
    audit: 'writes-its-own',
    body: renewRecoveryCodes,
    answers: { 200: recoveryCodes },
    errors: proofs,
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  endSecondFactor: defineRoute({
    method: 'DELETE',
    path: '/session/second-factor',
    authority: 'signed-in',
    summary: 'Turns it off, with both factors shown; every session of the account ends.',
    audit: 'writes-its-own',
    body: endSecondFactor,
    answers: { 204: nothing },
    errors: proofs,
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
} as const;
