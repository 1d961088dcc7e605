import { z } from 'zod';

export const signIn = z.strictObject({
  name: z.string().trim().min(1).max(60),
  password: z.string().min(1).max(200),
});

export const session = z.strictObject({
  name: z.string(),
  /** The first password was printed at start-up and must be replaced. */
  mustChangePassword: z.boolean(),
  /** Sent back as `x-lintel-csrf` on every request that changes something. */
  csrfToken: z.string(),
  expiresAt: z.iso.datetime({ offset: true }),
});
export type Session = z.output<typeof session>;

export const changePassword = z.strictObject({
  current: z.string().min(1).max(200),
  /** OWASP ASVS 6.2.1: at least 8; we ask for 12, since this account can see everything. */
  next: z.string().min(12).max(200),
});

/** RFC 9457. `title` is in the language of the request's `accept-language`. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** The fields at fault, as `path: reason`. */
  errors: z.array(z.strictObject({ path: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.output<typeof problem>;
