import { z } from 'zod';
import { defineIpc } from '#contracts/ipc/ipc-contract';
import { bilingual } from '#contracts/wire/v1/down-log';
import { locale, personId } from '#contracts/wire/v1/ids';
import { clockTrust, enrolmentPose, punchDirection, wifiSeen } from '#contracts/wire/v1/up-log';

/** Version of this pipe; both ends are built together, so they must be equal. */
export const KIOSK_PIPE_VERSION = 1;

const instant = z.iso.datetime({ offset: true });
const trackId = z.int().min(1);
const nothing = z.strictObject({});
const fraction = z.number().min(0).max(1);

/** Staff number and PIN as typed on the pad. */
const credentials = z.strictObject({
  employeeNo: z.string().trim().min(1).max(20),
  pin: z.string().regex(/^\d{4,12}$/),
});

/** What the lintel says about one committed punch; names are greeting names only. */
export const greeting = z.strictObject({
  /** `seq` in the terminal's log: proof that it is on disk. */
  punchSeq: z.int().min(1),
  kind: z.enum(['saved', 'repeat']),
  trackId: trackId.optional(),
  name: z.string(),
  locale,
  direction: punchDirection,
  punchedAt: instant,
  /** Today's punches of this person, oldest first, this one included. */
  today: z.array(instant),
  /** Minutes between the first and this punch of today; only when leaving. */
  workedMinutes: z.int().min(0).optional(),
  /** "Not me" is offered until then; absent on a repeat. */
  voidUntil: instant.optional(),
  /** Milliseconds from the first frame in which this face was stable to the commit. */
  latencyMs: z.number().min(0).optional(),
});
export type Greeting = z.output<typeof greeting>;

/** The one thing to say to a face that is not recognised yet. */
export const faceHint = z.enum([
  'closer',
  'back',
  'dark',
  'backlight',
  'mask',
  'sunglasses',
  'face-camera',
  'hold-still',
  'move-left',
  'move-right',
]);
export type FaceHint = z.output<typeof faceHint>;

/** A rectangle in fractions of the frame, origin at its top left, not mirrored. */
export const faceBox = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type FaceBox = z.output<typeof faceBox>;

const seenFace = z.strictObject({
  trackId,
  box: faceBox,
  state: z.enum(['tracking', 'saved', 'repeat', 'ask', 'unknown']),
  /** Greeting name, only once saved. */
  name: z.string().optional(),
});
export type SeenFace = z.output<typeof seenFace>;

/** What is wrong and what to do; names files, so it is longer than a name. */
const problem = z.strictObject({ 'zh-CN': z.string().max(1000), en: z.string().max(1000) });

const meter = z.strictObject({ value: fraction, mark: fraction, pass: z.boolean() });

const hubLine = z.enum(['opening', 'connected', 'no-code', 'unreachable', 'refused', 'untrusted']);
export type HubLine = z.output<typeof hubLine>;

const kioskState = z.strictObject({
  engine: z.enum(['starting', 'ready', 'failed']),
  /** What is wrong and what to do, when the engine failed; for IT, in both languages. */
  engineProblem: problem.optional(),
  modelId: z.string().optional(),
  site: z.strictObject({ name: bilingual, zone: z.string(), terminalName: bilingual }),
  /** Pinned the hub's keys at least once; without it nobody can be enrolled. */
  joined: z.boolean(),
  online: z.boolean(),
  /** The line to the hub's broker, or why there is none. */
  hubLine,
  /** Entries not yet acknowledged by the hub. */
  waiting: z.int().min(0),
  clock: clockTrust,
  disk: z.enum(['ok', 'low', 'full']),
  people: z.int().min(0),
  templates: z.int().min(0),
  wifi: wifiSeen,
  framesDropped: z.int().min(0),
});
export type KioskState = z.output<typeof kioskState>;

/** All that is said between the kiosk screen and the terminal engine. Frames go beside it, in binary. */
export const kioskIpc = defineIpc({
  calls: {
    hello: {
      input: z.strictObject({ version: z.int() }),
      output: kioskState,
      failure: z.enum(['version-mismatch']),
    },
    'camera.report': {
      input: z.strictObject({
        status: z.enum(['live', 'lost', 'none', 'denied']),
        /** The one in use, as the browser names it. */
        label: z.string().max(200).optional(),
        count: z.int().min(0).max(50),
      }),
      output: nothing,
      failure: z.never(),
    },
    'punch.pin': {
      input: credentials,
      output: greeting,
      failure: z.enum(['wrong', 'locked', 'disk-full']),
    },
    'punch.void': {
      input: z.strictObject({ punchSeq: z.int().min(1) }),
      output: nothing,
      failure: z.enum(['too-late', 'unknown-punch', 'disk-full']),
    },
    'ask.answer': {
      input: z.strictObject({ askId: z.uuid(), answer: z.enum(['yes', 'no']) }),
      output: nothing,
      failure: z.enum(['expired', 'disk-full']),
    },
    'manager.unlock': {
      input: credentials,
      output: z.strictObject({ name: z.string(), locale, lockAfterSeconds: z.int() }),
      failure: z.enum(['wrong', 'locked', 'not-manager', 'no-managers', 'disk-full']),
    },
    'manager.lock': { input: nothing, output: nothing, failure: z.never() },
    'enrol.people': {
      input: z.strictObject({ query: z.string().max(80) }),
      output: z.strictObject({
        people: z
          .array(
            z.strictObject({
              personId,
              employeeNo: z.string(),
              name: z.string(),
              templates: z.int().min(0),
            }),
          )
          .max(50),
        /** How many matched in all; more than listed means: type more. */
        total: z.int().min(0),
      }),
      failure: z.enum(['locked']),
    },
    'enrol.decline': {
      input: z.strictObject({ personId, textVersion: z.string().max(40), language: locale }),
      output: nothing,
      failure: z.enum(['locked', 'unknown-person', 'disk-full']),
    },
    'enrol.begin': {
      input: z.strictObject({
        personId,
        consentGiven: z.literal(true),
        textVersion: z.string().max(40),
        language: locale,
      }),
      output: z.strictObject({ enrolmentId: z.uuid(), poses: z.array(enrolmentPose) }),
      failure: z.enum([
        'locked',
        'unknown-person',
        'busy',
        'not-joined',
        'engine-not-ready',
        'disk-full',
      ]),
    },
    'enrol.retake': { input: nothing, output: nothing, failure: z.enum(['not-enrolling']) },
    'enrol.accept-lookalike': {
      input: nothing,
      output: nothing,
      failure: z.enum(['not-enrolling', 'disk-full']),
    },
    'enrol.cancel': { input: nothing, output: nothing, failure: z.never() },
    /** "Let others check in": captures rest, the queue is served, then it goes on. */
    'enrol.pause': {
      input: z.strictObject({ paused: z.boolean() }),
      output: nothing,
      failure: z.enum(['not-enrolling']),
    },
  },
  events: {
    state: kioskState,
    /** The engine is free: send the newest frame now. The only thing that makes frames flow. */
    'frame.wanted': nothing,
    faces: z.strictObject({
      frameId: z.int().min(0),
      faces: z.array(seenFace).max(20),
    }),
    greeting,
    ask: z.strictObject({
      askId: z.uuid(),
      trackId,
      maskedName: z.string(),
      locale,
      expiresAt: instant,
    }),
    /** `null` when there is nothing to say; `otherWays` once PIN should be offered large. */
    hint: z.strictObject({
      trackId: trackId.nullable(),
      hint: faceHint.nullable(),
      otherWays: z.boolean(),
    }),
    'enrol.progress': z.strictObject({
      enrolmentId: z.uuid(),
      step: z.enum(['capture', 'lookalike', 'saving', 'test', 'done', 'failed']),
      pose: enrolmentPose.optional(),
      taken: z.array(enrolmentPose),
      /** Present while capturing and a single face is in view. */
      meters: z
        .strictObject({
          sharpness: meter,
          size: meter,
          light: meter,
          angle: meter,
          yawDegrees: z.number(),
        })
        .optional(),
      box: faceBox.optional(),
      problem: z
        .enum([
          'no-face',
          'two-faces',
          'too-small',
          'too-dark',
          'blurred',
          'disk-full',
          'another-person',
        ])
        .optional(),
      /** The masked name of somebody enrolled who is very alike, or the same. */
      lookalike: z.string().optional(),
      similarity: z.number().optional(),
    }),
    'manager.locked': nothing,
  },
});
export type KioskIpc = typeof kioskIpc;
