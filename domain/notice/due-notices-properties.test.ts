/**
 * Goal: what must hold of every notice, on the days on which clocks change too.
 * Method: arbitrary people, quiet times and moments of three days in four zones.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueNotices } from '#domain/notice/due-notices';
import type { NoticeFacts } from '#domain/notice/notice-facts';
import { NOTICE_TIMING } from '#domain/notice/notice-timing';
import { isQuiet } from '#domain/notice/quiet-time';
import { at, duty, FORM, LEAVING, missing, receiver, TROUBLE } from '#tests/fixtures/notices';

describe('of all notices', () => {
  const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'];
  const DAYS = ['2026-01-05', '2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05'];

  const world = fc
    .record({
      zone: fc.constantFrom(...ZONES),
      day: fc.constantFrom(...DAYS),
      minute: fc.integer({ min: -60, max: 3 * 24 * 60 }),
      from: fc.integer({ min: 0, max: 23 }),
      to: fc.integer({ min: 0, max: 23 }),
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
      remind: fc.constantFrom(0, 10, 60, null),
      makeupDays: fc.integer({ min: 0, max: 5 }),
      people: fc.subarray(['wang', 'li', 'zhang'], { minLength: 1 }),
    })
    .map((seed) => ({ ...seed, ...worldOf(seed) }));

  test('two runs tell nobody anything twice', () => {
    fc.assert(
      fc.property(world, fc.nat(600), ({ facts, run }, later) => {
        const first = dueNotices(facts, run);
        const sent = new Set(first.map(({ key }) => key));
        expect(sent.size).toBe(first.length);
        const now = run.now.add({ minutes: later });
        const second = dueNotices(facts, { ...run, now, sent });
        expect(second.filter(({ key }) => sent.has(key))).toEqual([]);
        expect(dueNotices(facts, { ...run, sent })).toEqual([]);
      }),
    );
  });

  test('the order of facts and of people changes nothing', () => {
    fc.assert(
      fc.property(world, ({ facts, run }) => {
        const reversed = Object.fromEntries(
          Object.entries(facts).map(([name, list]) => [name, list.toReversed()]),
        ) as unknown as NoticeFacts;
        const other = { ...run, receivers: run.receivers.toReversed() };
        expect(dueNotices(reversed, other)).toEqual(dueNotices(facts, run));
      }),
    );
  });

  test('none may be sent in quiet time, however long its sender takes', () => {
    fc.assert(
      fc.property(world, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (seen, part) => {
        const { facts, run } = seen;
        for (const notice of dueNotices(facts, run)) {
          const span = notice.notBefore.until(notice.notAfter).total('milliseconds');
          expect(span).toBeGreaterThan(0);
          const when = notice.notBefore.add({ milliseconds: Math.floor(span * part) });
          const quiet = run.receivers.find((one) => one.receiverId === notice.receiverId)?.quiet;
          expect(quiet === undefined || isQuiet(when, quiet)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function worldOf(seed: {
  readonly zone: string;
  readonly day: string;
  readonly minute: number;
  readonly from: number;
  readonly to: number;
  readonly weekdays: readonly number[];
  readonly remind: number | null;
  readonly makeupDays: number;
  readonly people: readonly string[];
}) {
  const date = Temporal.PlainDate.from(seed.day);
  const on = (wall: string): Temporal.Instant => at(`${seed.day}T${wall}`, seed.zone);
  const makeupUntil = on('18:00').add({ hours: 24 * seed.makeupDays });
  const facts: NoticeFacts = {
    duties: seed.people.flatMap((personId) => [
      { ...duty(), personId, date, dueAt: on('09:00'), remindMinutes: seed.remind },
      { ...LEAVING, personId, date, dueAt: on('18:00'), closesAt: on('23:30') },
    ]),
    missingPunches: seed.people.map((personId) => ({
      ...missing(),
      personId,
      date,
      makeupUntil,
    })),
    waitingForms: [{ ...FORM, approverIds: seed.people, since: on('01:30') }],
    openExceptions: [{ kind: 'late', managerIds: seed.people }],
    terminalTroubles: [{ ...TROUBLE, since: on('02:30'), watcherIds: seed.people }],
    disabledWebhooks: [],
  };
  const quiet = {
    zone: seed.zone,
    hours: {
      from: Temporal.PlainTime.from({ hour: seed.from }),
      to: Temporal.PlainTime.from({ hour: seed.to }),
    },
    weekdays: seed.weekdays,
  };
  const run = {
    now: on('00:00').add({ minutes: seed.minute }),
    receivers: seed.people.map((receiverId) => receiver({ receiverId, quiet })),
    timing: NOTICE_TIMING,
    sent: new Set<string>(),
  };
  return { facts, run };
}
