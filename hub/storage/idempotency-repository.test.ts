import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HubDatabase } from '#hub/storage/hub-database';
import { IdempotencyRepository } from '#hub/storage/idempotency-repository';
import { openTestDatabase } from '#tests/hub/test-database';

let db: HubDatabase;
let answers: IdempotencyRepository;
beforeEach(async () => {
  db = await openTestDatabase();
  answers = new IdempotencyRepository(db);
});
afterEach(() => db.close());

const HOUR_MS = 3_600_000;
const REQUEST = { caller: 'account:admin', key: 'k-1', digest: 'a' };
const ANSWER = { status: 201, headers: { location: '/api/v1/people/1' }, body: '{"a":1}' };

describe('a request with a key', () => {
  test('begins once, also when it arrives twelve times at once', async () => {
    const states = await Promise.all(
      Array.from({ length: 12 }, () => answers.begin(REQUEST, 1000)),
    );
    const kinds = states.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['begun', ...Array.from({ length: 11 }, () => 'under-way')]);
  });

  test('is answered as the first one was', async () => {
    await answers.begin(REQUEST, 1000);
    await answers.keep(REQUEST, 1000, ANSWER);
    expect(await answers.begin(REQUEST, 1001)).toEqual({ kind: 'answered', answer: ANSWER });
  });

  test('is another one when it asks something else', async () => {
    await answers.begin(REQUEST, 1000);
    await answers.keep(REQUEST, 1000, ANSWER);
    expect(await answers.begin({ ...REQUEST, digest: 'b' }, 1001)).toEqual({
      kind: 'other-request',
    });
  });

  test('of somebody else has nothing to do with it', async () => {
    await answers.begin(REQUEST, 1000);
    expect(await answers.begin({ ...REQUEST, caller: 'account:ann' }, 1001)).toMatchObject({
      kind: 'begun',
    });
  });

  test('may be tried again once it was refused', async () => {
    await answers.begin(REQUEST, 1000);
    await answers.forget(REQUEST, 1000);
    expect(await answers.begin({ ...REQUEST, digest: 'b' }, 1001)).toMatchObject({ kind: 'begun' });
  });

  test('whose hub died over it is begun again, and the dead one tells nothing any more', async () => {
    await answers.begin(REQUEST, 0);
    expect(await answers.begin(REQUEST, 59_999)).toEqual({ kind: 'under-way' });
    expect(await answers.begin(REQUEST, 60_000)).toEqual({ kind: 'begun', atMs: 60_000 });
    await answers.keep(REQUEST, 0, ANSWER);
    await answers.forget(REQUEST, 0);
    expect(await answers.begin(REQUEST, 60_001)).toEqual({ kind: 'under-way' });
  });

  test('is forgotten after a day, and so are all the others', async () => {
    await answers.begin({ ...REQUEST, key: 'k-0' }, 0);
    await answers.begin(REQUEST, 1000);
    await answers.keep(REQUEST, 1000, ANSWER);
    expect(await answers.begin(REQUEST, 24 * HOUR_MS + 1000)).toMatchObject({ kind: 'begun' });
    const rows = await db.now.selectFrom('api_answers').select('key').execute();
    expect(rows).toEqual([{ key: 'k-1' }]);
  });
});
