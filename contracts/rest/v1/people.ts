import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { locale, personId } from '#contracts/wire/v1/ids';

const employeeNo = z
  .string()
  .trim()
  .regex(/^\w{1,20}$/, 'letters, digits and _ only, 1 to 20');
const pin = z.string().regex(/^\d{6,12}$/, '6 to 12 digits');

export const newPerson = z.strictObject({
  employeeNo,
  name: z.string().trim().min(1).max(80),
  greetingName: z.string().trim().min(1).max(40),
  locale,
  manager: z.boolean(),
  pin: pin.optional(),
});
export type NewPerson = z.output<typeof newPerson>;

/** Only what is to change. */
export const personChange = newPerson.partial();
export type PersonChange = z.output<typeof personChange>;

export const person = z
  .strictObject({
    personId,
    employeeNo: z.string(),
    name: z.string(),
    greetingName: z.string(),
    locale,
    manager: z.boolean(),
    hasPin: z.boolean(),
    /** Face templates held by the hub, over all models. */
    templates: z.int().min(0),
    enrolledAt: z.iso.datetime({ offset: true }).optional(),
    /** Terminals that have applied everything known about this person, of all at the site. */
    onTerminals: z.strictObject({ current: z.int().min(0), total: z.int().min(0) }),
  })
  .meta({ id: 'person' });
export type Person = z.output<typeof person>;

/** In order of employee numbers. `total` counts all that match, not only this page. */
export const people = pageOf({ people: z.array(person), total: z.int().min(0) });

export const peopleQuery = z.strictObject({
  /** Part of a name or of an employee number. */
  query: z.string().trim().max(80).optional(),
});

const PAGE_MAX = 1000;
const PAGE_DEFAULT = 500;

const ofPerson = z.strictObject({ personId });

export const peopleRoutes = {
  listPeople: defineRoute({
    method: 'GET',
    path: '/people',
    authority: { capability: 'people', access: 'view' },
    summary: 'People, in the order of their employee numbers.',
    query: peopleQuery,
    paged: { key: z.tuple([z.string()]), limitMax: PAGE_MAX, limitDefault: PAGE_DEFAULT },
    answers: { 200: people },
    errors: [],
  }),
  addPerson: defineRoute({
    method: 'POST',
    path: '/people',
    authority: { capability: 'people', access: 'change' },
    summary: 'Takes somebody on; the terminals learn of it at once.',
    audit: { action: 'person.added', subject: 'personId' },
    body: newPerson,
    answers: { 201: person },
    errors: ['conflict'],
    idempotency: 'key',
  }),
  changePerson: defineRoute({
    method: 'PATCH',
    path: '/people/:personId',
    authority: { capability: 'people', access: 'change' },
    summary: 'Changes what is named, and leaves the rest.',
    audit: { action: 'person.changed', subject: 'personId' },
    params: ofPerson,
    body: personChange,
    answers: { 200: person },
    errors: ['conflict'],
  }),
  eraseFaces: defineRoute({
    method: 'DELETE',
    path: '/people/:personId/templates',
    authority: { capability: 'enrolment', access: 'change' },
    summary: 'Takes the face away everywhere; PIN and card go on working.',
    audit: { action: 'person.faces-erased', subject: 'personId' },
    params: ofPerson,
    answers: { 200: person },
    errors: [],
  }),
} as const;
