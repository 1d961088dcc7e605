import { z } from 'zod';
import {
  digest,
  locale,
  logId,
  personId,
  publicKey,
  sealedBox,
  signature,
  siteId,
  templateId,
  terminalId,
} from '#contracts/wire/v1/ids';

/** How far the terminal's clock may be believed; `lost` punches are re-timed or placed by a person. */
export const clockTrust = z.enum(['synced', 'estimated', 'lost']);
export type ClockTrust = z.output<typeof clockTrust>;

/** What the terminal claims about when an entry was written. A claim, never overwritten. */
export const entryTime = z.strictObject({
  /** Wall clock of the terminal, milliseconds since 1970 UTC. */
  wallMs: z.int(),
  /** Milliseconds since the boot named by `bootId`; never goes back inside one boot. */
  monoMs: z.int().min(0),
  bootId: z.uuid(),
  /** Hub clock minus terminal clock, as estimated by clock exchanges; 0 before the first. */
  offsetMs: z.int(),
  /** Half the round trip of the best exchange: the true offset lies within ± this. */
  errorMs: z.int().min(0),
  trust: clockTrust,
});
export type EntryTime = z.output<typeof entryTime>;

/** The access point the terminal itself is on, or why there is none to tell. */
export const wifiSeen = z.union([
  z.strictObject({
    ssid: z.string().max(64),
    bssid: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/),
  }),
  z.strictObject({
    absent: z.enum(['no-adapter', 'off', 'not-connected', 'no-permission', 'unreadable']),
  }),
]);
export type WifiSeen = z.output<typeof wifiSeen>;

export const punchMethod = z.enum(['face', 'wifi', 'pin', 'qr', 'card', 'manager']);
export const punchDirection = z.enum(['in', 'out']);

export const punchBody = z.strictObject({
  personId,
  method: punchMethod,
  /** Provisional: what the screen said. The hub's rules decide what it counts as. */
  direction: punchDirection.optional(),
  siteId,
  groupEventId: z.uuid().optional(),
  /** Cosine similarity of the accepted comparison, −1…1. */
  confidence: z.number().min(-1).max(1).optional(),
  /** Similarity of the best person minus that of the second-best person. */
  margin: z.number().min(0).max(2).optional(),
  /** Passive liveness score, 0…1, 1 = live. Advice, not a verdict. */
  liveness: z.number().min(0).max(1).optional(),
  frameId: z.int().min(0).optional(),
  /** `rev` of the down-log the gallery was at. */
  galleryRev: z.int().min(0),
  modelId: z.string().max(80).optional(),
  wifi: wifiSeen.optional(),
  evidence: digest.optional(),
});

/** "Not me": withdraws an earlier punch of the same log by a new entry. */
export const voidBody = z.strictObject({
  punchSeq: z.int().min(1),
  reason: z.enum(['not-me']),
});

/** Consent, or its refusal, as given at the terminal before any capture. */
export const consentBody = z.strictObject({
  consentId: z.uuid(),
  personId,
  given: z.boolean(),
  textVersion: z.string().max(40),
  language: locale,
  /** The manager who was present. */
  witnessPersonId: personId,
  keepPhoto: z.boolean(),
});

export const enrolmentPose = z.enum(['front', 'left', 'right']);

/** Templates leave the terminal only here, sealed to the hub, under a consent given before. */
export const enrolmentBody = z.strictObject({
  enrolmentId: z.uuid(),
  personId,
  consentId: z.uuid(),
  modelId: z.string().max(80),
  templates: z
    .array(z.strictObject({ templateId, pose: enrolmentPose, quality: z.number().min(0).max(1) }))
    .min(1)
    .max(9),
  /** Sealed box of `SealedTemplates`, bound to this person and enrolment. */
  sealed: sealedBox,
  /** A look-alike the manager was warned of and accepted. */
  lookalikePersonId: personId.optional(),
  witnessPersonId: personId,
});

/** The plain content of `enrolmentBody.sealed`: little-endian float32 vectors, base64url. */
export const sealedTemplates = z.strictObject({
  templates: z
    .array(z.strictObject({ templateId, vector: z.string().max(8192) }))
    .min(1)
    .max(9),
});

/** First entry of every log: binds it to the terminal and its key. */
export const genesisBody = z.strictObject({
  terminalId,
  signKey: publicKey,
  reason: z.enum(['created', 'restored', 'cloned']),
});

/** Something a regulator may ask about: unlocking, refusals, erasures carried out. */
export const auditBody = z.strictObject({
  event: z.enum(['unlocked', 'unlock-refused', 'pin-locked', 'erased', 'consent-refused']),
  personId: personId.optional(),
  detail: z.string().max(200).optional(),
});

export const upBody = {
  genesis: genesisBody,
  punch: punchBody,
  void: voidBody,
  consent: consentBody,
  enrolment: enrolmentBody,
  audit: auditBody,
} as const;

export type UpKind = keyof typeof upBody;
export type UpBody<K extends UpKind> = z.output<(typeof upBody)[K]>;
export type PunchBody = UpBody<'punch'>;

/**
 * The envelope of every entry. `kind` and `body` are open here on purpose: a signed entry of a newer
 * terminal is kept and shown as unread, never refused, since a refusal would break its chain for good.
 */
export const upEntry = z.strictObject({
  logId,
  seq: z.int().min(1),
  kind: z.string().regex(/^[a-z][a-z-]{0,31}$/),
  at: entryTime,
  body: z.record(z.string(), z.json()),
  prev: digest,
  hash: digest,
  sig: signature,
});
export type UpEntry = z.output<typeof upEntry>;

/** `prev` of a genesis entry. */
export const GENESIS_PREV = '0'.repeat(64);

export const BATCH_ENTRIES_MAX = 200; // sync.md: a batch fills one round trip of a slow uplink
export const BATCH_BYTES_MAX = 256 * 1024; // below every broker's default packet limit

export const upBatch = z.strictObject({
  v: z.literal(1),
  entries: z.array(upEntry).min(1).max(BATCH_ENTRIES_MAX),
});
