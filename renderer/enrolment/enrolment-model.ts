import type { z } from 'zod';
import type { KioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { Locale } from '#contracts/wire/v1/ids';
import type { LinkFailure } from '#renderer/pipe/engine-client';

export type EnrolPerson = z.output<KioskIpc['calls']['enrol.people']['output']>['people'][number];
export type EnrolProgress = z.output<KioskIpc['events']['enrol.progress']>;
export type Pose = EnrolProgress['taken'][number];

/** Why a call of the wizard failed, as the person at the screen has to be told. */
export type EnrolFailure =
  | z.output<KioskIpc['calls']['enrol.begin']['failure']>
  | 'not-enrolling'
  | LinkFailure;

export interface Manager {
  readonly name: string;
  readonly locale: Locale;
  readonly lockAfterSeconds: number;
}

/** Where the wizard stands: before the engine takes over, while it captures, and what it refused. */
export interface Enrolment {
  readonly manager: Manager;
  readonly step: 'person' | 'settings' | 'consent' | 'engine' | 'declined';
  readonly person: EnrolPerson | undefined;
  /** What the engine last said; only in step `engine`. */
  readonly progress: EnrolProgress | undefined;
  /** "Let others check in": the door is shown, the wizard waits. */
  readonly paused: boolean;
  readonly failure: EnrolFailure | undefined;
}

export function enrolmentOf(manager: Manager): Enrolment {
  return {
    manager,
    step: 'person',
    person: undefined,
    progress: undefined,
    paused: false,
    failure: undefined,
  };
}

export type EnrolmentAction =
  | { readonly kind: 'unlocked'; readonly manager: Manager }
  | { readonly kind: 'locked' }
  | { readonly kind: 'person-chosen'; readonly person: EnrolPerson }
  | { readonly kind: 'settings-opened' }
  | { readonly kind: 'people-opened' }
  | { readonly kind: 'begun' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'progress'; readonly progress: EnrolProgress }
  | { readonly kind: 'paused'; readonly paused: boolean }
  | { readonly kind: 'failed'; readonly failure: EnrolFailure };

/** Folds what the manager taps and the engine says into the wizard. */
export function foldEnrolment(
  enrolment: Enrolment | undefined,
  action: EnrolmentAction,
): Enrolment | undefined {
  if (action.kind === 'unlocked') return enrolmentOf(action.manager);
  if (enrolment === undefined || action.kind === 'locked') return undefined;
  switch (action.kind) {
    case 'person-chosen':
      return { ...enrolmentOf(enrolment.manager), step: 'consent', person: action.person };
    case 'settings-opened':
      return { ...enrolmentOf(enrolment.manager), step: 'settings' };
    case 'people-opened':
      return enrolmentOf(enrolment.manager);
    case 'begun':
      return { ...enrolment, step: 'engine', progress: undefined, failure: undefined };
    case 'declined':
      return { ...enrolment, step: 'declined', failure: undefined };
    case 'progress':
      // Progress of an enrolment that was cancelled here may still be in the pipe.
      return enrolment.step === 'engine' ? { ...enrolment, progress: action.progress } : enrolment;
    case 'paused':
      return { ...enrolment, paused: action.paused };
    case 'failed':
      return { ...enrolment, failure: action.failure };
  }
}
