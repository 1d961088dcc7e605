import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newPerson, peopleQuery, personChange } from '#contracts/rest/v1/people';
import { personId } from '#contracts/wire/v1/ids';
import type { Result } from '#domain/result';
import { ProblemError, parsed } from '#hub/api/problem';
import { EMPLOYEE_NO_TAKEN } from '#hub/api/problem-texts';
import type { PeopleDesk, PersonFailure } from '#hub/people/people-desk';
import type { PersonRepository } from '#hub/storage/person-repository';

const PATH = '/api/v1/people';
const idOnly = z.strictObject({ id: personId });

export function peopleRoutes(
  app: FastifyInstance,
  people: PersonRepository,
  desk: PeopleDesk,
): void {
  app.get(PATH, (request) => people.list(parsed(peopleQuery, request.query)));

  app.post(PATH, async (request, reply) => {
    const added = accepted(await desk.add(parsed(newPerson, request.body)));
    return reply.code(201).send(added);
  });

  app.patch(`${PATH}/:id`, async (request) =>
    accepted(await desk.change(idOf(request), parsed(personChange, request.body))),
  );

  app.delete(`${PATH}/:id/templates`, async (request) =>
    accepted(await desk.eraseTemplates(idOf(request))),
  );
}

/** An id that is none names nobody. */
function idOf(request: FastifyRequest): string {
  const params = idOnly.safeParse(request.params);
  if (!params.success) throw new ProblemError('absent');
  return params.data.id;
}

function accepted<T>(result: Result<T, PersonFailure>): T {
  if (result.ok) return result.value;
  if (result.failure === 'absent') throw new ProblemError('absent');
  throw new ProblemError('conflict', {
    errors: [{ path: 'employeeNo', reason: EMPLOYEE_NO_TAKEN }],
  });
}
