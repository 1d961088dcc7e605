import type { CleanPunch, Punch } from '#domain/attendance/punch/punch';

/** A face somewhere, at some time, about which nothing else is known. */
export const PUNCH: Punch = {
  id: 'p',
  at: 0,
  method: 'face',
  direction: null,
  terminalId: null,
  siteId: null,
  position: null,
  bssid: null,
  liveness: null,
  clock: 'synced',
  uncertaintySeconds: 0,
  voided: false,
  eventId: null,
};

/** A punch that counts, with whatever a test wants to know of it. */
export function cleanPunch(at: number, more: Partial<Punch> = {}): CleanPunch {
  return {
    punch: { ...PUNCH, id: `p${at}`, at, ...more },
    at,
    lapse: null,
    duplicateOf: null,
    flags: [],
    distanceMeters: null,
    correction: null,
  };
}
