import type {
  ApprovalText,
  OverrideText,
  PersonText,
  PunchText,
} from '#contracts/attendance/person-contract';
import { specialDayOf, USUAL_MARGINS } from '#contracts/attendance/rule-mapper';
import { epochOf } from '#contracts/attendance/time-text';
import type { Approval, Extent } from '#domain/attendance/approval/approval';
import type { Override, Person } from '#domain/attendance/person';
import type { Punch } from '#domain/attendance/punch/punch';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { union } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** The domain's person of a checked text. */
export function personOf(text: PersonText, clock: ZoneClock): Person {
  return {
    member: {
      id: text.id,
      ruleId: text.rule ?? null,
      departments: text.departments ?? [],
      tags: text.tags ?? [],
    },
    activeFrom: text.activeFrom === undefined ? -Infinity : dayNumberOf(text.activeFrom),
    activeTo: text.activeTo === undefined ? Infinity : dayNumberOf(text.activeTo),
    breaks: (text.breaks ?? []).map(({ from, to }) => ({
      from: dayNumberOf(from),
      to: dayNumberOf(to),
    })),
    roster: new Map((text.roster ?? []).map((entry) => [dayNumberOf(entry.date), entry.shift])),
    specialDays: (text.specialDays ?? []).map((day) => specialDayOf(day, USUAL_MARGINS)),
    punches: (text.punches ?? []).map((punch) => punchOf(punch, clock)),
    approvals: (text.approvals ?? []).map((form, index) => approvalOf(form, index, clock)),
    overrides: new Map(
      (text.overrides ?? []).map((each) => [dayNumberOf(each.date), overrideOf(each, clock)]),
    ),
  };
}

/** A punch without an id is known by what it says, so that repeating it adds nothing. */
function punchOf(text: PunchText, clock: ZoneClock): Punch {
  const full = typeof text === 'string' ? { ...BARE, at: text } : text;
  const at = epochOf(full.at, clock);
  const said = [at, full.method, full.direction, full.terminal, full.site];
  return {
    id: full.id ?? said.map((part) => part ?? '').join('|'),
    at,
    method: full.method,
    direction: full.direction ?? null,
    terminalId: full.terminal ?? null,
    siteId: full.site ?? null,
    position: full.position ?? null,
    bssid: full.bssid ?? null,
    liveness: full.liveness ?? null,
    clock: full.clock,
    uncertaintySeconds: full.uncertaintySeconds,
    voided: full.voided,
    eventId: full.event ?? null,
  };
}

type FullPunch = Exclude<PunchText, string>;

/** What is taken of a punch that is only a time. */
const BARE: Omit<FullPunch, 'at'> = {
  method: 'face',
  clock: 'synced',
  uncertaintySeconds: 0,
  voided: false,
};

function approvalOf(text: ApprovalText, index: number, clock: ZoneClock): Approval {
  const form = { id: text.id ?? `${text.kind}-${index + 1}`, name: text.name, state: text.state };
  if (text.kind === 'makeup') {
    const date = dayNumberOf(text.date);
    return {
      ...form,
      kind: 'makeup',
      date,
      duty: text.duty,
      section: text.section - 1,
      at: epochOf(text.at, clock),
      submittedOn: text.submittedOn === undefined ? date : dayNumberOf(text.submittedOn),
      reason: text.reason,
    };
  }
  const extent = extentOf(text, clock);
  if (text.kind !== 'overtime') return { ...form, kind: text.kind, extent };
  return { ...form, kind: 'overtime', extent, compensation: text.compensation ?? null };
}

function extentOf(text: Exclude<ApprovalText, { kind: 'makeup' }>, clock: ZoneClock): Extent {
  if (text.from.includes('T')) {
    return { unit: 'time', from: epochOf(text.from, clock), to: epochOf(text.to, clock) };
  }
  return {
    unit: 'day',
    from: dayNumberOf(text.from),
    to: dayNumberOf(text.to),
    starts: text.fromHalf ?? 'am',
    ends: text.toHalf ?? 'pm',
  };
}

function overrideOf(text: OverrideText, clock: ZoneClock): Override {
  return {
    attendance: text.attendance,
    reason: text.reason,
    spans:
      text.spans === undefined
        ? null
        : union(
            text.spans.map((span) => ({
              from: epochOf(span.from, clock),
              to: epochOf(span.to, clock),
            })),
          ),
  };
}
