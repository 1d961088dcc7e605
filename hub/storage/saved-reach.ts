import { z } from 'zod';
import type { Reach } from '#domain/authority/reach';

const ids = z.array(z.string()).transform((each): ReadonlySet<string> => new Set(each));

const savedReach = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nobody') }),
  z.strictObject({ kind: z.literal('everybody'), except: ids }),
  z.strictObject({
    kind: z.literal('some'),
    departments: ids,
    sites: ids,
    crossings: z.array(z.strictObject({ departments: ids, sites: ids })),
    people: ids,
    except: ids,
  }),
]);

/** A reach as it is kept for work that is done later. */
export function reachText(reach: Reach): string {
  return JSON.stringify(reach, (_key, value: unknown) =>
    value instanceof Set ? [...value] : value,
  );
}

export function reachFrom(text: string): Reach {
  return savedReach.parse(JSON.parse(text));
}
