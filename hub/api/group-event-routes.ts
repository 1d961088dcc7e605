import { groupEventRoutes } from '#contracts/rest/v1/group-events';
import { actorName } from '#hub/api/actor-name';
import { ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import type { EventDesk, EventFailure } from '#hub/attendance/event-desk';
import type { EventReader } from '#hub/attendance/event-reader';
import type { StoredEvent } from '#hub/storage/group-event-repository';

export interface GroupEventDeps {
  readonly eventDesk: EventDesk;
  readonly eventReader: EventReader;
}

export function serveGroupEvents(
  book: RouteBook,
  { eventDesk, eventReader }: GroupEventDeps,
): void {
  const versioned = async (event: StoredEvent) => {
    const body = await eventReader.answer(event);
    return { body, version: String(body.version) };
  };

  book.serve(groupEventRoutes, {
    listEvents: async ({ reach, page: { limit, after } }) => {
      const { events, next } = await eventReader.list({ limit, after, reach });
      return { body: { events }, next };
    },
    addEvent: async ({ body, actor, reach }) => {
      const added = await eventDesk.add(body, { by: actorName(actor), reach });
      if (!added.ok) throw problemOf(added.failure);
      return { body: await eventReader.answer(added.value) };
    },
    event: async ({ params: { eventId }, reach, refuse }) => {
      const body = await eventReader.event(eventId, reach);
      if (body === undefined) throw refuse('absent');
      return { body, version: String(body.version) };
    },
    changeEvent: async ({ params: { eventId }, body, actor, reach, isExpected }) => {
      const by = actorName(actor);
      const changed = await eventDesk.change(eventId, body, { by, reach, isExpected });
      if (changed.ok) return await versioned(changed.value);
      throw problemOf(changed.failure);
    },
    closeEvent: async ({ params: { eventId }, actor, reach, isExpected }) => {
      const closed = await eventDesk.close(eventId, { by: actorName(actor), reach, isExpected });
      if (closed.ok) return await versioned(closed.value);
      throw problemOf(closed.failure);
    },
    eventAttendance: async ({ params: { eventId }, reach, refuse }) => {
      const body = await eventReader.attendance(eventId, reach);
      if (body === undefined) throw refuse('absent');
      return { body };
    },
  });
}

function problemOf(failure: EventFailure): ProblemError {
  if (!('refusals' in failure)) return new ProblemError(failure.kind);
  const errors = failure.refusals.map(({ path, ...reason }) => ({ path, reason }));
  return new ProblemError(failure.kind === 'refused' ? 'invalid' : 'conflict', { errors });
}
