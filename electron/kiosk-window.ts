import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { allowOnly } from '#electron/lock-down';
import { PAGE_URL } from '#electron/own-page';
import { grantCameraOnly } from '#electron/permissions';
import type { ShellLog } from '#electron/shell-log';

/** `reload()` inside `render-process-gone` is lost; a fresh load after a breath is not. */
const RELOAD_FIRST_MS = 500;
const RELOAD_LAST_MS = 10_000;
/** Having lived this long, a page that dies is loaded again at once. */
const STABLE_AFTER_MS = 60_000;
/** A page that answers nothing for so long is ended, and comes back. */
const UNRESPONSIVE_MS = 5_000;
/** The kiosk's own wall, so that a start does not flash. */
const BACKDROP = '#E7EBEE';

export interface KioskWindowOptions {
  readonly preload: string;
  /** What the page may talk to besides its own files. */
  readonly connectTo: () => readonly string[];
  readonly logger: ShellLog;
}

/** The one window: full screen, sandboxed, and always showing our page again. */
export class KioskWindow {
  readonly #options: KioskWindowOptions;
  readonly #window: BrowserWindow;
  #reloadMs = RELOAD_FIRST_MS;
  #loadedAtMs = 0;
  #reload: NodeJS.Timeout | undefined;
  #hung: NodeJS.Timeout | undefined;
  #page: string = PAGE_URL;

  constructor(options: KioskWindowOptions) {
    this.#options = options;
    this.#window = new BrowserWindow({
      kiosk: true,
      frame: false,
      autoHideMenuBar: true,
      backgroundColor: BACKDROP,
      title: 'Lintel',
      icon: join(app.getAppPath(), 'resources', 'icons', 'lintel-256.png'),
      webPreferences: {
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: !app.isPackaged,
        backgroundThrottling: false, // the camera is watched whatever covers the window
      },
    });
  }

  get contents(): Electron.WebContents {
    return this.#window.webContents;
  }

  start(): void {
    const { contents } = this;
    grantCameraOnly(contents.session);
    allowOnly(contents, this.#options.connectTo);
    contents.on('render-process-gone', (_event, details) => {
      this.#options.logger.error({ reason: details.reason }, 'the screen died, loading it again');
      this.#loadLater();
    });
    contents.on('did-fail-load', (...failure) => {
      const [, code, , , isMainFrame] = failure;
      if (isMainFrame && code !== ABORTED) this.#loadLater();
    });
    contents.on('unresponsive', () => {
      this.#hung = setTimeout(() => contents.forcefullyCrashRenderer(), UNRESPONSIVE_MS);
    });
    contents.on('responsive', () => clearTimeout(this.#hung));
  }

  /** Shows this page from now on, after a crash as well. */
  show(page: string): void {
    if (this.#loadedAtMs > 0 && this.#page === page) return;
    this.#page = page;
    this.#load();
  }

  stop(): void {
    clearTimeout(this.#reload);
    clearTimeout(this.#hung);
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  /** A second start of the app brings this one to the front instead. */
  focus(): void {
    if (!this.#window.isDestroyed()) this.#window.focus();
  }

  #load(): void {
    if (this.#window.isDestroyed()) return;
    this.#loadedAtMs = performance.now();
    void this.#window.loadURL(this.#page).catch(() => undefined); // `did-fail-load` decides
  }

  #loadLater(): void {
    clearTimeout(this.#hung);
    clearTimeout(this.#reload);
    if (performance.now() - this.#loadedAtMs > STABLE_AFTER_MS) this.#reloadMs = RELOAD_FIRST_MS;
    this.#reload = setTimeout(() => this.#load(), this.#reloadMs);
    this.#reloadMs = Math.min(this.#reloadMs * 2, RELOAD_LAST_MS);
  }
}

const ABORTED = -3; // ERR_ABORTED: a newer load took over
