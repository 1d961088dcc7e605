/*
 * Goal: scope is proved, not asserted: whoever asks whatever, nothing of the other half of the company
 * is shown to those who may not reach it, and nothing of it is changed by them.
 * Method: every route there is, by every kind of caller, at a hub of two halves. What is expected is
 * computed from the authority of the route by a table of this file's own, not by the hub's code.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API } from '#contracts/rest/v1/api';
import { problem } from '#contracts/rest/v1/problem';
import { isChange, type RouteContract } from '#contracts/rest/v1/route';
import { paramsOf } from '#contracts/rest/v1/route-shape';
import type { Access, Capability } from '#domain/authority/capability';
import type { Rule } from '#tests/scope/rule';
import { RULES } from '#tests/scope/scope-rules';
import {
  type Asked,
  employeeNoOf,
  type Headers,
  type ScopeWorld,
  type Side,
} from '#tests/scope/scope-shapes';
import { openScopeWorld } from '#tests/scope/scope-world';

const ROOT = resolve(import.meta.dirname, '../..');
const ROUTES = API.flatMap(({ routes }) =>
  Object.entries(routes).map(([name, route]: [string, RouteContract]) => ({ name, route })),
);

let world: ScopeWorld;
beforeAll(async () => {
  world = await openScopeWorld();
}, 60_000);
afterAll(() => world.close());

type Holding = (capability: Capability, access: Access) => boolean;

interface Caller {
  readonly kind: string;
  readonly headers: () => Headers;
  /** What they hold anywhere at all; `unknown` to the hub is nobody. */
  readonly holds: Holding | 'unknown';
  readonly is: 'account' | 'program';
  /** How far: into the near half, everywhere, or nowhere. */
  readonly reaches: 'near' | 'everywhere' | 'nowhere';
}

const OWN: readonly Capability[] = ['people', 'enrolment', 'approvals', 'results', 'exceptions'];
const nothing: Holding = () => false;
const everything: Holding = () => true;
const looking: Holding = (_, access) => access === 'view';
const ownAlone: Holding = (capability, access) => access === 'view' && OWN.includes(capability);
const managing: Holding = (capability, access) =>
  ownAlone(capability, access) || capability === 'approvals';
const butFleet: Holding = (capability) => capability !== 'fleet';

const caller = (
  kind: string,
  headers: () => Headers,
  rest: Pick<Caller, 'holds' | 'reaches'> & { readonly is?: Caller['is'] },
): Caller => ({ is: 'account', ...rest, kind, headers });

const NEAR = [
  caller('staff', () => world.callers.staff, { holds: ownAlone, reaches: 'near' }),
  caller('a manager', () => world.callers.manager, { holds: managing, reaches: 'near' }),
  caller('an administrator of a site', () => world.callers.bySite, {
    holds: everything,
    reaches: 'near',
  }),
  caller('an administrator of a department', () => world.callers.byDepartment, {
    holds: butFleet,
    reaches: 'near',
  }),
  caller('a program of a site', () => world.callers.program, {
    holds: everything,
    is: 'program',
    reaches: 'near',
  }),
];
const CALLERS: readonly Caller[] = [
  ...NEAR,
  caller('nobody', () => ({}), { holds: 'unknown', reaches: 'nowhere' }),
  caller('an administrator without grants', () => world.bare, {
    holds: nothing,
    reaches: 'nowhere',
  }),
  caller('an administrator who may look at everything', () => world.viewer, {
    holds: looking,
    reaches: 'everywhere',
  }),
  caller('a program that may look at everything', () => world.viewingProgram, {
    holds: looking,
    is: 'program',
    reaches: 'everywhere',
  }),
  caller('a program whose time is up', () => world.expiredProgram, {
    holds: 'unknown',
    is: 'program',
    reaches: 'nowhere',
  }),
  caller('a program that was revoked', () => world.revokedProgram, {
    holds: 'unknown',
    is: 'program',
    reaches: 'nowhere',
  }),
  caller('a super administrator', () => world.superAdministrator, {
    holds: everything,
    reaches: 'everywhere',
  }),
];

/** What somebody is told at the door, by this table and the authority beside the route. */
function doorOf({ authority }: RouteContract, { holds, is }: Caller): 'open' | 401 | 403 {
  if (authority === 'public') return 'open';
  if (holds === 'unknown') return 401;
  if (typeof authority === 'object') {
    return holds(authority.capability, authority.access) ? 'open' : 403;
  }
  return is === 'account' ? 'open' : 403;
}

function ruleOf(name: string): Rule {
  const rule = RULES[name];
  if (rule === undefined) throw new Error(`${name}: nobody has decided how far it reaches`);
  return rule;
}

const NOBODY = '8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99';
const UNASKED = new Set(['signOut', 'endOtherSessions', 'live']); // end the caller, or never end

/** As it would be put by somebody who names nothing that is there. */
function emptyAsk(route: RouteContract): Asked {
  const names = Object.keys(paramsOf(route).shape);
  const path = names.reduce((whole, name) => whole.replace(`:${name}`, NOBODY), route.path);
  const payload = route.body === undefined || !isChange(route) ? {} : { payload: { unfit: true } };
  return { method: route.method, path, headers: { 'if-match': '*' }, ...payload };
}

describe('every route', () => {
  test('has a rule, and every rule a route', () => {
    expect(Object.keys(RULES).toSorted()).toEqual(ROUTES.map(({ name }) => name).toSorted());
  });

  test('that is shown elsewhere is shown by a test that is there', () => {
    const shown = Object.values(RULES).filter((rule) => rule.kind === 'elsewhere');
    const missing = shown.filter(({ file, test: title }) => {
      const text = readFileSync(resolve(ROOT, file), 'utf8');
      return !text.includes(`'${title}'`);
    });
    expect(missing).toEqual([]);
  });

  test('that is for the company, or of one’s own, asks for somebody', () => {
    const open = ROUTES.filter(({ route }) => route.authority === 'public');
    expect(open.map(({ name }) => ruleOf(name).kind)).toEqual(open.map(() => 'public'));
  });
});

/** What a caller may be answered with at a route that they ask about nothing that is there. */
function doorsOf(name: string, route: RouteContract, who: Caller): readonly unknown[] {
  const door = doorOf(route, who);
  const isBarred = ruleOf(name).kind === 'company' && who.reaches !== 'everywhere';
  // Behind the door of a route for the whole company there is another one; before it, the form.
  return isBarred && door !== 401 ? ['open', 403] : [door];
}

describe.each(CALLERS)('at every door, $kind', (who) => {
  test.each(ROUTES.filter(({ name }) => !UNASKED.has(name)))(
    'of $name',
    async ({ name, route }) => {
      const { status, body } = await world.ask(emptyAsk(route), who.headers());
      const told = problem.safeParse(body);
      const isSignIn = told.success && /sign-in-(wrong|over|needed)$/.test(told.data.type);
      const isWrongSignIn = route.authority === 'public' && isSignIn;
      const isClosed = (status === 401 || status === 403) && !isWrongSignIn;
      expect(doorsOf(name, route, who)).toContain(isClosed ? status : 'open');
      expect(status).toBeLessThan(500);
    },
  );
});

/** Everything by which the other half could be recognised. */
function marksOf(side: Side): readonly string[] {
  return [...Object.values(side), employeeNoOf(`${side.name}-`)].filter((mark) => mark !== '');
}

function shownOf(text: string, side: Side): readonly string[] {
  return marksOf(side).filter((mark) => text.includes(mark));
}

const LOOKS = ROUTES.flatMap(({ name, route }) => {
  const rule = ruleOf(name);
  return rule.kind === 'rows' ? [{ name, route, rule }] : [];
});
const LIMITED = CALLERS.filter(({ reaches }) => reaches !== 'everywhere');

describe.each(LIMITED)('of the other half, $kind', (who) => {
  test.each(LOOKS)('is shown nothing by $name', async ({ route, rule }) => {
    const { status, text } = await world.ask(rule.asked(world.far), who.headers());
    expect(shownOf(text, world.far)).toEqual([]);
    const isLetIn = doorOf(route, who) === 'open';
    expect(isLetIn ? [200, 403, 404] : [401, 403]).toContain(status);
  });
});

describe('whoever reaches it', () => {
  test.each(LOOKS)('is shown the other half by $name', async ({ rule }) => {
    const headers = rule.by === undefined ? world.superAdministrator : world.farCallers[rule.by];
    const { status, text } = await world.ask(rule.asked(world.far), headers);
    expect(status).toBe(200);
    expect(shownOf(text, world.far)).not.toEqual([]);
  });

  test.each(LOOKS)('as administrator of that half, is shown it by $name', async (look) => {
    const { name, rule } = look;
    const headers = world.farCallers[rule.by ?? 'bySite'];
    const { status, text } = await world.ask(rule.asked(world.far), headers);
    const isOthers = name === 'readExport'; // asked for by somebody else
    expect(status).toBe(isOthers ? 404 : 200);
    expect(shownOf(text, world.far).length > 0).toBe(!isOthers);
    expect(shownOf(text, world.near)).toEqual([]);
  });
});

const DEEDS = ROUTES.flatMap(({ name, route }) => {
  const rule = ruleOf(name);
  return rule.kind === 'deed' || rule.kind === 'company' ? [{ name, route, rule }] : [];
});

/** What somebody may not do to the other half: because of the door, or of their reach. */
function barredFrom(who: Caller) {
  return DEEDS.filter(({ route }) => doorOf(route, who) !== 'open' || who.reaches !== 'everywhere');
}

const BARRED = CALLERS.filter((who) => barredFrom(who).length > 0);

describe.each(BARRED)('to the other half, $kind', (who) => {
  test('does nothing at all', async () => {
    const before = await world.stored();
    const undone: string[] = [];
    for (const { name, route, rule } of barredFrom(who)) {
      const { status } = await world.ask(rule.asked(world.far), who.headers());
      const door = doorOf(route, who);
      const refused = door === 'open' ? [403, 404, ...(rule.refused ?? [])] : [door];
      if (!refused.includes(status)) undone.push(`${name} was answered with ${status}`);
    }
    expect(undone).toEqual([]);
    expect(await world.stored()).toBe(before);
  });
});

describe('what belongs to the site of the hub', () => {
  test.each([
    { method: 'PATCH', path: '/site', payload: {}, headers: { 'if-match': '*' } },
    { method: 'GET', path: '/join' },
  ] as const)('is out of reach for $path from another site', async (asked) => {
    expect((await world.ask(asked, world.farCallers.bySite)).status).toBe(403);
    expect((await world.ask(asked, world.callers.bySite)).status).toBe(200);
  });
});

describe('many cases at once', () => {
  test('are handled as far as somebody reaches, and the others are told apart', async () => {
    const { near, far, callers } = world;
    const act = { kind: 'assign', to: near.managerId };
    const payload = { keys: [near.caseKey, far.caseKey], act };
    const asked = { method: 'POST', path: '/exceptions/acts', payload } as const;
    const { body } = await world.ask(asked, callers.bySite);
    expect(body).toMatchObject({ done: 1, refused: [{ key: far.caseKey }] });
    const look = { method: 'GET', path: `/exceptions/${encodeURIComponent(far.caseKey)}` } as const;
    expect((await world.ask(look, world.superAdministrator)).body).toMatchObject({
      status: 'open',
    });
  });
});

/** Last of all, since this does happen: each deed was refused for its reach, and for nothing else. */
describe('whoever reaches it does', () => {
  const last = new Set(['removePerson', 'erasePerson', 'removeDepartment', 'removeAdministrator']);
  const ordered = [
    ...DEEDS.filter(({ name }) => !last.has(name)),
    ...DEEDS.filter(({ name }) => last.has(name)),
  ].filter(({ name }) => !/Webhook/.test(name) || name === 'listWebhooks');

  test.each(ordered)('$name', async ({ rule }) => {
    const headers = rule.by === undefined ? world.superAdministrator : world.farCallers[rule.by];
    const { status, text } = await world.ask(rule.asked(world.far), headers);
    expect([text, [400, 401, 403, 404].includes(status) || status >= 500]).toEqual([text, false]);
  });
});
