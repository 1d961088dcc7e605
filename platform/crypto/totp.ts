import { Secret, TOTP } from 'otpauth';
import { failed, ok, type Result } from '#domain/result';

const SECRET_BYTES = 20; // RFC 4226, 4 R6: the length of the hash
const PERIOD_SECONDS = 30; // RFC 6238, 5.2
const DIGITS = 6;
const WINDOW_STEPS = 1; // RFC 6238, 5.2: one step of delay, and as much of a fast phone clock
const CODE = /^\d{6}$/;

/** What every authenticator application assumes, whatever the enrolment address says. */
const FORM = { algorithm: 'SHA1', digits: DIGITS, period: PERIOD_SECONDS } as const;

export interface TotpAttempt {
  /** Base32, as minted. */
  readonly secret: string;
  readonly code: string;
  readonly at: Temporal.Instant;
  /** The step of the last code that was accepted; `null` before the first. */
  readonly lastUsedStep: number | null;
}

/** 160 random bits in base32, as authenticator applications take them. */
export function mintTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address an authenticator application reads from a QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return new TOTP({ ...FORM, secret, issuer, label }).toString();
}

/**
 * RFC 6238, 5.2: a code is accepted once. The caller keeps the step that is returned, in the
 * transaction that signs the person in, and hands it back the next time; codes of that step and of
 * every earlier one are spent.
 */
export function checkTotp(attempt: TotpAttempt): Result<number, 'malformed' | 'wrong' | 'used'> {
  const token = attempt.code.replaceAll(' ', ''); // shown as 123 456
  if (!CODE.test(token)) return failed('malformed');
  const timestamp = attempt.at.epochMilliseconds;
  const secret = Secret.fromBase32(attempt.secret);
  const delta = TOTP.validate({ ...FORM, token, secret, timestamp, window: WINDOW_STEPS });
  if (delta === null) return failed('wrong');
  const step = TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta;
  return step <= (attempt.lastUsedStep ?? -1) ? failed('used') : ok(step);
}
