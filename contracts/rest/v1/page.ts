import { z } from 'zod';

/** How a list is cut into pages: by the key of its last row, so that rows added meanwhile move nothing. */
export interface Paging {
  /** What the rows are in order of, most significant part first. */
  readonly key: z.ZodType<readonly (string | number)[]>;
  readonly limitMax: number;
  readonly limitDefault: number;
}

const CURSOR_LENGTH_MAX = 1000; // a key of two names, in UTF-8 and base64url

/** A place in a list, as the hub gave it out; whoever gets one passes it on as it is. */
export const cursor = z
  .string()
  .min(1)
  .max(CURSOR_LENGTH_MAX)
  .regex(/^[\w-]+$/, 'a cursor is passed on exactly as it was answered');

/** A list, and the cursor of the page behind it: null when there is none. */
export function pageOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...shape, next: z.string().nullable() });
}

/** A number of the query; there, everything is text. */
export function countedText({ min, max }: { readonly min: number; readonly max: number }) {
  return z.coerce.number<number>().int().min(min).max(max);
}

/** What a paged route takes in its query besides its own. */
export function pageQuery({ limitMax, limitDefault }: Paging) {
  return {
    cursor: cursor.optional(),
    limit: countedText({ min: 1, max: limitMax }).default(limitDefault),
  };
}
