import { z } from 'zod';
import { downEntry } from '#contracts/wire/v1/down-log';
import { logId, publicKey, signature, terminalId } from '#contracts/wire/v1/ids';
import { clockTrust } from '#contracts/wire/v1/up-log';

/** HMAC-SHA-256 keyed by the join code, base64url. */
const proof = z.string().regex(/^[\w-]{43}$/);

/**
 * Every message but the up-log batch (whose entries carry their own signatures) is `{body, sig}`:
 * Ed25519 over the canonical JSON of `body`, by the terminal's key upwards and the hub's downwards.
 */
export const signedMessage = z.strictObject({
  body: z.record(z.string(), z.json()),
  sig: signature,
});
export type SignedMessage = z.output<typeof signedMessage>;

/** Retained on `up/state`; the last will is the same with `state: 'lost'`. */
export const stateBody = z.strictObject({
  kind: z.literal('state'),
  terminalId,
  state: z.enum(['ready', 'sleeping', 'lost']),
  /** Milliseconds since 1970 by the terminal's clock; newest wins. */
  atMs: z.int(),
  bootId: z.uuid(),
  app: z.string().max(40),
  name: z.string().max(80),
  signKey: publicKey,
  sealKey: publicKey,
  /** `joinProof` of platform/crypto over this terminal's id and keys. */
  proof,
  logId,
  headSeq: z.int().min(0),
  /** Entries the hub has not acknowledged. */
  queueDepth: z.int().min(0),
  galleryRev: z.int().min(0),
  people: z.int().min(0),
  camera: z.enum(['live', 'lost', 'none', 'denied', 'unknown']),
  disk: z.enum(['ok', 'low', 'full']),
  clock: z.strictObject({ trust: clockTrust, offsetMs: z.int(), errorMs: z.int().min(0) }),
});
export type StateBody = z.output<typeof stateBody>;

/** Retained on `dn/welcome`: lets a terminal that holds the join code pin the hub's keys. */
export const welcomeBody = z.strictObject({
  kind: z.literal('welcome'),
  terminalId,
  hubId: z.uuid(),
  signKey: publicKey,
  sealKey: publicKey,
  proof,
});
export type WelcomeBody = z.output<typeof welcomeBody>;

const range = z.strictObject({ from: z.int().min(1), upto: z.int().min(1) });

/** Why the hub took none of a batch; shown to whoever runs the terminal. */
export const refusal = z.enum([
  'not-joined',
  'wrong-key',
  'schema',
  'signature',
  'chain',
  'fork',
  'foreign-log',
  'too-large',
]);
export type Refusal = z.output<typeof refusal>;

export const ackBody = z.strictObject({
  kind: z.literal('ack'),
  terminalId,
  logId,
  /** Everything up to and including this `seq` is committed at the hub, without a gap. */
  upto: z.int().min(0),
  /** Highest `seq` the hub has seen, committed or not. */
  head: z.int().min(0),
  want: z.array(range).max(20).optional(),
  /** Entries the terminal may send before the next ack. */
  credit: z.int().min(0),
  refused: z.strictObject({ reason: refusal, seq: z.int().min(1).optional() }).optional(),
});
export type AckBody = z.output<typeof ackBody>;

/** On `up/cursor`: "I hold rev N, send at most M". */
export const cursorBody = z.strictObject({
  kind: z.literal('cursor'),
  terminalId,
  rev: z.int().min(0),
  credit: z.int().min(0).max(500),
  atMs: z.int(),
});
export type CursorBody = z.output<typeof cursorBody>;

/** Retained on `dn/head`. */
export const headBody = z.strictObject({
  kind: z.literal('head'),
  terminalId,
  rev: z.int().min(0),
});

export const downBatchBody = z.strictObject({
  kind: z.literal('log'),
  terminalId,
  /** Applies on top of exactly this cursor… */
  from: z.int().min(0),
  /** …and moves it here, even where the entries between belong to other sites. */
  upto: z.int().min(0),
  head: z.int().min(0),
  entries: z.array(downEntry).max(500),
});
export type DownBatchBody = z.output<typeof downBatchBody>;

/** On `up/time`: the terminal's clocks as it asked. */
export const timeRequestBody = z.strictObject({
  kind: z.literal('time-request'),
  terminalId,
  bootId: z.uuid(),
  askedMonoMs: z.int().min(0),
  askedWallMs: z.int(),
});
/** On `dn/time`: echoes the question, adds the hub's clock. */
export const timeAnswerBody = z.strictObject({
  kind: z.literal('time-answer'),
  terminalId,
  bootId: z.uuid(),
  askedMonoMs: z.int().min(0),
  askedWallMs: z.int(),
  hubWallMs: z.int(),
});

/** Retained on `hub/state`; the last will is `offline`. Unsigned: it decides nothing. */
export const hubState = z.strictObject({ v: z.literal(1), state: z.enum(['online', 'offline']) });
