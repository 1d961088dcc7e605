import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { administratorChange, grant, grantFrom, grantText } from '#contracts/rest/v1/authority';
import { ACCESSES, CAPABILITIES } from '#domain/authority/capability';

const north = '11111111-1111-4111-8111-111111111111';

const ids = (one: fc.Arbitrary<string>) =>
  fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: 5 }), { nil: null });

describe('a grant on the wire', () => {
  test('is the grant of the domain, and back', () => {
    const text = fc.record({
      capability: fc.constantFrom(...CAPABILITIES),
      access: fc.constantFrom(...ACCESSES),
      departments: ids(fc.string({ minLength: 1, maxLength: 80 })),
      sites: ids(fc.uuid()),
    });
    fc.assert(
      fc.property(text, (given) => {
        const parsed = grant.parse(given);
        const once = grantText(grantFrom(parsed));
        expect(grantText(grantFrom(grant.parse(once)))).toEqual(once);
        expect(grantFrom(once)).toEqual(grantFrom(parsed));
      }),
    );
  });

  test('is the same text whatever order it was chosen in', () => {
    const chosen = { capability: 'people', access: 'view', sites: null } as const;
    const [one, other] = [
      ['b', 'a'],
      ['a', 'b'],
    ].map((departments) => grantText(grantFrom({ ...chosen, departments })));
    expect(one).toEqual(other);
  });

  test.each([
    ['an empty choice', { departments: [] }],
    ['a condition left out: nobody is granted everything by a slip', { sites: undefined }],
    ['an unheard-of capability', { capability: 'payroll' }],
    ['more than was asked for', { people: ['li'] }],
    ['a site that is none', { sites: ['north'] }],
  ])('is refused with %s', (_what, change) => {
    const right = { capability: 'people', access: 'view', departments: null, sites: [north] };
    expect(grant.safeParse(right).success).toBe(true);
    expect(grant.safeParse({ ...right, ...change }).success).toBe(false);
  });
});

test('nobody confirms to lower themself by leaving something out', () => {
  expect(administratorChange.parse({})).toEqual({ selfLowering: 'refused' });
});
