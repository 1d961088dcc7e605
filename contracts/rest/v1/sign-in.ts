import { z } from 'zod';
import { changePassword, session } from '#contracts/rest/v1/session';
import { bilingual } from '#contracts/wire/v1/down-log';

const instant = z.iso.datetime({ offset: true });
const token = z.string().regex(/^[\w-]{43}$/, 'a token of this hub is 43 of base64url');

/** `GET /session/ways`: what the sign-in page offers. */
export const signInWays = z.strictObject({
  /** The company's own provider, with the words for its button; `null` where there is none. */
  provider: z.strictObject({ label: bilingual }).nullable(),
});
export type SignInWays = z.output<typeof signInWays>;

/** The right password of an account that wants a code as well. Nobody is signed in yet. */
export const codeWanted = z.strictObject({
  next: z.literal('code'),
  /** Handed back with the code; good for a few minutes and a few attempts. */
  challenge: token,
  expiresAt: instant,
});

/** Answer to `POST /session`. */
export const signInAnswer = z.union([session, codeWanted]);
export type SignInAnswer = z.output<typeof signInAnswer>;

/** `POST /session/code`: from the authenticator application, or one of the recovery codes. */
export const signInCode = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('application'),
    challenge: token,
    code: z.string().trim().min(6).max(7),
  }),
  z.strictObject({
    kind: z.literal('recovery'),
    challenge: token,
    code: z.string().trim().min(24).max(60),
  }),
]);

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
