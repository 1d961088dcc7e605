import type { DocumentText } from '#contracts/attendance/document-shape';
import { personOf } from '#contracts/attendance/person-mapper';
import { ruleOf, specialDayOf, USUAL_MARGINS } from '#contracts/attendance/rule-mapper';
import { epochOf } from '#contracts/attendance/time-text';
import { type Calendar, NO_CALENDAR } from '#domain/attendance/calendar/calendar';
import type { GroupEvent } from '#domain/attendance/event/event';
import type { Person, World } from '#domain/attendance/person';
import type { Site } from '#domain/attendance/punch/punch';
import { type DayNumber, dayNumberOf } from '#domain/attendance/time/day-number';
import { type ZoneClock, zoneClocks } from '#domain/attendance/time/zone-clock';

/** A checked document in the words of the domain. */
export interface Question {
  readonly world: World;
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly events: readonly GroupEvent[];
  /** People one by one, so that ten thousand timelines need not exist at once. */
  readonly people: readonly (() => Person)[];
}

export function questionOf(document: DocumentText): Question {
  const clockOf = zoneClocks();
  const clock = clockOf(document.zone);
  const rules = document.rules ?? (document.rule === undefined ? [] : [document.rule]);
  const { punches, approvals, roster, specialDays, overrides } = document;
  const solo = { id: 'person', punches, approvals, roster, specialDays, overrides };
  return {
    world: {
      zone: document.zone,
      clockOf,
      rules: rules.map((rule) => ruleOf(rule, document.zone)),
      calendar: calendarOf(document),
      companyDays: document.companyDays.map((day) => specialDayOf(day, USUAL_MARGINS)),
      sites: sitesOf(document),
      progress: {
        asOf: document.asOf === undefined ? null : epochOf(document.asOf, clock),
        watermarks: document.watermarks.map(({ through }) => epochOf(through, clock)),
        lockedThrough:
          document.lockedThrough === undefined ? null : dayNumberOf(document.lockedThrough),
      },
    },
    from: dayNumberOf(document.period.from),
    to: dayNumberOf(document.period.to),
    events: document.events.map((event) => eventOf(event, clock)),
    people: (document.people ?? [solo]).map((person) => () => personOf(person, clock)),
  };
}

/** A calendar as the domain reads it; a document without one follows weekdays, which is no guess. */
export function calendarOf({ calendar }: Pick<DocumentText, 'calendar'>): Calendar {
  if (calendar === undefined) return NO_CALENDAR;
  return {
    publishedYears: new Set(calendar.publishedYears),
    days: new Map(
      calendar.days.map((day) => {
        const date = dayNumberOf(day.date);
        const statutory = day.kind === 'holiday' && day.statutory !== false;
        return [date, { date, kind: day.kind, statutory, name: day.name }];
      }),
    ),
  };
}

function sitesOf({ sites }: DocumentText): ReadonlyMap<string, Site> {
  return new Map(
    sites.map((site) => [
      site.id,
      {
        id: site.id,
        position: site.position ?? null,
        radiusMeters: site.radiusMeters,
        bssids: new Set(site.bssids),
      },
    ]),
  );
}

function eventOf(event: DocumentText['events'][number], clock: ZoneClock): GroupEvent {
  return {
    id: event.id,
    from: epochOf(event.from, clock),
    to: epochOf(event.to, clock),
    lateAfter: event.lateAfter === undefined ? null : epochOf(event.lateAfter, clock),
    siteIds: new Set(event.sites),
    position: event.position ?? null,
    radiusMeters: event.radiusMeters,
    methods: new Set(event.methods),
    roster: event.roster,
  };
}
