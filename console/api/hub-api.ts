import { z } from 'zod';
import type { HubFailure } from '#console/api/failure';
import type { RestClient } from '#console/api/rest-client';
import { joinInstructions } from '#contracts/rest/v1/join';
import type { NewPerson, Person, PersonChange } from '#contracts/rest/v1/people';
import { people, person } from '#contracts/rest/v1/people';
import { punches } from '#contracts/rest/v1/punches';
import { session } from '#contracts/rest/v1/session';
import { type Site, site, terminals } from '#contracts/rest/v1/terminals';
import type { Result } from '#domain/result';

export type Answer<T> = Promise<Result<T, HubFailure>>;

/** A day of a busy site; the page says so when there is more. The hub's own limit. */
const PUNCHES_SHOWN_MAX = 1000;

/** The hub's own limit; the search box finds whoever is beyond it. */
const PEOPLE_SHOWN_MAX = 1000;

const nothing = z.unknown();

/** Every question the console asks, in one place: the paths of the hub's REST interface. */
export function hubApi(client: RestClient) {
  const { ask } = client;
  return {
    session: () => ask({ method: 'GET', path: '/api/v1/session', answer: session }),
    signIn: (name: string, password: string) =>
      ask({ method: 'POST', path: '/api/v1/session', body: { name, password }, answer: session }),
    signOut: () => ask({ method: 'DELETE', path: '/api/v1/session', answer: nothing }),
    changePassword: (current: string, next: string) =>
      ask({
        method: 'POST',
        path: '/api/v1/session/password',
        body: { current, next },
        answer: session,
      }),
    punches: (date: string | undefined) => {
      const day = date === undefined ? '' : `date=${date}&`;
      const path = `/api/v1/punches?${day}limit=${PUNCHES_SHOWN_MAX}`;
      return ask({ method: 'GET', path, answer: punches });
    },
    people: (query: string) => {
      const search = new URLSearchParams({ query, limit: String(PEOPLE_SHOWN_MAX) });
      return ask({ method: 'GET', path: `/api/v1/people?${search}`, answer: people });
    },
    addPerson: (body: NewPerson) =>
      ask({ method: 'POST', path: '/api/v1/people', body, answer: person }),
    changePerson: (id: Person['personId'], body: PersonChange) =>
      ask({ method: 'PATCH', path: `/api/v1/people/${id}`, body, answer: person }),
    eraseFaces: (id: Person['personId']) =>
      ask({ method: 'DELETE', path: `/api/v1/people/${id}/templates`, answer: nothing }),
    terminals: () => ask({ method: 'GET', path: '/api/v1/terminals', answer: terminals }),
    join: () => ask({ method: 'GET', path: '/api/v1/join', answer: joinInstructions }),
    site: () => ask({ method: 'GET', path: '/api/v1/site', answer: site }),
    changeSite: (body: Pick<Site, 'name' | 'zone'>) =>
      ask({ method: 'PATCH', path: '/api/v1/site', body, answer: site }),
  };
}
export type HubApi = ReturnType<typeof hubApi>;
