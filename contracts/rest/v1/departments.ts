import { z } from 'zod';
import { departmentId } from '#contracts/rest/v1/authority';
import { nothing } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';

const HEADS_MAX = 20;
const POSITION_MAX = 1_000_000;

/** A path of names has to name one department: the sign that joins them stands in none. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^/／\\]+$/, 'without / and \\, which join the names of a path');

const heads = z
  .array(personId)
  .max(HEADS_MAX)
  .refine((ids) => new Set(ids).size === ids.length, 'each head once');

const fields = z.strictObject({
  name,
  nameEn: name.nullable(),
  /** Above it; `null` at the top. Moving takes everything below along. */
  parentId: departmentId.nullable(),
  /** Among its neighbours, smallest first. */
  position: z.int().min(0).max(POSITION_MAX),
  /** Who decides for it, in this order. */
  heads,
});

export const newDepartment = fields.partial().required({ name: true });
export type NewDepartment = z.output<typeof newDepartment>;

/** Only what is to change. */
export const departmentChange = fields.partial();
export type DepartmentChange = z.output<typeof departmentChange>;

export const department = z
  .strictObject({
    departmentId,
    name: z.string(),
    nameEn: z.string().nullable(),
    parentId: departmentId.nullable(),
    position: z.int(),
    heads: z.array(personId),
    /** People directly in it who are employed, of those the asker may see. */
    people: z.int().min(0),
    /** What `If-Match` wants, without its quotation marks. */
    version: z.string(),
  })
  .meta({ id: 'department' });
export type DepartmentView = z.output<typeof department>;

/** In the order of a walk from the top: each before those below it. */
export const departments = z.strictObject({ departments: z.array(department) });

const ofDepartment = z.strictObject({ departmentId });
const look = { capability: 'people', access: 'view' } as const;
const change = { capability: 'people', access: 'change' } as const;

export const departmentRoutes = {
  listDepartments: defineRoute({
    method: 'GET',
    path: '/departments',
    authority: look,
    summary: 'Departments that hold somebody the asker may see, and those above them.',
    answers: { 200: departments },
    errors: [],
  }),
  getDepartment: defineRoute({
    method: 'GET',
    path: '/departments/:departmentId',
    authority: look,
    summary: 'One department.',
    params: ofDepartment,
    answers: { 200: department },
    errors: [],
    concurrency: 'etag',
  }),
  addDepartment: defineRoute({
    method: 'POST',
    path: '/departments',
    authority: change,
    summary: 'Makes a department.',
    audit: { action: 'department.added', subject: 'departmentId' },
    body: newDepartment,
    answers: { 201: department },
    errors: ['conflict'],
    idempotency: 'key',
  }),
  changeDepartment: defineRoute({
    method: 'PATCH',
    path: '/departments/:departmentId',
    authority: change,
    summary: 'Changes what is named; a new parent moves it with everything below.',
    audit: { action: 'department.changed', subject: 'departmentId' },
    params: ofDepartment,
    body: departmentChange,
    answers: { 200: department },
    errors: ['conflict'],
    concurrency: 'etag',
  }),
  removeDepartment: defineRoute({
    method: 'DELETE',
    path: '/departments/:departmentId',
    authority: change,
    summary: 'Removes a department that nobody is in and nothing lies below.',
    audit: { action: 'department.removed', subject: 'departmentId' },
    params: ofDepartment,
    answers: { 204: nothing },
    errors: ['conflict'],
  }),
} as const;
