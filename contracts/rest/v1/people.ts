import { z } from 'zod';
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

export const person = z.strictObject({
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
});
export type Person = z.output<typeof person>;

export const people = z.strictObject({ people: z.array(person), total: z.int().min(0) });

export const peopleQuery = z.strictObject({
  /** Part of a name or of an employee number. */
  query: z.string().trim().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  offset: z.coerce.number().int().min(0).default(0),
});
