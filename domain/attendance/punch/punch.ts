import type { PunchMethod } from '#domain/attendance/rule/rule';

/** How far the time of a punch may be believed; `lost` ones wait until somebody places them. */
export type ClockTrust = 'synced' | 'estimated' | 'lost';

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** A punch as it reached us, its time already corrected for the drift of the terminal's clock. */
export interface Punch {
  readonly id: string;
  /** Epoch second. */
  readonly at: number;
  readonly method: PunchMethod;
  /** The person's own word at the kiosk; without it matching decides. */
  readonly direction: 'in' | 'out' | null;
  readonly terminalId: string | null;
  readonly siteId: string | null;
  readonly position: Position | null;
  readonly bssid: string | null;
  /** Passive liveness of a face, 0…1. */
  readonly liveness: number | null;
  readonly clock: ClockTrust;
  readonly uncertaintySeconds: number;
  /** Withdrawn by "not me". */
  readonly voided: boolean;
  readonly eventId: string | null;
}

/** A place where terminals stand. */
export interface Site {
  readonly id: string;
  readonly position: Position | null;
  readonly radiusMeters: number;
  readonly bssids: ReadonlySet<string>;
}

/** What is odd about a punch that counts nevertheless. */
export type PunchFlag = 'outside' | 'method' | 'clock' | 'impossibleTravel' | 'field';

/** Why a punch does not count. Nothing is ever deleted: it is listed with the reason. */
export type PunchLapse =
  | 'duplicate'
  | 'voided'
  | 'timeUnknown'
  | 'refusedPlace'
  | 'refusedMethod'
  | 'fieldNotCounted';

/** A punch after cleaning. */
export interface CleanPunch {
  readonly punch: Punch;
  readonly at: number;
  readonly lapse: PunchLapse | null;
  /** The kept punch that a duplicate repeats. */
  readonly duplicateOf: string | null;
  readonly flags: readonly PunchFlag[];
  /** To the nearest site of the rule, where both positions are known. */
  readonly distanceMeters: number | null;
  /** The duty an approved make-up is bound to; null for a punch somebody gave. */
  readonly correction: Correction | null;
}

export interface Correction {
  readonly approvalId: string;
  readonly date: number;
  readonly section: number;
  readonly kind: 'on' | 'off';
}
