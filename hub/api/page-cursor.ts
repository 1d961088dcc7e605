import type { z } from 'zod';
import type { Paging } from '#contracts/rest/v1/page';
import { invalid } from '#hub/api/problem';
import { NOT_A_CURSOR } from '#hub/api/problem-texts';
import { unstorableIn } from '#hub/api/request-parts';

type Key = z.output<Paging['key']>;

/** Not secret and not signed: whoever makes one up starts at a place of their own list. */
export function cursorOf(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws ProblemError for what was never a cursor of a list with such a key */
export function keyOf(cursor: string, { key }: Paging): Key {
  const parsed = key.safeParse(contentOf(cursor));
  if (parsed.success && unstorableIn(parsed.data) === undefined) return parsed.data;
  throw invalid('cursor', NOT_A_CURSOR);
}

function contentOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
