import { z } from 'zod';
import { departmentId } from '#contracts/rest/v1/authority';
import { nothing } from '#contracts/rest/v1/content';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { locale, personId, siteId } from '#contracts/wire/v1/ids';

const SITES_MAX = 200; // of one person: every branch of a large company
const TAGS_MAX = 50;
const WORD_LENGTH_MAX = 80; // as ids of rules and tags are in a rule
const MOVED_MAX = 1000; // people moved at once: a whole factory
const EARLIER_MAX = 50; // somebody who comes every season, for a lifetime

const employeeNo = z
  .string()
  .trim()
  .regex(/^\w{1,20}$/, 'letters, digits and _ only, 1 to 20');
const pin = z.string().regex(/^\d{6,12}$/, '6 to 12 digits');
const date = z.iso.date({ abort: true });
const word = z.string().trim().min(1).max(WORD_LENGTH_MAX);
const phone = z
  .string()
  .trim()
  .regex(/^\+?\d[\d ()-]{2,29}$/, 'a telephone number: digits, spaces, brackets and -, 3 to 30');

/** Of each kind every entry once. */
function isDistinct(entries: readonly string[]): boolean {
  return new Set(entries).size === entries.length;
}

/** Where somebody belongs and since when; everything about a person that is not how they are called. */
export const belongings = z.strictObject({
  departmentId: departmentId.nullable(),
  /** Where they may punch, at home first: its clock is theirs. */
  siteIds: z.array(siteId).min(1).max(SITES_MAX).refine(isDistinct, 'each site once'),
  /** Names a rule group outright; without it the groups' own ranges decide. Wants `rules` as well. */
  rule: word.nullable(),
  /** What rules look for; wants `rules` as well. */
  tags: z.array(word).max(TAGS_MAX).refine(isDistinct, 'each tag once'),
  /** Who decides their requests; without one the heads of the department do. */
  managerId: personId.nullable(),
  email: z.email().max(254).nullable(),
  phone: phone.nullable(),
  /** First and last day, both worked. Nobody is absent outside them. */
  employedFrom: date.nullable(),
  employedTo: date.nullable(),
});

export const newPerson = z.strictObject({
  employeeNo,
  name: z.string().trim().min(1).max(80),
  greetingName: z.string().trim().min(1).max(40),
  locale,
  /** May open the enrolment wizard at a terminal. */
  manager: z.boolean(),
  pin: pin.optional(),
  ...belongings.partial().shape,
});
export type NewPerson = z.output<typeof newPerson>;

/** Only what is to change. */
export const personChange = newPerson.partial();
export type PersonChange = z.output<typeof personChange>;

export const employmentState = z.enum(['active', 'leaving', 'left']);

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
    /** Terminals that have applied everything said to them about this person, of all that were told. */
    onTerminals: z.strictObject({ current: z.int().min(0), total: z.int().min(0) }),
    ...belongings.shape,
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** `leaving` has a last day; at its end the terminals forget, and it is `left`. */
    state: employmentState,
    /** Employments before the present one, oldest first. */
    earlier: z
      .array(z.strictObject({ from: z.string().nullable(), to: z.string() }))
      .max(EARLIER_MAX),
    /** Name, contacts, PIN and face are gone for good; the attendance record is not. */
    erased: z.boolean(),
    /** What `If-Match` wants, without its quotation marks. */
    version: z.string(),
  })
  .meta({ id: 'person' });
export type Person = z.output<typeof person>;

/** In order of employee numbers. `total` counts all that match, not only this page. */
export const people = pageOf({ people: z.array(person), total: z.int().min(0) });

/** Conditions add up. */
export const peopleFilter = z.strictObject({
  /** Part of a name or of an employee number. */
  query: z.string().trim().max(80).optional(),
  /** With everything below it, unless `below=exclude`. */
  departmentId: departmentId.optional(),
  below: z.enum(['include', 'exclude']).default('include'),
  siteId: siteId.optional(),
  rule: word.optional(),
  tag: word.optional(),
  managerId: personId.optional(),
  /** `employed` is active or leaving. */
  state: z.enum(['employed', 'active', 'leaving', 'left', 'all']).default('employed'),
  face: z.enum(['with', 'without']).optional(),
  pin: z.enum(['with', 'without']).optional(),
});
export type PeopleFilter = z.output<typeof peopleFilter>;

export const pinChange = z.strictObject({ pin });
export const rehiring = z.strictObject({ from: date, to: date.nullable().default(null) });

/** All of them, or none. `null`: to no department. */
export const peopleMove = z.strictObject({
  personIds: z.array(personId).min(1).max(MOVED_MAX),
  departmentId: departmentId.nullable(),
});

const PAGE_MAX = 1000;
const PAGE_DEFAULT = 500;
const MOVE_BYTES_MAX = 128 * 1024; // a thousand ids

const ofPerson = z.strictObject({ personId });
const look = { capability: 'people', access: 'view' } as const;
const change = { capability: 'people', access: 'change' } as const;

export const peopleRoutes = {
  listPeople: defineRoute({
    method: 'GET',
    path: '/people',
    authority: look,
    summary: 'People, in the order of their employee numbers.',
    query: peopleFilter,
    paged: { key: z.tuple([z.string()]), limitMax: PAGE_MAX, limitDefault: PAGE_DEFAULT },
    answers: { 200: people },
    errors: [],
  }),
  getPerson: defineRoute({
    method: 'GET',
    path: '/people/:personId',
    authority: look,
    summary: 'One person.',
    params: ofPerson,
    answers: { 200: person },
    errors: [],
    concurrency: 'etag',
  }),
  addPerson: defineRoute({
    method: 'POST',
    path: '/people',
    authority: change,
    summary: 'Takes somebody on; the terminals of their sites learn of it at once.',
    audit: { action: 'person.added', subject: 'personId', unit: 'own' },
    body: newPerson,
    answers: { 201: person },
    errors: ['conflict'],
    idempotency: 'key',
  }),
  changePerson: defineRoute({
    method: 'PATCH',
    path: '/people/:personId',
    authority: change,
    summary: 'Changes what is named, and leaves the rest.',
    audit: { action: 'person.changed', subject: 'personId', unit: 'own' },
    params: ofPerson,
    body: personChange,
    answers: { 200: person },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  removePerson: defineRoute({
    method: 'DELETE',
    path: '/people/:personId',
    authority: change,
    summary: 'Takes back that somebody was added; refused once there is a history.',
    audit: { action: 'person.removed', subject: 'personId' },
    params: ofPerson,
    answers: { 204: nothing },
    errors: ['conflict'],
  }),
  rehirePerson: defineRoute({
    method: 'POST',
    path: '/people/:personId/employments',
    authority: change,
    summary: 'Takes somebody on again; the days between are nobody’s absence.',
    audit: { action: 'person.rehired', subject: 'personId' },
    params: ofPerson,
    body: rehiring,
    answers: { 201: person },
    errors: ['conflict'],
    idempotency: 'key',
  }),
  setPin: defineRoute({
    method: 'PUT',
    path: '/people/:personId/pin',
    authority: change,
    summary: 'Sets the PIN; whoever knew the old one is no longer let in by it.',
    audit: { action: 'person.pin-set', subject: 'personId', unit: 'own' },
    params: ofPerson,
    body: pinChange,
    answers: { 204: nothing },
    errors: ['conflict'],
  }),
  removePin: defineRoute({
    method: 'DELETE',
    path: '/people/:personId/pin',
    authority: change,
    summary: 'Takes the PIN away.',
    audit: { action: 'person.pin-removed', subject: 'personId' },
    params: ofPerson,
    answers: { 204: nothing },
    errors: ['conflict'],
  }),
  movePeople: defineRoute({
    method: 'POST',
    path: '/people/moves',
    authority: change,
    summary: 'Moves people to a department, all of them or none.',
    audit: { action: 'people.moved', subject: 'departmentId' },
    body: peopleMove,
    answers: {
      200: z.strictObject({ departmentId: departmentId.nullable(), moved: z.int().min(0) }),
    },
    errors: ['absent', 'conflict'],
    bodyBytesMax: MOVE_BYTES_MAX,
  }),
  erasePerson: defineRoute({
    method: 'POST',
    path: '/people/:personId/erasure',
    authority: change,
    summary:
      'Erases name, contacts, PIN and face of somebody who left; the attendance record stays.',
    audit: { action: 'person.erased', subject: 'personId' },
    params: ofPerson,
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
