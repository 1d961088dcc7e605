import type { AnswerDay } from '#contracts/attendance/answer-contract';
import { numberOf } from '#contracts/wecom/group-id';
import { groupOf, type WecomGroups, type WecomPerson } from '#contracts/wecom/person';
import type { CheckinDataRequest } from '#contracts/wecom/request';

const MS = 1000;

/** What the store knows of a punch beside the day it was counted in. */
export interface WecomPunch {
  readonly id: string;
  readonly personId: string;
  readonly punchedAtMs: number;
  readonly receivedAtMs: number;
  readonly direction: string | null;
  readonly terminalId: string;
  readonly terminalName: string;
  readonly siteName: string;
  readonly wifi: { readonly ssid?: string | undefined; readonly bssid?: string | undefined };
}

/** One line of getcheckindata, with WeCom's spellings and in its Chinese. */
export interface CheckinRecord {
  readonly userid: string;
  readonly groupname: string;
  readonly checkin_type: '上班打卡' | '下班打卡' | '外出打卡';
  /** Several joined by `;`; empty when nothing is wrong. */
  readonly exception_type: string;
  readonly checkin_time: number;
  readonly location_title: string;
  readonly location_detail: string;
  readonly wifiname: string;
  readonly notes: string;
  readonly wifimac: string;
  readonly mediaids: readonly string[];
  readonly deviceid: string;
  readonly sch_checkin_time: number;
  readonly groupid: number;
  readonly schedule_id: number;
  readonly timeline_id: number;
}

interface Kept {
  readonly day: AnswerDay;
  readonly person: WecomPerson;
  readonly groups: WecomGroups;
}

type Duty = AnswerDay['duties'][number];
type CountedPunch = AnswerDay['punches'][number];

/**
 * A day's punches, and a line 未打卡 at the scheduled time for each duty that nobody punched for, as
 * WeCom has them. Status is the raw one: calibration shows in the day report only.
 *
 * @param punches by id; those that are missing are left out, for they lie outside of what was asked
 */
export function checkinRecords(
  kept: Kept,
  punches: ReadonlyMap<string, WecomPunch>,
): CheckinRecord[] {
  const { duties } = kept.day;
  const made = kept.day.punches.flatMap((counted) => {
    const punch = punches.get(counted.id);
    if (punch === undefined || counted.lapse === 'voided') return [];
    return [recordOf(kept, counted, punch)];
  });
  const unmade = duties.filter(isUnpunched).map((duty) => unpunched(kept, duty));
  return [...made, ...unmade].toSorted((one, other) => one.checkin_time - other.checkin_time);
}

/**
 * By when it happened and nothing else. In WeCom a punch at 00:35 on the first of a month, of a shift
 * of the evening before, is in the answer for neither month (WxJava#3046); here it is in the second.
 */
export function isAsked(record: CheckinRecord, request: CheckinDataRequest): boolean {
  const { starttime, endtime, opencheckindatatype } = request;
  if (record.checkin_time < starttime || record.checkin_time > endtime) return false;
  const wanted = record.checkin_type === '外出打卡' ? 2 : 1;
  return opencheckindatatype === 3 || opencheckindatatype === wanted;
}

function recordOf(kept: Kept, counted: CountedPunch, punch: WecomPunch): CheckinRecord {
  const duty = kept.day.duties.find(({ punchId }) => punchId === counted.id);
  return {
    ...commonOf(kept, duty),
    checkin_type: typeOf(counted, punch),
    exception_type: exceptionsOf(counted, duty).join(';'),
    checkin_time: Math.floor(punch.punchedAtMs / MS),
    location_title: punch.siteName,
    location_detail: punch.terminalName,
    wifiname: punch.wifi.ssid ?? '',
    wifimac: punch.wifi.bssid ?? '',
    deviceid: punch.terminalId,
  };
}

function unpunched(kept: Kept, duty: Duty): CheckinRecord {
  return {
    ...commonOf(kept, duty),
    checkin_type: duty.kind === 'on' ? '上班打卡' : '下班打卡',
    exception_type: '未打卡',
    checkin_time: secondsOf(duty.scheduledAt),
    location_title: '',
    location_detail: '',
    wifiname: '',
    wifimac: '',
    deviceid: '',
  };
}

function commonOf({ day, person, groups }: Kept, duty: Duty | undefined) {
  return {
    userid: person.employeeNo,
    ...groupOf(day.rule, groups),
    notes: '',
    mediaids: [],
    sch_checkin_time: duty === undefined ? 0 : secondsOf(duty.scheduledAt),
    schedule_id: day.shift === null ? 0 : numberOf(day.shift),
    timeline_id: duty?.section ?? 0,
  };
}

/** A punch that fills no duty is what the person at the door said it was; coming, if they said nothing. */
function typeOf(counted: CountedPunch, punch: WecomPunch): CheckinRecord['checkin_type'] {
  if (counted.flags.includes('field')) return '外出打卡';
  if (counted.duty !== null) return counted.duty.kind === 'on' ? '上班打卡' : '下班打卡';
  return punch.direction === 'out' ? '下班打卡' : '上班打卡';
}

const UNTIMELY = new Set(['late', 'seriousLate', 'early']);

function exceptionsOf({ flags }: CountedPunch, duty: Duty | undefined): string[] {
  return [
    ...(duty !== undefined && UNTIMELY.has(duty.raw.status) ? ['时间异常'] : []),
    ...(flags.includes('outside') || flags.includes('impossibleTravel') ? ['地点异常'] : []),
    ...(flags.includes('method') || flags.includes('clock') ? ['非常用设备'] : []),
  ];
}

function isUnpunched({ punchId, raw }: Duty): boolean {
  return punchId === null && (raw.status === 'missing' || raw.status === 'absent');
}

function secondsOf(instant: string): number {
  return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / MS);
}

/** One line of get_hardware_checkin_data: what devices saw, whatever the rules make of it. */
export function hardwareRecord(person: WecomPerson, punch: WecomPunch) {
  return {
    userid: person.employeeNo,
    checkin_time: Math.floor(punch.punchedAtMs / MS),
    device_sn: punch.terminalId,
    device_name: punch.terminalName,
  };
}
