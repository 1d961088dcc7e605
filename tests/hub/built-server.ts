import { mkdtempSync, rmSync } from 'node:fs';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildServer, emptyServer } from '#hub/api/server';
import { openApprovals } from '#hub/approvals/open-approvals';
import { openAttendance } from '#hub/attendance/open-attendance';
import { type OpenAuthority, openAuthority } from '#hub/authority/open-authority';
import { openExports } from '#hub/exports/open-exports';
import { mintIdentity } from '#hub/identity/hub-identity';
import { LiveFeed } from '#hub/live/live-feed';
import { newHubMetrics } from '#hub/operations/hub-figures';
import { openPeople } from '#hub/people/open-people';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import { RetirementDesk } from '#hub/site/retirement-desk';
import { SiteDesk } from '#hub/site/site-desk';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { openStore } from '#hub/storage/open-store';
import { openWebhooks } from '#hub/webhooks/open-webhooks';
import type { Clock } from '#platform/clock/clock';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { PASSWORD } from '#tests/hub/running-hub';
import { openTestDatabase } from '#tests/hub/test-database';

export interface BuiltServer {
  readonly app: FastifyInstance;
  /** Every route it registered, the console's among them. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  /** Cookie and token of the first administrator, whose password has been replaced. */
  readonly session: { readonly cookie: string; readonly 'x-lintel-csrf': string };
  /** Everything that is stored, but for who is signed in and what was answered. */
  readonly stored: () => Promise<string>;
  /** Behind it all, for whoever puts things there. */
  readonly db: HubDatabase;
  readonly authority: OpenAuthority;
  readonly stop: () => Promise<void>;
}

function onChange(): void {} // there are no terminals to tell

/** The hub's HTTP side as it is wired, without terminals and without a port. */
export async function buildTestServer(clock: Clock = systemClock()): Promise<BuiltServer> {
  const db = await openTestDatabase();
  const identity = mintIdentity();
  const store = openStore(db, identity);
  await store.site.found({ name: { 'zh-CN': '总部', en: 'Head office' }, zone: 'Asia/Shanghai' });
  const logger = createLogger('hub', 'silent');
  const dataDir = mkdtempSync(join(tmpdir(), 'lintel-server-'));
  const opened = await openAuthority({ db, identity, dataDir, clock, logger });
  if (!opened.ok) throw new Error(opened.failure.message.en);
  const authority = opened.value;
  const attendance = openAttendance(db, store, { clock, logger });
  const { ruleDesk } = attendance;
  const approvals = openApprovals({ ...attendance, db, clock, logger, dataDir });
  await approvals.found();
  const metrics = newHubMetrics();
  const networks = { proxies: false, opened: new BlockList() } as const;
  const app = emptyServer();
  const routes: { method: string; url: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  await buildServer(
    {
      ...store,
      ...authority.served,
      clock,
      logger,
      attendance: attendance.routes,
      approvals,
      exports: openExports({ ...store, ...attendance, db, dataDir, clock, logger }),
      exceptions: attendance.exceptions,
      live: new LiveFeed(),
      consoleDir: undefined,
      ...openPeople({ ...store, ...attendance, db, clock, logger, onChange }),
      siteDesk: new SiteDesk({ ...store, db, clock, ruleDesk, onChange }),
      retirementDesk: new RetirementDesk({ ...store, ...attendance, db, clock, onChange }),
      join: { code: 'c', brokerUrl: 'mqtt://b', reachableFromOthers: false, command: 'npm start' },
      flushRefusals: async () => undefined,
      operations: { metrics, probes: [] },
      webhooks: openWebhooks({ db, identity, clock, logger, operations: { metrics, networks } })
        .routes,
    },
    app,
  );
  const stop = async () => {
    await app.close();
    await authority.stop();
    await db.close();
    rmSync(dataDir, { recursive: true, force: true }); // a test may have stopped it itself
  };
  return {
    app,
    routes,
    session: await sessionAt(authority),
    stored: () => all(db),
    db,
    authority,
    stop,
  };
}

async function sessionAt(authority: OpenAuthority) {
  const { signIn, passwords } = authority.served;
  const first = (await foundAdministrator(authority)) ?? '';
  const device = { address: '127.0.0.1', browser: '' };
  const signedIn = await signIn.open('admin', first, device);
  if (!signedIn.ok || signedIn.value.kind === 'code') throw new Error('the first password fits');
  const change = { current: first, next: PASSWORD };
  const opened = await passwords.change(signedIn.value.opened, change, device);
  if (!opened.ok) throw new Error('the first password opens the door');
  const { token, session } = opened.value;
  return { cookie: `lintel_session=${token}`, 'x-lintel-csrf': session.csrfToken };
}

const TABLES: readonly (keyof HubTables)[] = [
  'sites',
  'terminals',
  'people',
  'templates',
  'down_log',
  'accounts',
  'api_clients',
  'audit_entries',
  'rule_drafts',
  'rule_versions',
  'attendance_members',
  'roster',
  'approvals',
  'forms',
  'exception_cases',
  'form_events',
  'approval_delegations',
  'leave_grants',
  'attachments',
  'approval_templates',
  'approval_template_drafts',
  'attendance_state',
  'attendance_dirty',
  'attendance_days',
  'attendance_adjustments',
];

async function all(db: HubDatabase): Promise<string> {
  const tables: Record<string, unknown> = {};
  for (const table of TABLES) tables[table] = await db.now.selectFrom(table).selectAll().execute();
  return JSON.stringify(tables);
}

/** A request put to it as if it had come over the network. */
export async function put(app: FastifyInstance, request: InjectOptions) {
  const { statusCode, headers, body } = await app.inject(request);
  const isJson = body !== '' && String(headers['content-type']).includes('json');
  return { status: statusCode, headers, body: isJson ? (JSON.parse(body) as unknown) : body };
}
