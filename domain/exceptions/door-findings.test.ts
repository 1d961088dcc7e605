import { describe, expect, test } from 'vitest';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { entryFinding, scoreFindings, strangerFindings } from '#domain/exceptions/door-findings';

const door = { terminalId: 't-1', siteId: 'hq', date: dayNumberOf('2026-03-02') };
const punch = {
  ...door,
  punchId: 'log:7',
  personId: 'wang',
  confidence: 0.5,
  margin: 0.2,
  liveness: 0.9,
};
const POLICY = { confidenceBelow: 0.45, marginBelow: 0.1, livenessBelow: 0.5 };

describe('a punch', () => {
  test.each([
    [{}, {}, undefined, 'well above every line'],
    [{ confidence: 0.44 }, {}, 'confidence', 'barely known'],
    [{ margin: 0.05 }, {}, 'margin', 'almost somebody else'],
    [{ liveness: 0.4 }, {}, 'liveness', 'perhaps a picture'],
    [{ confidence: 0.45 }, {}, undefined, 'on the line'],
    [{ confidence: 0.4, liveness: 0.1 }, {}, 'confidence', 'one finding for one punch'],
    [{ confidence: null }, {}, undefined, 'no face'],
    [{ confidence: 0.1 }, { confidenceBelow: null }, undefined, 'nobody asks'],
  ])('with %j under %j: %s, %s', (scores, lines, detail, _why) => {
    const [found] = scoreFindings({ ...punch, ...scores }, { ...POLICY, ...lines });
    expect(found?.detail ?? undefined).toBe(detail);
  });

  test('keeps its key and its person', () => {
    const [found] = scoreFindings({ ...punch, margin: 0 }, POLICY);
    expect(found).toMatchObject({
      key: 'punch|log:7|lowScore',
      personId: 'wang',
      punchId: 'log:7',
      terminalId: 't-1',
    });
  });
});

describe('a door', () => {
  test('tells of strangers once a date, from so many on', () => {
    expect(strangerFindings({ ...door, count: 9 }, 10)).toEqual([]);
    expect(strangerFindings({ ...door, count: 10 }, 10)).toMatchObject([
      { key: 'strangers|t-1|2026-03-02', kind: 'strangers', count: 10, personId: null },
    ]);
  });

  test.each([
    ['unknown-person', 'unknownPerson'],
    ['impossible-time', 'clock'],
    ['unreadable-body', 'entry'],
  ] as const)('tells of an entry it could not act on: %s is %s', (trouble, kind) => {
    expect(entryFinding({ ...door, logId: 'L', seq: 3, trouble })).toMatchObject({
      key: 'entry|L|3',
      kind,
      detail: trouble,
    });
  });
});
