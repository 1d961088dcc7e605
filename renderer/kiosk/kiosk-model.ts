import type { FaceHint, Greeting, KioskState, SeenFace } from '#contracts/ipc/kiosk-ipc';
import type { Locale } from '#contracts/wire/v1/ids';
import type { CameraReport } from '#renderer/camera/camera-source';
import type { Enrolment } from '#renderer/enrolment/enrolment-model';
import type { Link } from '#renderer/pipe/engine-client';
import type { ScreenSettings } from '#renderer/settings/settings';

/** How long a greeting stays by itself. */
export const GREETING_MS = 2_500;
/** Saved greetings this young are one crowd: "4 people checked in". */
export const CROWD_MS = 10_000;
/** "Not me" is offered for six seconds, whatever a skewed clock makes of `voidUntil`. */
export const VOID_OFFER_MS_MAX = 6_000;
/** Boxes older than this belong to nobody: the engine went quiet. */
export const FACES_STALE_MS = 1_500;
/** How long "that one is cancelled" stays. */
export const NOTICE_MS = 4_000;
/** A language chosen at the door returns to the site's own. */
export const LANGUAGE_MS = 30_000;
/** A page nobody touches goes back to the door. */
export const PAGE_IDLE_MS = 30_000;
/** Without motion for so long, the clock dims. */
export const DIM_AFTER_MS = 120_000;
/** A question is a matter of seconds; an expiry further away is a skewed clock. */
export const ASK_MS_MAX = 10_000;
/** More shown greetings than people fit in a doorway. */
export const GREETINGS_KEPT_MAX = 20;

export interface ShownGreeting {
  readonly greeting: Greeting;
  readonly sinceMs: number;
  /** "Not me" may be tapped until then; undefined on a repeat and once used. */
  readonly voidUntilMs: number | undefined;
}

export interface OpenAsk {
  readonly askId: string;
  readonly trackId: number;
  readonly maskedName: string;
  readonly locale: Locale;
  readonly sinceMs: number;
  readonly untilMs: number;
}

export interface SpokenHint {
  readonly hint: FaceHint | undefined;
  readonly otherWays: boolean;
}

export type Page = 'door' | 'pin' | 'about' | 'manager-pin' | 'enrolment';

/** Everything the screens are drawn from; nothing in it decides about attendance. */
export interface KioskModel {
  readonly nowMs: number;
  readonly link: Link | 'no-shell';
  readonly engine: KioskState | undefined;
  readonly camera: CameraReport;
  readonly faces: readonly SeenFace[];
  readonly facesAtMs: number;
  /** Last time a face was seen or the screen was touched. */
  readonly motionAtMs: number;
  readonly touchedAtMs: number;
  readonly greetings: readonly ShownGreeting[];
  /** Greetings up to this moment were tapped away. */
  readonly plateDismissedMs: number;
  readonly asks: readonly OpenAsk[];
  readonly hint: SpokenHint | undefined;
  readonly noticeUntilMs: number;
  readonly page: Page;
  readonly settings: ScreenSettings;
  readonly chosenLanguage: { readonly locale: Locale; readonly untilMs: number } | undefined;
  readonly enrolment: Enrolment | undefined;
}

export const NO_CAMERA_YET: CameraReport = {
  status: 'starting',
  label: undefined,
  deviceId: undefined,
  devices: [],
  stream: undefined,
};

export function kioskModel(atMs: number, settings: ScreenSettings): KioskModel {
  return {
    nowMs: atMs,
    link: 'connecting',
    engine: undefined,
    camera: NO_CAMERA_YET,
    faces: [],
    facesAtMs: 0,
    motionAtMs: atMs,
    touchedAtMs: atMs,
    greetings: [],
    plateDismissedMs: 0,
    asks: [],
    hint: undefined,
    noticeUntilMs: 0,
    page: 'door',
    settings,
    chosenLanguage: undefined,
    enrolment: undefined,
  };
}
