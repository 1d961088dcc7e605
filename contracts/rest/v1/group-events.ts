import { z } from 'zod';
import { attendanceAnswer } from '#contracts/attendance/answer-contract';
import { eventText } from '#contracts/attendance/document-shape';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';

const instant = z.iso.datetime({ offset: true });
const ROSTER_MAX = 2000; // a company meeting; its list is read person by person

/** An event as it is written: where, when, how, and who is expected. */
export const newGroupEvent = eventText
  .omit({ id: true })
  .extend({ roster: z.array(personId).max(ROSTER_MAX).default([]) })
  .meta({ id: 'newGroupEvent' });
export type NewGroupEvent = z.output<typeof newGroupEvent>;

/** An event as it stands; times with the offset of the site. */
export const groupEvent = newGroupEvent
  .extend({
    eventId: z.uuid(),
    version: z.int().min(1),
    state: z.enum(['open', 'closed']),
    from: instant,
    to: instant,
    lateAfter: instant.optional(),
  })
  .meta({ id: 'groupEvent' });
export type GroupEventAnswer = z.output<typeof groupEvent>;

/** The latest first. */
export const groupEvents = pageOf({ events: z.array(groupEvent) });

const count = z.int().min(0);

/** Who came: everybody on the roster in its order, then those who came without being asked. */
export const groupEventAttendance = z.strictObject({
  eventId: z.uuid(),
  /** The version it was read by. */
  version: z.int().min(1),
  /** The window is over and every terminal has reported: nobody else can have come. */
  settled: z.boolean(),
  counts: z.strictObject({ present: count, late: count, absent: count, uninvited: count }),
  list: attendanceAnswer.shape.events.element.shape.list,
  /** People beyond the longest list, who came without being asked. */
  leftOut: count,
});
export type GroupEventAttendance = z.output<typeof groupEventAttendance>;

const ofEvent = z.strictObject({ eventId: z.uuid() });
const change = { capability: 'rules', access: 'change' } as const;
const PATH = '/attendance/events';

export const groupEventRoutes = {
  listEvents: defineRoute({
    method: 'GET',
    path: PATH,
    authority: { capability: 'results', access: 'view' },
    summary: 'Group-punch events, the latest first.',
    paged: { key: z.tuple([z.int(), z.string()]), limitMax: 100, limitDefault: 50 },
    answers: { 200: groupEvents },
    errors: [],
  }),
  addEvent: defineRoute({
    method: 'POST',
    path: PATH,
    authority: change,
    summary: 'Announces an event; its id is given here.',
    audit: { action: 'group-event.announced', subject: 'eventId' },
    body: newGroupEvent,
    answers: { 201: groupEvent },
    errors: [],
    idempotency: 'key',
  }),
  event: defineRoute({
    method: 'GET',
    path: `${PATH}/:eventId`,
    authority: { capability: 'results', access: 'view' },
    summary: 'An event as it stands.',
    params: ofEvent,
    answers: { 200: groupEvent },
    errors: [],
    concurrency: 'etag',
  }),
  changeEvent: defineRoute({
    method: 'PUT',
    path: `${PATH}/:eventId`,
    authority: change,
    summary: 'Writes the next version of an event; those before are kept.',
    audit: { action: 'group-event.changed', subject: 'eventId' },
    params: ofEvent,
    body: newGroupEvent,
    answers: { 200: groupEvent },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  closeEvent: defineRoute({
    method: 'POST',
    path: `${PATH}/:eventId/close`,
    authority: change,
    summary: 'Closes an event: it is not changed any more. Punches that arrive late still count.',
    audit: { action: 'group-event.closed', subject: 'eventId' },
    params: ofEvent,
    answers: { 200: groupEvent },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  eventAttendance: defineRoute({
    method: 'GET',
    path: `${PATH}/:eventId/attendance`,
    authority: { capability: 'results', access: 'view' },
    summary: 'Who came to an event, read from the punches as they are known now.',
    params: ofEvent,
    answers: { 200: groupEventAttendance },
    errors: [],
    requestsPerMinute: 60,
  }),
} as const;
