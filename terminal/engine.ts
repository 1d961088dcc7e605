import { readFileSync } from 'node:fs';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { Frame } from '#contracts/ipc/frame-codec';
import type { KioskState } from '#contracts/ipc/kiosk-ipc';
import type { Pipe } from '#contracts/ipc/pipe';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { StateBody } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import { connectMqtt } from '#platform/mqtt/connect-mqtt';
import type { LinkOptions, MqttLink } from '#platform/mqtt/mqtt-link';
import { isDiskFull } from '#platform/sqlite/database';
import { type Desks, openDesks } from '#terminal/desks';
import { type EngineFailure, hubCaUnreadable } from '#terminal/engine-failure';
import { type FaceRoom, type OpenFaces, openFaceRoom } from '#terminal/face-room';
import { KioskDoor } from '#terminal/kiosk/kiosk-door';
import { kioskHandlers } from '#terminal/kiosk/kiosk-handlers';
import { type WifiScanner, wifiScannerFor } from '#terminal/presence/wifi-scanner';
import { WifiWatch } from '#terminal/presence/wifi-watch';
import { FacePunches } from '#terminal/punch/face-punches';
import { FrameLane } from '#terminal/punch/frame-lane';
import { DiskWatch } from '#terminal/storage/disk-watch';
import { writeKeyFile } from '#terminal/storage/key-file';
import { openStore, type Store } from '#terminal/storage/open-store';
import { DownReceiver } from '#terminal/sync/down-receiver';
import { HubAcquaintance } from '#terminal/sync/hub-acquaintance';
import { type SelfReport, TerminalSync } from '#terminal/sync/terminal-sync';
import { Uploader } from '#terminal/sync/uploader';

const TICK_MS = 1000; // what waits for the clock is told within a second
const FACES_RETRY_TICKS = 30; // models may be fetched while the engine runs
const STATE_PAUSE_MS = 100; // a burst of changes is one state for the screen

export interface EngineDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Version of the whole program, for the hub's console. */
  readonly app?: string;
  /** The rest is for tests and simulators: the real thing unless given. */
  readonly connect?: (options: LinkOptions) => MqttLink;
  readonly openFaces?: OpenFaces;
  readonly scanWifi?: WifiScanner;
}

/** The terminal, without a screen: whatever can carry a pipe may attach one. */
export interface TerminalEngine {
  /** Takes over a pipe; the newest that says hello is the active screen. */
  attach(pipe: Pipe): void;
  state(): KioskState;
  stop(): Promise<void>;
}

/**
 * Starts log, PIN, sync and screens at once, and faces as soon as their models open: a terminal
 * without models still takes punches by PIN and says what is missing.
 */
export async function startTerminalEngine(
  config: TerminalConfig,
  deps: EngineDeps,
): Promise<Result<TerminalEngine, EngineFailure>> {
  const ca = readCa(config.hubCa);
  if (!ca.ok) return ca;
  const { dataDir, joinCode } = config;
  const store = openStore({ dataDir, joinCode, clock: deps.clock });
  if (!store.ok) return store;
  if (store.value.begun !== undefined)
    deps.logger.info({ reason: store.value.begun }, 'a log was begun');
  const engine = new Engine({ config, deps, store: store.value, ca: ca.value });
  await engine.start();
  return ok(engine);
}

interface EngineParts {
  readonly config: TerminalConfig;
  readonly deps: EngineDeps;
  readonly store: Store;
  /** PEM text. */
  readonly ca: string | undefined;
}

type Faces =
  | { readonly status: 'starting' }
  | { readonly status: 'ready'; readonly room: FaceRoom; readonly punches: FacePunches }
  | { readonly status: 'failed'; readonly problem: Bilingual };

class Engine implements TerminalEngine {
  readonly #config: TerminalConfig;
  readonly #deps: EngineDeps;
  readonly #store: Store;
  readonly #door: KioskDoor;
  readonly #disk: DiskWatch;
  readonly #wifi: WifiWatch;
  readonly #desks: Desks;
  readonly #lane: FrameLane;
  readonly #acquaintance: HubAcquaintance;
  readonly #sync: TerminalSync;
  #faces: Faces = { status: 'starting' };
  #opening: Promise<void> = Promise.resolve();
  #camera: StateBody['camera'] = 'unknown';
  #ticker: NodeJS.Timeout | undefined;
  #ticks = 0;
  #stateTimer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ config, deps, store, ca }: EngineParts) {
    const { logger } = deps;
    const { clock, db, keys, folder } = store;
    const monotonicMs = () => clock.monotonicMs();
    const onChange = () => this.#changed();
    this.#config = config;
    this.#deps = deps;
    this.#store = store;
    this.#disk = new DiskWatch({ db, root: folder.root, monotonicMs, onChange });
    this.#wifi = new WifiWatch(deps.scanWifi ?? wifiScannerFor(process.platform), onChange);
    this.#door = new KioskDoor({
      handlers: () => this.#handlers(),
      onFrame: (frame) => this.#lane.offer(frame),
      onReady: () => this.#onScreen(),
      onLeft: () => this.#onScreenLeft(),
      logger,
    });
    const screen = this.#door;
    this.#acquaintance = new HubAcquaintance(keys, (hub) =>
      writeKeyFile(folder.keys, { ...keys, hub }),
    );
    this.#desks = openDesks({
      store,
      screen,
      coolDownSeconds: config.coolDownSeconds,
      wifi: () => this.#wifi.seen,
      onDisk: (disk) => this.#disk.note(disk),
      onLocked: (why) => this.#onLocked(why),
      pinnedHub: () => this.#acquaintance.pinned,
      faces: () => (this.#faces.status === 'ready' ? this.#faces.room : undefined),
    });
    this.#lane = new FrameLane({
      handle: (frame) => this.#look(frame),
      onWanted: () => screen.tell('frame.wanted', {}),
      logger,
    });
    this.#sync = this.#buildSync(ca);
  }

  async start(): Promise<void> {
    this.#wifi.start();
    this.#disk.tick();
    this.#opening = this.#openFaces();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    await this.#sync.start();
  }

  attach(pipe: Pipe): void {
    if (this.#stopped) pipe.close();
    else this.#door.attach(pipe);
  }

  state(): KioskState {
    const { roster, downLog, clock } = this.#store;
    const site = downLog.site();
    const { name } = this.#config;
    return {
      engine: this.#faces.status,
      ...(this.#faces.status === 'failed' && { engineProblem: this.#faces.problem }),
      ...(this.#faces.status === 'ready' && { modelId: this.#faces.room.card.id }),
      site: {
        name: site?.name ?? { 'zh-CN': '未分配站点', en: 'No site yet' },
        zone: site?.zone ?? 'UTC',
        terminalName: site?.terminalName ?? { 'zh-CN': name, en: name },
      },
      joined: this.#acquaintance.pinned !== undefined,
      online: this.#sync.online,
      hubLine: this.#sync.line,
      waiting: this.#sync.uploader.waiting(),
      clock: clock.trust(),
      disk: this.#disk.state,
      people: roster.peopleCount,
      templates: roster.templateCount,
      wifi: this.#wifi.seen,
      framesDropped: this.#lane.dropped,
    };
  }

  /** What is on the disk is safe at any moment; this only says goodbye and lets go. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#ticker);
    clearTimeout(this.#stateTimer);
    this.#lane.close();
    this.#door.stop();
    this.#wifi.stop();
    this.#desks.enrolments.cancel();
    await this.#sync.stop();
    await this.#opening;
    await this.#lane.idle();
    if (this.#faces.status === 'ready') await this.#faces.room.close();
    this.#store.log.stop();
    this.#store.db.close();
  }

  #buildSync(ca: string | undefined): TerminalSync {
    const { keys, clock, log, logRepository, downLog, people, roster } = this.#store;
    const { logger, connect } = this.#deps;
    const receiver = new DownReceiver({ keys, log, logRepository, downLog, people, roster });
    return new TerminalSync({
      keys,
      clock,
      log,
      downLog,
      receiver,
      logger,
      acquaintance: this.#acquaintance,
      hubUrl: this.#config.hubUrl,
      hubCa: ca,
      connect: connect ?? connectMqtt,
      uploader: (publish) =>
        new Uploader({
          repository: logRepository,
          publish,
          monotonicMs: () => clock.monotonicMs(),
          logger,
          onForked: (logId) => this.#onForked(logId),
        }),
      describe: () => this.#describe(),
      onChange: () => this.#changed(),
      onStorageError: (error) => this.#onStorageError(error),
    });
  }

  #describe(): SelfReport {
    return {
      app: this.#deps.app ?? 'lintel',
      name: this.#config.name,
      queueDepth: this.#sync.uploader.waiting(),
      people: this.#store.roster.peopleCount,
      camera: this.#camera,
      disk: this.#disk.state,
    };
  }

  #handlers(): ReturnType<typeof kioskHandlers> {
    return kioskHandlers({
      state: () => this.state(),
      screen: this.#door,
      ...this.#desks,
      faces: () => (this.#faces.status === 'ready' ? this.#faces.punches : undefined),
      onCamera: (status) => this.#onCamera(status),
      onDiskFull: () => this.#disk.note('full'),
    });
  }

  async #openFaces(): Promise<void> {
    const { deps, config } = { deps: this.#deps, config: this.#config };
    const opened = await (deps.openFaces ?? openFaceRoom)(config, deps.logger);
    if (!opened.ok) {
      this.#faces = { status: 'failed', problem: opened.failure.message };
      deps.logger.error({ problem: opened.failure.message.en }, 'faces cannot be recognised');
    } else if (this.#stopped) {
      await opened.value.close();
    } else {
      this.#takeFaces(opened.value);
    }
    this.#changed();
  }

  #takeFaces(room: FaceRoom): void {
    const { roster } = this.#store;
    roster.fillGallery(room.gallery, room.card.id);
    const punches = new FacePunches({
      watcher: room.watcher,
      modelId: room.card.id,
      roster,
      screen: this.#door,
      ...this.#desks,
    });
    this.#faces = { status: 'ready', room, punches };
    if (this.#door.isAttached) this.#lane.open();
  }

  async #look(frame: Frame): Promise<void> {
    if (this.#faces.status !== 'ready') return;
    const { room, punches } = this.#faces;
    const capturing = this.#desks.enrolments.hasCamera;
    const observation = await room.watcher.observe(frame, { searching: !capturing });
    if (this.#stopped || !this.#door.isAttached) return;
    // Who had the camera when the frame was taken is whose it is, whatever was tapped meanwhile.
    if (capturing !== this.#desks.enrolments.hasCamera) return;
    if (capturing) this.#desks.enrolments.observe(observation);
    else punches.handle(observation);
    if (capturing) punches.rest();
  }

  #onScreen(): void {
    this.#door.tell('state', this.state());
    if (this.#faces.status === 'ready') this.#lane.open();
  }

  #onScreenLeft(): void {
    this.#lane.close();
    this.#desks.session.lock();
    if (this.#faces.status === 'ready') this.#faces.punches.rest();
    this.#camera = 'unknown';
    this.#sync.touch();
  }

  #onCamera(status: StateBody['camera']): void {
    this.#camera = status;
    this.#sync.touch();
    // A frame asked for while there was no camera was never sent.
    if (status === 'live' && this.#faces.status === 'ready') this.#lane.open();
  }

  #onLocked(why: 'asked' | 'idle'): void {
    this.#desks.enrolments.cancel();
    if (why === 'idle') this.#door.tell('manager.locked', {});
  }

  #onForked(logId: string): void {
    this.#deps.logger.error(
      { logId },
      'the hub holds another continuation of this log: it is left',
    );
    this.#guarded(() => this.#store.log.leaveForked(logId));
  }

  #onStorageError(error: unknown): void {
    if (isDiskFull(error)) this.#disk.note('full');
    this.#deps.logger.error({ err: error }, 'could not be stored');
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onStorageError(error);
    }
  }

  #tick(): void {
    this.#ticks += 1;
    this.#guarded(() => {
      this.#disk.tick();
      this.#desks.session.tick();
      if (this.#faces.status === 'ready') this.#faces.punches.tick();
      this.#sync.tick();
    });
    const retry = this.#faces.status === 'failed' && this.#ticks % FACES_RETRY_TICKS === 0;
    if (retry) this.#opening = this.#openFaces();
    this.#changed();
  }

  /** Tells the screen and the hub, once for a burst, and only what differs. */
  #changed(): void {
    if (this.#stopped) return;
    this.#stateTimer ??= setTimeout(() => {
      this.#stateTimer = undefined;
      this.#tellState();
    }, STATE_PAUSE_MS);
  }

  #toldState = '';
  #tellState(): void {
    const state = this.state();
    const { framesDropped: _often, ...worthTelling } = state;
    const text = JSON.stringify(worthTelling);
    if (text === this.#toldState) return;
    this.#toldState = text;
    this.#door.tell('state', state);
    this.#sync.touch();
  }
}

function readCa(path: string | undefined): Result<string | undefined, EngineFailure> {
  if (path === undefined) return ok(undefined);
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch {
    return failed(hubCaUnreadable(path));
  }
}
