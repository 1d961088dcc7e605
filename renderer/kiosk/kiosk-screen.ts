import type { Locale } from '#contracts/wire/v1/ids';
import type { Enrolment } from '#renderer/enrolment/enrolment-model';
import {
  DIM_AFTER_MS,
  GREETING_MS,
  type KioskModel,
  type OpenAsk,
  type ShownGreeting,
  type SpokenHint,
} from '#renderer/kiosk/kiosk-model';

/** Which screen is up, with what it shows beyond the model. */
export type Screen =
  | { readonly kind: 'link'; readonly link: 'connecting' | 'away' | 'mismatch' | 'no-shell' }
  | { readonly kind: 'pin' }
  | { readonly kind: 'about' }
  | { readonly kind: 'manager-pin' }
  | { readonly kind: 'enrolment'; readonly enrolment: Enrolment }
  | { readonly kind: 'notice' }
  | { readonly kind: 'ask'; readonly ask: OpenAsk }
  | { readonly kind: 'plate'; readonly shown: ShownGreeting }
  | { readonly kind: 'repeat'; readonly shown: ShownGreeting }
  | { readonly kind: 'many'; readonly savedCount: number }
  | { readonly kind: 'unknown'; readonly hint: SpokenHint }
  | { readonly kind: 'track' }
  | { readonly kind: 'camera' }
  | { readonly kind: 'idle' };

/** One screen at a time: what was said to the person in front outranks what is generally so. */
export function screenOf(model: KioskModel): Screen {
  if (model.link !== 'up') {
    if (model.page === 'about') return { kind: 'about' };
    return { kind: 'link', link: model.link };
  }
  return pageOf(model) ?? spokenOf(model) ?? doorOf(model);
}

function pageOf(model: KioskModel): Screen | undefined {
  if (model.page === 'pin' || model.page === 'about' || model.page === 'manager-pin')
    return { kind: model.page };
  const { enrolment } = model;
  if (model.page !== 'enrolment' || enrolment === undefined || enrolment.paused) return undefined;
  return { kind: 'enrolment', enrolment };
}

function spokenOf(model: KioskModel): Screen | undefined {
  const ask = model.asks[0];
  if (ask !== undefined) return { kind: 'ask', ask };
  const shown = plateOf(model);
  if (shown !== undefined && model.faces.length < 2)
    return { kind: shown.greeting.kind === 'repeat' ? 'repeat' : 'plate', shown };
  if (model.nowMs < model.noticeUntilMs) return { kind: 'notice' };
  return undefined;
}

function doorOf(model: KioskModel): Screen {
  // A door that can save nothing must not pretend to look.
  if (alarmOf(model) === 'disk-full') return { kind: 'idle' };
  if (!cameraWorks(model)) return { kind: 'camera' };
  if (model.faces.length >= 2) return { kind: 'many', savedCount: savedCountOf(model) };
  if (model.hint !== undefined) return { kind: 'unknown', hint: model.hint };
  return { kind: model.faces.length === 0 ? 'idle' : 'track' };
}

/** The newest greeting, while it stays and nobody tapped it away. */
function plateOf(model: KioskModel): ShownGreeting | undefined {
  const shown = model.greetings.at(-1);
  if (shown === undefined || shown.sinceMs <= model.plateDismissedMs) return undefined;
  return model.nowMs - shown.sinceMs < GREETING_MS ? shown : undefined;
}

/** People, not punches: somebody who left and came back within seconds counts once. */
function savedCountOf(model: KioskModel): number {
  const saved = model.greetings.filter((shown) => shown.greeting.kind === 'saved');
  return new Set(saved.map((shown) => shown.greeting.punchSeq)).size;
}

/** Before the browser has answered there is nothing to complain about. */
export function cameraWorks(model: KioskModel): boolean {
  return model.camera.status === 'live' || model.camera.status === 'starting';
}

export type Alarm = 'engine-failed' | 'disk-full' | 'clock-lost' | 'disk-low';

/** The one thing that is wrong with this terminal and that people should know, worst first. */
export function alarmOf(model: KioskModel): Alarm | undefined {
  const { engine } = model;
  if (engine === undefined) return undefined;
  if (engine.disk === 'full') return 'disk-full';
  if (engine.engine === 'failed') return 'engine-failed';
  if (engine.clock === 'lost') return 'clock-lost';
  return engine.disk === 'low' ? 'disk-low' : undefined;
}

/** Greetings whose "Not me" can still be tapped, newest first. */
export function voidable(model: KioskModel): readonly ShownGreeting[] {
  return model.greetings
    .filter((shown) => shown.voidUntilMs !== undefined && model.nowMs < shown.voidUntilMs)
    .toReversed();
}

export function languageOf(model: KioskModel): Locale {
  return model.chosenLanguage?.locale ?? model.settings.language;
}

export function isDim(model: KioskModel): boolean {
  return model.nowMs - model.motionAtMs >= DIM_AFTER_MS;
}
