import { z } from 'zod';

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
export type OpenSession = z.output<typeof openSession>;

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
