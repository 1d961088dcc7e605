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
    answers: { 200: session },
    errors: ['sign-in-wrong', 'sign-in-locked'],
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
    errors: ['password-wrong'],
    requestsPerMinute: ATTEMPTS_PER_MINUTE,
  }),
} as const;
