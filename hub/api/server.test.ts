import { afterEach, expect, test } from 'vitest';
import { buildServer, emptyServer } from '#hub/api/server';
import { mintIdentity } from '#hub/identity/hub-identity';
import { LiveFeed } from '#hub/live/live-feed';
import { openAttendance, openStore } from '#hub/main';
import { PeopleDesk } from '#hub/people/people-desk';
import { SignIn } from '#hub/sign-in/sign-in';
import { SiteDesk } from '#hub/site/site-desk';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { openTestDatabase } from '#tests/hub/test-database';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** The server as it is wired, with every route it registers written down. */
async function serverWithRoutes() {
  const db = await openTestDatabase();
  undo.push(() => db.close());
  const store = openStore(db, mintIdentity());
  const logger = createLogger('hub', 'silent');
  const clock = systemClock();
  const attendance = openAttendance(db, store, { clock, logger });
  const { ruleDesk } = attendance;
  const routes: { method: string; url: string }[] = [];
  const app = emptyServer();
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  await buildServer(
    {
      ...store,
      clock,
      logger,
      attendance: attendance.routes,
      live: new LiveFeed(),
      consoleDir: undefined,
      signIn: new SignIn({ ...store, db, clock }),
      desk: new PeopleDesk({ ...store, db, clock, onChange: () => undefined }),
      join: { code: '', brokerUrl: '', reachableFromOthers: false, command: '' },
      flushRefusals: async () => undefined,
      siteDesk: new SiteDesk({ ...store, db, clock, ruleDesk, onChange: () => undefined }),
    },
    app,
  );
  undo.push(() => app.close());
  return { app, routes };
}

test('every route wants a session, but the page and signing in', async () => {
  const { app, routes } = await serverWithRoutes();
  expect(routes.length).toBeGreaterThan(15);
  const open: string[] = [];
  for (const { method, url } of routes) {
    const path = url.replace(':id', 'x');
    const answer = await app.inject({ method: method as 'GET', url: path });
    if (answer.statusCode !== 401) open.push(`${method} ${url}`);
  }
  expect(open.toSorted()).toEqual(['GET /', 'HEAD /', 'POST /api/v1/session']);
});

test('an unknown route tells a stranger nothing but to sign in', async () => {
  const { app } = await serverWithRoutes();
  expect((await app.inject({ method: 'GET', url: '/anything' })).statusCode).toBe(401);
});
