import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** An hour's drift would let a recorded delivery be played again all morning. */
export const SIGNATURE_AGE_SECONDS_MAX = 300;

const SECRETS_MAX = 2; // the one in force, and during a rotation the one before

const SECRET_BYTES = 32; // as long as what it makes

/** `whsec_` says what it is to whoever finds it, and to scanners of leaked secrets. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/**
 * The value of `lintel-signature`: `t=1767583800,v1=5257a8…,v1=…`.
 *
 * Each `v1` is HMAC-SHA-256, in hexadecimal, over `<t>.<body>`; there are two while a secret is being
 * replaced, so that a receiver may know either. A later scheme will be another letter beside it.
 */
export function signWebhook(
  body: string,
  at: Temporal.Instant,
  secrets: readonly string[],
): string {
  const seconds = Math.floor(at.epochMilliseconds / 1000);
  const signatures = secrets
    .slice(0, SECRETS_MAX)
    .map((secret) => `v1=${hexOf(seconds, body, secret)}`);
  return [`t=${seconds}`, ...signatures].join(',');
}

/** For receivers of ours, and as the example for others: docs/notices.md. */
export function isSignedWebhook(
  body: string,
  header: string,
  { secret, now }: { readonly secret: string; readonly now: Temporal.Instant },
): boolean {
  const fields = header.split(',').map((field) => field.split('=', 2));
  const time = fields.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time)) return false;
  const age = Math.abs(Math.floor(now.epochMilliseconds / 1000) - Number(time));
  if (age > SIGNATURE_AGE_SECONDS_MAX) return false;
  const wanted = Buffer.from(hexOf(Number(time), body, secret));
  return fields.some(([name, value = '']) => {
    const given = Buffer.from(value);
    return name === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

function hexOf(seconds: number, body: string, secret: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
