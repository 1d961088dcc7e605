import { describe, expect, test } from 'vitest';
import { type CheckinRecord, isAsked } from '#contracts/wecom/checkin-data';
import { checkinDataRequest } from '#contracts/wecom/request';

const ZONE = 'Asia/Shanghai';

function secondsAt(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).epochMilliseconds / 1000;
}

function recordAt(text: string, type: CheckinRecord['checkin_type'] = '下班打卡'): CheckinRecord {
  return {
    userid: 'james',
    groupname: '',
    checkin_type: type,
    exception_type: '',
    checkin_time: secondsAt(text),
    location_title: '',
    location_detail: '',
    wifiname: '',
    notes: '',
    wifimac: '',
    mediaids: [],
    deviceid: '',
    sch_checkin_time: secondsAt('2026-06-01T00:30'),
    groupid: 1,
    schedule_id: 0,
    timeline_id: 1,
  };
}

function asked(from: string, to: string, type = 3) {
  return checkinDataRequest.parse({
    opencheckindatatype: type,
    starttime: secondsAt(from),
    endtime: secondsAt(to),
    useridlist: ['james'],
  });
}

const MAY = asked('2026-05-31T00:00', '2026-05-31T23:59:59');
const JUNE = asked('2026-06-01T00:00', '2026-06-01T23:59:59');

describe('isAsked', () => {
  test('a punch after midnight at the end of a month is told once, with the day it happened on', () => {
    const night = recordAt('2026-06-01T00:35');
    expect([MAY, JUNE].map((request) => isAsked(night, request))).toEqual([false, true]);
  });

  test.each([
    ['2026-05-31T00:00', true, 'the first second belongs to it'],
    ['2026-05-31T23:59:59', true, 'so does the last'],
    ['2026-05-30T23:59:59', false, 'one before does not'],
  ])('at %s: %s, for %s', (at, expected) => {
    expect(isAsked(recordAt(at), MAY)).toBe(expected);
  });

  test.each([
    [1, '上班打卡', true],
    [1, '外出打卡', false],
    [2, '上班打卡', false],
    [2, '外出打卡', true],
    [3, '外出打卡', true],
  ] as const)('type %i and %s: %s', (type, record, expected) => {
    const request = asked('2026-05-31T00:00', '2026-05-31T23:59:59', type);
    expect(isAsked(recordAt('2026-05-31T09:00', record), request)).toBe(expected);
  });
});
