import { z } from 'zod';
import { nothing } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';

export const signIn = z.strictObject({
  name: z.string().trim().min(1).max(60),
  password: z.string().min(1).max(200),
});

export const session = z
  .strictObject({
    name: z.string(),
    /** The first password was printed at start-up and must be replaced. */
    mustChangePassword: z.boolean(),
    /** The organisation wants a second factor of this account, which has to be set up first. */
    secondFactorWanted: z.boolean(),
    /** Sent back as `x-lintel-csrf` on every request that changes something. */
    csrfToken: z.string(),
    expiresAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'session' });
export type Session = z.output<typeof session>;

export const changePassword = z.strictObject({
  current: z.string().min(1).max(200),
  /** OWASP ASVS 6.2.1: at least 8; we ask for 12, since this account can see everything. */
  next: z.string().min(12).max(200),
});

const instant = z.iso.datetime({ offset: true });
/** What `POST /session` and links hand out: 256 bits. */
export const signInToken = z
  .string()
  .regex(/^[\w-]{43}$/, 'a token of this hub is 43 of base64url');

/** The right password of an account that wants a code as well. Nobody is signed in yet. */
export const codeWanted = z
  .strictObject({
    next: z.literal('code'),
    /** Handed back with the code; good for a few minutes and a few attempts. */
    challenge: signInToken,
    expiresAt: instant,
  })
  .meta({ id: 'codeWanted' });

/** Answer to `POST /session`. */
export const signInAnswer = z.union([session, codeWanted]);

/** `POST /session/code`: from the authenticator application, or one of the recovery codes. */
export const signInCode = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('application'),
    challenge: signInToken,
    code: z.string().trim().min(6).max(7),
  }),
  z.strictObject({
    kind: z.literal('recovery'),
    challenge: signInToken,
    code: z.string().trim().min(24).max(60),
  }),
]);

const ATTEMPTS_PER_MINUTE = 20; // per address; the lock-out by name is stricter and outlives a restart

export const sessionRoutes = {
  session: defineRoute({
    method: 'GET',
    path: '/session',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Who is signed in, with the token that every change has to carry.',
    answers: { 200: session },
    errors: [],
  }),
  signIn: defineRoute({
    method: 'POST',
    path: '/session',
    authority: 'public',
    summary: 'Signs in; the session is a cookie that no script can read.',
    audit: 'writes-its-own',
    body: signIn,
    answers: { 200: signInAnswer },
    errors: ['sign-in-wrong', 'sign-in-locked'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  signInCode: defineRoute({
    method: 'POST',
    path: '/session/code',
    authority: 'public',
    summary: 'Shows the second factor that a right password asked for.',
    audit: 'writes-its-own',
    body: signInCode,
    answers: { 200: session },
    errors: ['sign-in-wrong', 'sign-in-locked', 'sign-in-over'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
  signOut: defineRoute({
    method: 'DELETE',
    path: '/session',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Ends this session.',
    audit: 'writes-its-own',
    answers: { 204: nothing },
    errors: [],
  }),
  changePassword: defineRoute({
    method: 'POST',
    path: '/session/password',
    authority: 'signed-in',
    firstPassword: 'suffices',
    summary: 'Replaces the password; every other session of that account ends.',
    audit: 'writes-its-own',
    body: changePassword,
    answers: { 200: session },
    errors: ['password-wrong', 'sign-in-locked'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
} as const;
