/** Goal: what is told live goes as far as what is listed. Method: the two halves of a company. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assert } from '#domain/assert';
import type { LiveEvent } from '#hub/live/live-feed';
import { mayWatch, type WatcherReach } from '#hub/live/watcher';
import { OrganisationRepository } from '#hub/storage/organisation-repository';
import { PunchRepository } from '#hub/storage/punch-repository';
import { TerminalRepository } from '#hub/storage/terminal-repository';
import { EVERYBODY, EVERYWHERE } from '#hub/storage/within-reach';
import { type ScopeWorld, type Side } from '#tests/scope/scope-shapes';
import { openScopeWorld } from '#tests/scope/scope-world';

let world: ScopeWorld;
beforeAll(async () => {
  world = await openScopeWorld();
}, 60_000);
afterAll(() => world.close());

function repositories() {
  const { db } = world.hub;
  return {
    organisation: new OrganisationRepository(db),
    punches: new PunchRepository(db),
    terminals: new TerminalRepository(db),
  };
}

/** Everything that can be told of one half. */
async function eventsOf({ punchId, terminalId }: Side): Promise<readonly LiveEvent[]> {
  const { punches, terminals } = repositories();
  const [logId = '', seq = ''] = punchId.split(':');
  const punch = await punches.get(logId, Number(seq));
  const terminal = await terminals.get(terminalId);
  assert(punch !== undefined && terminal !== undefined, 'either half has both');
  return [
    { name: 'punch', body: punch },
    { name: 'voided', body: { id: punchId } },
    { name: 'terminal', body: terminal },
  ];
}

function overSite(siteId: string): WatcherReach {
  const sites = new Set([siteId]);
  const nobody = { departments: new Set(''), people: new Set(''), except: new Set('') };
  const people = { kind: 'some', sites, crossings: [], ...nobody } as const;
  return { results: people, people, fleet: { kind: 'some', sites } };
}

async function watched(side: Side, reach: WatcherReach): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const event of await eventsOf(side)) {
    if (await mayWatch(event, reach, repositories())) seen.push(event.name);
  }
  return seen;
}

const NONE = { kind: 'nobody' } as const;
const NOWHERE = { kind: 'nowhere' } as const;
const ALL: WatcherReach = { results: EVERYBODY, people: EVERYBODY, fleet: EVERYWHERE };

describe('what is told live', () => {
  test('is told of one’s own half and not of the other', async () => {
    const { near, far } = world;
    expect(await watched(near, overSite(near.siteId))).toEqual(['punch', 'voided', 'terminal']);
    expect(await watched(far, overSite(near.siteId))).toEqual([]);
  });

  test('is told of both to whoever reaches both, and of neither to whoever reaches nobody', async () => {
    expect(await watched(world.far, ALL)).toEqual(['punch', 'voided', 'terminal']);
    const none = { results: NONE, people: NONE, fleet: NOWHERE };
    expect(await watched(world.near, none)).toEqual([]);
  });

  test('says that people changed to whoever may look at any', async () => {
    const event = { name: 'people', body: {} } as const;
    expect(await mayWatch(event, ALL, repositories())).toBe(true);
    const fleetOnly = { ...ALL, people: NONE };
    expect(await mayWatch(event, fleetOnly, repositories())).toBe(false);
  });

  test('of a punch that nobody knows is told to those alone who reach everybody', async () => {
    const event = { name: 'voided', body: { id: 'no-log:1' } } as const;
    expect(await mayWatch(event, ALL, repositories())).toBe(true);
    expect(await mayWatch(event, overSite(world.near.siteId), repositories())).toBe(false);
  });
});
