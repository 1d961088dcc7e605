import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { HubConfig } from '#contracts/config/hub-config';
import type { JoinInstructions } from '#contracts/rest/v1/join';
import { failed, ok, type Result } from '#domain/result';
import { buildServer, emptyServer } from '#hub/api/server';
import { type Approvals, openApprovals } from '#hub/approvals/open-approvals';
import { type Attendance, openAttendance } from '#hub/attendance/open-attendance';
import { type OpenAuthority, openAuthority } from '#hub/authority/open-authority';
import { type HubBroker, listenToTerminals, openBroker } from '#hub/broker/hub-broker';
import { HubPost } from '#hub/broker/hub-post';
import { openWecom } from '#hub/compat/open-wecom';
import { Errands } from '#hub/errands';
import { openExports } from '#hub/exports/open-exports';
import { type HubIdentity, identityPath, loadIdentity } from '#hub/identity/hub-identity';
import { EntryActions, type EntryEffect } from '#hub/ingest/entry-actions';
import { Ingest } from '#hub/ingest/ingest';
import { Joining } from '#hub/ingest/joining';
import { Reception } from '#hub/ingest/reception';
import { RefusalBook } from '#hub/ingest/refusal-book';
import { LiveFeed } from '#hub/live/live-feed';
import { isLoopback, type Operations, openOperations } from '#hub/operations/open-operations';
import { openPeople } from '#hub/people/open-people';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import { RetirementDesk } from '#hub/site/retirement-desk';
import { SiteDesk } from '#hub/site/site-desk';
import {
  databaseFailure,
  environmentFailure,
  folderTaken,
  type HubStartFailure,
  identityFailure,
} from '#hub/start-failure';
import { type HubDatabase, openHubDatabase } from '#hub/storage/hub-database';
import { openStore, type Store } from '#hub/storage/open-store';
import { DownSync } from '#hub/sync/down-sync';
import { openWebhooks } from '#hub/webhooks/open-webhooks';
import type { Clock } from '#platform/clock/clock';
import { privateKeyOf } from '#platform/crypto/keys';
import { makePrivateDirectory } from '#platform/files/private-file';
import type { Logger } from '#platform/log/logger';
import { holdFile } from '#platform/sqlite/held-file';

export interface HubDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The built console; without one a plain page says how to build it. */
  readonly consoleDir?: string | undefined;
}

/** A running hub. */
export interface Hub {
  readonly hubId: string;
  readonly httpUrl: string;
  readonly brokerUrl: string;
  readonly joinCode: string;
  /** Of the administrator `admin`, only at the very first start; nothing but its hash is kept. */
  readonly firstPassword?: string;
  readonly stop: () => Promise<void>;
}

/** The hub's only wiring. Whatever was begun is undone when a later step fails. */
export async function startHub(
  config: HubConfig,
  deps: HubDeps,
): Promise<Result<Hub, HubStartFailure>> {
  const undo: (() => unknown)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const started = await start(config, deps, undo);
    if (!started.ok) {
      await undoAll();
      return started;
    }
    return ok({ ...started.value, stop: undoAll });
  } catch (error) {
    await undoAll();
    const failure = environmentFailure(error, config);
    if (failure === undefined) throw error;
    return failed(failure);
  }
}

async function start(
  config: HubConfig,
  deps: HubDeps,
  undo: (() => unknown)[],
): Promise<Result<Omit<Hub, 'stop'>, HubStartFailure>> {
  const opened = await openBooks(config, undo);
  if (!opened.ok) return opened;
  const matters = await openMatters(opened.value, { config, deps }, undo);
  if (!matters.ok) return matters;
  const world = matters.value;
  const broker = await openDoor(world);
  if (!broker.ok) return broker;
  undo.push(() => broker.value.close());

  const sync = await receiveTerminals(world, broker.value, undo);
  world.attendance.recompute.start();
  world.approvals.keeper.start();
  await world.webhooks.courier.start();
  const brokerUrl = broker.value.url;
  const httpUrl = await serve({ ...world, sync, brokerUrl }, undo);
  // Last of all: a password made by a start that then failed would have been seen by nobody.
  const firstPassword = await foundAdministrator(world.authority);
  const { hubId, joinCode } = world.identity;
  const first = firstPassword === undefined ? {} : { firstPassword };
  return ok({ hubId, httpUrl, brokerUrl, joinCode, ...first });
}

/** Everything that neither terminals nor browsers can reach yet. */
async function openMatters(
  { db, identity }: Books,
  { config, deps }: { readonly config: HubConfig; readonly deps: HubDeps },
  undo: (() => unknown)[],
): Promise<Result<World, HubStartFailure>> {
  const store = openStore(db, identity);
  await store.site.found({ name: config.siteName, zone: config.siteZone });
  const opened = await openOperations({ ...deps, config, db });
  if (!opened.ok) return opened;
  const operations = opened.value;
  undo.push(() => operations.close());
  const webhooks = openWebhooks({ ...deps, db, identity, operations });
  undo.push(() => webhooks.courier.stop());
  const authority = await openAuthority({ ...config, ...deps, db, identity, config });
  if (!authority.ok) return authority;
  undo.push(() => authority.value.stop());

  const live = new LiveFeed();
  const errands = new Errands(deps.logger);
  undo.push(() => errands.settled());
  const attendance = openAttendance(db, store, deps);
  const approvals = openApprovals({ ...attendance, ...deps, db, dataDir: config.dataDir });
  await approvals.found();
  undo.push(() => approvals.keeper.stop());
  undo.push(() => attendance.recompute.stop());
  const onTerminal = async (terminalId: string): Promise<void> => {
    attendance.recompute.lookSoon(); // it may have reported everything up to now
    const terminal = await store.terminals.get(terminalId);
    if (terminal !== undefined) live.tell({ name: 'terminal', body: terminal });
  };
  const refusals = new RefusalBook({ ...store, ...deps, db, onWritten: onTerminal });
  undo.push(() => refusals.flush());
  const parts = { config, deps, db, identity, store, live, errands, operations, webhooks };
  const followed = { refusals, onTerminal, attendance, approvals };
  return ok({ ...parts, ...followed, authority: authority.value });
}

async function openDoor(world: World): Promise<Result<HubBroker, HubStartFailure>> {
  const { config, identity, store, refusals } = world;
  const { hubId, joinCode } = identity;
  return await openBroker({
    config,
    hubId,
    joinCode,
    siteOf: async (terminal) => (await store.terminals.joined(terminal))?.siteId,
    onRefused: (terminal, reason) => refusals.count(terminal, reason, new Uint8Array()),
    // Not before the port is ours: a second hub started by mistake must not touch the first one's picture.
    onOpen: () => store.terminals.markAllOffline(),
  });
}

interface Books {
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
}

async function openBooks(
  config: HubConfig,
  undo: (() => unknown)[],
): Promise<Result<Books, HubStartFailure>> {
  const { dataDir, databaseUrl } = config;
  makePrivateDirectory(dataDir);
  if (databaseUrl === undefined) {
    // Two hubs on one file would each believe that nobody else hears the terminals.
    const held = holdFile(join(dataDir, 'hub.lock'));
    if (!held.ok) return failed(folderTaken(dataDir));
    undo.push(held.value);
  }
  const identity = loadIdentity(dataDir);
  if (!identity.ok) return failed(identityFailure(identity.failure, identityPath(dataDir)));
  const opened = await openHubDatabase(config);
  if (!opened.ok) return failed(databaseFailure(opened.failure, config));
  undo.push(() => opened.value.close());
  return ok({ db: opened.value, identity: identity.value });
}

interface World {
  readonly authority: OpenAuthority;
  readonly attendance: Attendance;
  readonly approvals: Approvals;
  readonly config: HubConfig;
  readonly deps: HubDeps;
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
  readonly store: Store;
  readonly live: LiveFeed;
  readonly operations: Operations;
  readonly webhooks: ReturnType<typeof openWebhooks>;
  readonly errands: Errands;
  readonly refusals: RefusalBook;
  readonly onTerminal: (terminalId: string) => Promise<void>;
}

async function receiveTerminals(
  world: World,
  broker: HubBroker,
  undo: (() => unknown)[],
): Promise<DownSync> {
  const { deps, db, identity, store } = world;
  const { clock, logger } = deps;
  const { link } = broker;
  const post = new HubPost(link, privateKeyOf('ed25519', identity.sign.privateKey), logger);
  const sync = new DownSync({ ...store, db, post, clock, logger });
  const joining = new Joining({ ...store, db, identity, sync, post, clock, logger });
  const { publicKey } = identity.seal;
  const sealKey = { privateKey: privateKeyOf('x25519', identity.seal.privateKey), publicKey };
  const actions = new EntryActions({ ...store, ...world.attendance, sealKey });
  const reception = new Reception({
    ...world,
    ...store,
    ingest: new Ingest({ db, log: store.log, actions, times: world.attendance.times, clock }),
    joining,
    sync,
    post,
    clock,
    logger,
    onContact: async (contact) => {
      if (await world.attendance.times.onContact(contact)) world.attendance.recompute.wake();
    },
    onEffects: async (effects) => {
      world.attendance.recompute.wake();
      world.webhooks.courier.wake();
      await tellEffects(effects, world, sync);
    },
  });
  undo.push(() => reception.stop());
  link.onState((state) => {
    logger.info(state, state.connected ? 'connected to the broker' : 'the broker is away');
    if (state.connected) return;
    sync.forgetWindows();
    joining.forgetGreetings();
  });
  await listenToTerminals(broker, (topic, payload) => reception.receive(topic, payload));
  return sync;
}

/** After the commit: what the console shows live, and what other terminals have to hear. */
async function tellEffects(
  effects: readonly EntryEffect[],
  world: World,
  sync: DownSync,
): Promise<void> {
  const { live, store, operations } = world;
  const punches = effects.filter(({ kind }) => kind === 'punch').length;
  operations.metrics.count('punchesReceived', {}, punches);
  for (const effect of effects) {
    if (effect.kind === 'templates' || effect.kind === 'retimed') continue;
    const { logId, seq } = effect;
    if (effect.kind === 'voided') live.tell({ name: 'voided', body: { id: `${logId}:${seq}` } });
    const punch = effect.kind === 'punch' ? await store.punches.get(logId, seq) : undefined;
    if (punch !== undefined) live.tell({ name: 'punch', body: punch });
  }
  if (effects.some((effect) => effect.kind === 'templates')) peopleChanged(world, sync);
}

function peopleChanged({ live, errands }: World, sync: DownSync): void {
  live.tell({ name: 'people', body: {} });
  errands.run('telling terminals of a change', () => sync.announce());
}

/** What works by itself beside the routes it serves. */
function openBackground(world: World, onChange: () => void, undo: (() => unknown)[]) {
  const { config, deps, db, store, attendance } = world;
  const people = openPeople({ ...store, ...attendance, ...deps, db, onChange });
  const exports = openExports({ ...store, ...attendance, ...deps, db, dataDir: config.dataDir });
  exports.runner.start();
  undo.push(() => exports.runner.stop());
  people.leaving.start();
  undo.push(() => people.leaving.stop());
  return { people, exports };
}

async function serve(
  world: World & { readonly sync: DownSync; readonly brokerUrl: string },
  undo: (() => unknown)[],
): Promise<string> {
  const { config, deps, db, store, live, errands, refusals } = world;
  const { onTerminal, sync, attendance, operations } = world;
  const { clock, logger } = deps;
  const onChange = (): void => db.whenCommitted(() => peopleChanged(world, sync));
  const { people, exports } = openBackground(world, onChange, undo);
  const { transport, networks } = operations;
  const place = { trustProxy: networks.proxies, makeServer: transport.makeServer };
  const served = {
    ...store,
    ...world.authority.served,
    clock,
    logger,
    live,
    operations: operations.server,
    webhooks: world.webhooks.routes,
    consoleDir: deps.consoleDir,
    attendance: attendance.routes,
    approvals: world.approvals,
    exports,
    exceptions: attendance.exceptions,
    ...people,
    join: joinInstructions(world.identity.joinCode, world.brokerUrl),
    flushRefusals: () => refusals.flush(),
    retirementDesk: new RetirementDesk({
      ...store,
      ...attendance,
      db,
      clock,
      onChange: (terminal) =>
        db.whenCommitted(() => errands.run('telling of a terminal', () => onTerminal(terminal))),
    }),
    siteDesk: new SiteDesk({
      ...store,
      db,
      clock,
      ruleDesk: attendance.ruleDesk,
      onChange: () => {
        onChange();
        attendance.onMarked();
      },
    }),
  };
  const app = await buildServer(served, emptyServer(place));
  undo.push(() => app.close());
  await openWecom(app, { ...served, db, identity: world.identity, rules: attendance.rules });
  if (!isLoopback(config.httpHost) && transport.scheme === 'http') {
    logger.warn({ host: config.httpHost }, 'the console is served beyond this machine without TLS');
  }
  await app.listen({ host: config.httpHost, port: config.httpPort });
  return `${transport.scheme}://${addressOf(app.server.address(), config)}`;
}

function addressOf(bound: AddressInfo | string | null, config: HubConfig): string {
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.httpPort;
  const host = config.httpHost.includes(':') ? `[${config.httpHost}]` : config.httpHost;
  return `${host}:${port}`;
}

function joinInstructions(code: string, brokerUrl: string): JoinInstructions {
  const { hostname } = new URL(brokerUrl);
  const reachableFromOthers = !isLoopback(hostname);
  const command = `npm start -- --terminal-only --hub ${brokerUrl}`;
  return { code, brokerUrl, reachableFromOthers, command };
}
