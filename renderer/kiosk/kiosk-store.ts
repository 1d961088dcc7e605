import type { FaceHint, Greeting, KioskState, SeenFace } from '#contracts/ipc/kiosk-ipc';
import type { Locale } from '#contracts/wire/v1/ids';
import type { CameraReport } from '#renderer/camera/camera-source';
import { type EnrolmentAction, foldEnrolment } from '#renderer/enrolment/enrolment-model';
import {
  ASK_MS_MAX,
  CROWD_MS,
  FACES_STALE_MS,
  GREETING_MS,
  GREETINGS_KEPT_MAX,
  type KioskModel,
  LANGUAGE_MS,
  NOTICE_MS,
  type OpenAsk,
  PAGE_IDLE_MS,
  type Page,
  type ShownGreeting,
  VOID_OFFER_MS_MAX,
} from '#renderer/kiosk/kiosk-model';
import type { ScreenSettings } from '#renderer/settings/settings';

export type KioskAction =
  | { readonly kind: 'tick' }
  | { readonly kind: 'link'; readonly link: KioskModel['link'] }
  | { readonly kind: 'engine'; readonly state: KioskState }
  | { readonly kind: 'camera'; readonly report: CameraReport }
  | { readonly kind: 'faces'; readonly faces: readonly SeenFace[] }
  | { readonly kind: 'greeting'; readonly greeting: Greeting }
  | { readonly kind: 'ask'; readonly ask: AskedByEngine }
  | { readonly kind: 'hint'; readonly hint: FaceHint | null; readonly otherWays: boolean }
  | { readonly kind: 'asked'; readonly askId: string }
  | { readonly kind: 'voided'; readonly punchSeq: number }
  | { readonly kind: 'void-refused'; readonly punchSeq: number }
  | { readonly kind: 'touched' }
  | { readonly kind: 'plate-dismissed' }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'language'; readonly locale: Locale }
  | { readonly kind: 'settings'; readonly settings: ScreenSettings }
  | { readonly kind: 'enrolment'; readonly action: EnrolmentAction };

export interface AskedByEngine {
  readonly askId: string;
  readonly trackId: number;
  readonly maskedName: string;
  readonly locale: Locale;
  readonly expiresAt: string;
}

/**
 * Folds one thing that happened into what the screen shows.
 *
 * Pure: time comes in as `atMs`, and every time-out is a comparison with it, so that a `tick` is all
 * it takes to make things end.
 */
export function foldKiosk(before: KioskModel, action: KioskAction, atMs: number): KioskModel {
  return expire(applied({ ...before, nowMs: atMs }, action));
}

function applied(model: KioskModel, action: KioskAction): KioskModel {
  switch (action.kind) {
    case 'tick':
      return model;
    case 'link':
      return linked(model, action.link);
    case 'engine':
      return { ...model, engine: action.state };
    case 'camera':
      return { ...model, camera: action.report };
    case 'faces':
      return seen(model, action.faces);
    case 'greeting':
      return greeted(model, action.greeting);
    case 'ask':
      return questioned(model, action.ask);
    case 'asked':
      return { ...model, asks: model.asks.filter((ask) => ask.askId !== action.askId) };
    case 'hint':
      return hinted(model, action.hint, action.otherWays);
    case 'touched':
    case 'voided':
    case 'void-refused':
    case 'plate-dismissed':
    case 'page':
    case 'language':
    case 'settings':
    case 'enrolment':
      return touchedBy(model, action);
  }
}

type TouchAction = Exclude<
  KioskAction,
  { kind: 'tick' | 'link' | 'engine' | 'camera' | 'faces' | 'greeting' | 'ask' | 'asked' | 'hint' }
>;

function touchedBy(model: KioskModel, action: TouchAction): KioskModel {
  switch (action.kind) {
    case 'touched':
      return touched(model);
    case 'voided':
      return { ...withoutGreeting(model, action.punchSeq), noticeUntilMs: model.nowMs + NOTICE_MS };
    case 'void-refused':
      return withoutOffer(model, action.punchSeq);
    case 'plate-dismissed':
      return { ...touched(model), plateDismissedMs: model.nowMs };
    case 'page':
      return { ...touched(model), page: action.page, noticeUntilMs: 0 };
    case 'language':
      return chooseLanguage(touched(model), action.locale);
    case 'settings':
      return { ...touched(model), settings: action.settings, chosenLanguage: undefined };
    case 'enrolment':
      return enrolled(model, action.action);
  }
}

/** Away: nothing the old engine said is true any more, but punches already greeted were saved. */
function linked(model: KioskModel, link: KioskModel['link']): KioskModel {
  if (link === 'up' || link === 'connecting') return { ...model, link };
  const page = model.page === 'about' ? 'about' : 'door';
  return { ...model, link, page, faces: [], asks: [], hint: undefined, enrolment: undefined };
}

function seen(model: KioskModel, faces: readonly SeenFace[]): KioskModel {
  const motionAtMs = faces.length > 0 ? model.nowMs : model.motionAtMs;
  const hint = faces.length > 0 ? model.hint : undefined;
  return { ...model, faces, facesAtMs: model.nowMs, motionAtMs, hint };
}

/** The answer of a PIN call and the event may both tell of one punch: it is greeted once. */
function greeted(model: KioskModel, greeting: Greeting): KioskModel {
  const isKnown = model.greetings.some(
    (shown) =>
      shown.greeting.punchSeq === greeting.punchSeq &&
      shown.greeting.kind === greeting.kind &&
      model.nowMs - shown.sinceMs < GREETING_MS,
  );
  if (isKnown) return model;
  const shown: ShownGreeting = {
    greeting,
    sinceMs: model.nowMs,
    voidUntilMs: clampedUntil(model.nowMs, greeting.voidUntil, VOID_OFFER_MS_MAX),
  };
  return {
    ...model,
    greetings: [...model.greetings, shown].slice(-GREETINGS_KEPT_MAX),
    asks: model.asks.filter((ask) => ask.trackId !== greeting.trackId),
    hint: undefined,
    noticeUntilMs: 0,
    motionAtMs: model.nowMs,
    page: model.page === 'pin' ? 'door' : model.page,
  };
}

/** Told twice, asked once. */
function questioned(model: KioskModel, ask: AskedByEngine): KioskModel {
  if (model.asks.some((open) => open.askId === ask.askId)) return model;
  return { ...model, asks: [...model.asks, openAsk(model.nowMs, ask)] };
}

function openAsk(atMs: number, asked: AskedByEngine): OpenAsk {
  const { expiresAt, ...ask } = asked;
  return { ...ask, sinceMs: atMs, untilMs: clampedUntil(atMs, expiresAt, ASK_MS_MAX) ?? atMs };
}

function clampedUntil(atMs: number, until: string | undefined, longestMs: number) {
  if (until === undefined) return undefined;
  return Math.min(Temporal.Instant.from(until).epochMilliseconds, atMs + longestMs);
}

function hinted(model: KioskModel, hint: FaceHint | null, otherWays: boolean): KioskModel {
  const isSilent = hint === null && !otherWays;
  return { ...model, hint: isSilent ? undefined : { hint: hint ?? undefined, otherWays } };
}

function withoutGreeting(model: KioskModel, punchSeq: number): KioskModel {
  const greetings = model.greetings.filter((shown) => shown.greeting.punchSeq !== punchSeq);
  return { ...touched(model), greetings };
}

function withoutOffer(model: KioskModel, punchSeq: number): KioskModel {
  const greetings = model.greetings.map((shown) =>
    shown.greeting.punchSeq === punchSeq ? { ...shown, voidUntilMs: undefined } : shown,
  );
  return { ...touched(model), greetings };
}

function touched(model: KioskModel): KioskModel {
  const chosen = model.chosenLanguage;
  return {
    ...model,
    touchedAtMs: model.nowMs,
    motionAtMs: model.nowMs,
    chosenLanguage: chosen && { ...chosen, untilMs: model.nowMs + LANGUAGE_MS },
  };
}

function chooseLanguage(model: KioskModel, locale: Locale): KioskModel {
  if (locale === model.settings.language) return { ...model, chosenLanguage: undefined };
  return { ...model, chosenLanguage: { locale, untilMs: model.nowMs + LANGUAGE_MS } };
}

function enrolled(model: KioskModel, action: EnrolmentAction): KioskModel {
  const enrolment = foldEnrolment(model.enrolment, action);
  if (enrolment !== undefined)
    return { ...touchedUnless(model, action), page: 'enrolment', enrolment };
  const page = model.page === 'enrolment' ? 'door' : model.page;
  return { ...model, page, enrolment };
}

/** The engine's progress is no touch: a wizard left alone must lock itself. */
function touchedUnless(model: KioskModel, action: EnrolmentAction): KioskModel {
  return action.kind === 'progress' ? model : touched(model);
}

function expire(model: KioskModel): KioskModel {
  const { nowMs } = model;
  const isStale = nowMs - model.facesAtMs >= FACES_STALE_MS;
  const isLeft = nowMs - model.touchedAtMs >= PAGE_IDLE_MS && returnsByItself(model.page);
  return {
    ...model,
    faces: isStale && model.faces.length > 0 ? [] : model.faces,
    hint: isStale ? undefined : model.hint,
    greetings: kept(model.greetings, (shown) => nowMs - shown.sinceMs < CROWD_MS),
    asks: kept(model.asks, (ask) => nowMs < ask.untilMs),
    page: isLeft ? 'door' : model.page,
    chosenLanguage:
      model.chosenLanguage !== undefined && nowMs >= model.chosenLanguage.untilMs
        ? undefined
        : model.chosenLanguage,
  };
}

function returnsByItself(page: Page): boolean {
  return page === 'pin' || page === 'about' || page === 'manager-pin';
}

/** The same array when nothing left, so that nothing is drawn again for nothing. */
function kept<T>(list: readonly T[], stays: (item: T) => boolean): readonly T[] {
  return list.every(stays) ? list : list.filter(stays);
}

/** When the next thing ends by itself, so that one timer suffices; undefined when nothing will. */
export function nextDeadlineMs(model: KioskModel): number | undefined {
  const ends = [
    ...model.greetings.flatMap((shown) => [
      shown.sinceMs + GREETING_MS,
      shown.sinceMs + CROWD_MS,
      shown.voidUntilMs ?? 0,
    ]),
    ...model.asks.map((ask) => ask.untilMs),
    model.faces.length > 0 || model.hint !== undefined ? model.facesAtMs + FACES_STALE_MS : 0,
    model.noticeUntilMs,
    model.chosenLanguage?.untilMs ?? 0,
    returnsByItself(model.page) ? model.touchedAtMs + PAGE_IDLE_MS : 0,
  ].filter((endMs) => endMs > model.nowMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
