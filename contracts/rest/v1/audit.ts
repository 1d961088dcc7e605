import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { digest, logId, personId, signature } from '#contracts/wire/v1/ids';

const instant = z.iso.datetime({ offset: true });
const ID_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 2000; // of a value that may be shown
const CHANGES_MAX = 200; // fields of one record
const LIMIT_MAX = 500;

/** Noun first, then what became of it: `grant.changed`, `evidence.viewed`, `sign-in.refused`. */
export const auditAction = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+$/, 'an action reads noun.verb');

const auditValue = z.union([
  z.string().max(TEXT_LENGTH_MAX),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(ID_LENGTH_MAX)).max(1000),
]);

/** A field that changed; of what is secret or private, the name alone. */
export const auditChange = z.union([
  z.strictObject({ field: z.string().max(ID_LENGTH_MAX), before: auditValue, after: auditValue }),
  z.strictObject({ field: z.string().max(ID_LENGTH_MAX) }),
]);

/** An act in its place in the chain, complete: whoever has all of them can verify the log alone. */
export const auditEntry = z.strictObject({
  logId,
  seq: z.int().min(1),
  at: instant,
  prev: digest,
  act: z.strictObject({
    actor: z.strictObject({
      kind: z.enum(['administrator', 'staff', 'client', 'system']),
      id: z.string().max(ID_LENGTH_MAX),
      onBehalfOf: personId.nullable(),
    }),
    action: auditAction,
    subject: z.strictObject({ kind: z.string().max(80), id: z.string().max(ID_LENGTH_MAX) }),
    changes: z.array(auditChange).max(CHANGES_MAX),
  }),
  hash: digest,
});
export type AuditEntryText = z.output<typeof auditEntry>;

/** `GET /audit`, newest first. Conditions add up. */
export const auditQuery = z.strictObject({
  from: instant.optional(),
  until: instant.optional(),
  actorId: z.string().max(ID_LENGTH_MAX).optional(),
  /** Whole, or its noun: `grant` finds every act on grants. */
  action: z.string().max(80).optional(),
  subjectKind: z.string().max(80).optional(),
  subjectId: z.string().max(ID_LENGTH_MAX).optional(),
});

/** Names of actors and subjects are looked up by their ids: the log itself has none. */
export const auditPage = pageOf({ entries: z.array(auditEntry) });

/** The log's state at one moment, signed by the hub; kept outside its database as well. */
export const auditCheckpoint = z.strictObject({
  body: z.strictObject({ logId, seq: z.int().min(0), hash: digest, at: instant }),
  sig: signature,
});

/** `GET /audit/checkpoints`: to be kept elsewhere, by whoever does not want to trust one machine. */
export const auditCheckpoints = z.strictObject({ checkpoints: z.array(auditCheckpoint) });

/** `GET /audit/verification` and the JSON of `lintel verify --hub`. */
export const auditVerification = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('whole'),
    logId,
    entries: z.int().min(0),
    hash: digest,
    checkpoints: z.int().min(0),
  }),
  z.strictObject({
    outcome: z.literal('broken'),
    logId,
    /** The first number that is not as it was written. */
    seq: z.int().min(0),
    fault: z.enum(['changed', 'missing', 'rewritten', 'cut-short', 'forged-checkpoint']),
    checkpoints: z.int().min(0),
  }),
]);
export type AuditVerification = z.output<typeof auditVerification>;

const look = { capability: 'audit', access: 'view' } as const;
const VERIFICATIONS_PER_MINUTE = 6; // each walks the whole log

export const auditRoutes = {
  listAudit: defineRoute({
    method: 'GET',
    path: '/audit',
    authority: look,
    summary: 'Who did what, newest first.',
    query: auditQuery,
    paged: { key: z.tuple([z.int()]), limitMax: LIMIT_MAX, limitDefault: 100 },
    answers: { 200: auditPage },
    errors: [],
  }),
  verifyAudit: defineRoute({
    method: 'GET',
    path: '/audit/verification',
    authority: look,
    summary: 'Walks the whole log; answers that it is whole, or the first number that is not.',
    answers: { 200: auditVerification },
    errors: [],
    requestsPerMinute: VERIFICATIONS_PER_MINUTE,
  }),
  auditCheckpoints: defineRoute({
    method: 'GET',
    path: '/audit/checkpoints',
    authority: look,
    summary: 'The log at moments past, signed by the hub: to be kept somewhere else.',
    answers: { 200: auditCheckpoints },
    errors: [],
  }),
} as const;
