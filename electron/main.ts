import '#electron/temporal';
import { join } from 'node:path';
import { app, ipcMain, Menu } from 'electron';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { loadSettings } from '#electron/electron-settings';
import { canHostEngine, type EngineLink, type EngineProblem } from '#electron/engine/engine-link';
import { ExternalEngine } from '#electron/engine/external-engine';
import { UtilityEngine } from '#electron/engine/utility-engine';
import { KioskWindow } from '#electron/kiosk-window';
import { lockDown } from '#electron/lock-down';
import { isOwnFrame, PAGE_URL, PROBLEM_URL } from '#electron/own-page';
import { declarePageScheme, servePage } from '#electron/page-protocol';
import { createShellLog, type ShellLog } from '#electron/shell-log';
import type { Texts } from '#platform/config/language';

/** Beside this file, in the checkout as in the package. */
const OUT_DIR = join(__dirname, '..');
const RENDERER_DIR = join(OUT_DIR, 'renderer');

const NOTHING_YET: Texts = { 'zh-CN': '正在启动……', en: 'Starting …' };

declarePageScheme();
lockDown();
Menu.setApplicationMenu(null);
if (app.requestSingleInstanceLock()) void app.whenReady().then(begin);
else app.quit(); // the one that runs comes to the front

function begin(): void {
  const settings = loadSettings(process.env);
  if (!settings.ok) {
    showOnly({ reason: 'configuration', message: settings.failure });
    return;
  }
  const logger = createShellLog();
  runKiosk(settings.value, logger);
}

function runKiosk(config: TerminalConfig, logger: ShellLog): void {
  let problem: Texts = NOTHING_YET;
  const engine = engineFor(config, logger, (found) => {
    if (found) {
      logger.error({ reason: found.reason }, found.message.en);
      problem = found.message;
    }
    window.show(found ? PROBLEM_URL : PAGE_URL);
  });
  const connectTo = () => engine.connectTo();
  servePage({ rendererDir: RENDERER_DIR, connectTo, problem: () => problem });
  const window = new KioskWindow({
    preload: join(OUT_DIR, 'preload', 'preload.cjs'),
    connectTo,
    logger,
  });
  answerPage(engine, logger);
  window.start();
  engine.start();
  app.on('second-instance', () => window.focus());
  endWell(async () => {
    window.stop();
    await engine.stop();
  });
}

function engineFor(
  config: TerminalConfig,
  logger: ShellLog,
  onReport: (problem: EngineProblem | undefined) => void,
): EngineLink {
  const common = { config, logger, onReport };
  if (canHostEngine(process.versions)) {
    return new UtilityEngine({ ...common, entry: join(__dirname, 'engine.cjs') });
  }
  const root = join(OUT_DIR, '..');
  logger.info({}, 'this Electron cannot host the engine, a Node outside does');
  return new ExternalEngine({
    ...common,
    node: process.env['LINTEL_NODE'] ?? join(root, 'node_modules', '.bin', 'node'),
    entry: join(root, 'browser', 'main.ts'),
    rendererDir: RENDERER_DIR,
  });
}

/** The only two things the page's preload may ask; from any other frame they are ignored. */
function answerPage(engine: EngineLink | undefined, logger: ShellLog): void {
  ipcMain.on('shell.pipe', (event) => {
    // Always an answer: the preload waits for it, and the page for the preload.
    event.returnValue = isOwnFrame(event.senderFrame) ? engine?.pipe() : undefined;
  });
  ipcMain.on('pipe.wanted', (event) => {
    if (isOwnFrame(event.senderFrame)) engine?.offerPort(event.sender);
    else logger.warn({ url: event.senderFrame?.url }, 'a stranger asked for the pipe');
  });
}

/** A configuration that cannot work is said on the screen: nobody at the door reads a log. */
function showOnly({ message, reason }: EngineProblem): void {
  const logger = createShellLog();
  logger.error({ reason }, message.en);
  servePage({ rendererDir: RENDERER_DIR, connectTo: () => [], problem: () => message });
  const preload = join(OUT_DIR, 'preload', 'preload.cjs');
  answerPage(undefined, logger);
  const window = new KioskWindow({ preload, connectTo: () => [], logger });
  window.start();
  window.show(PROBLEM_URL);
  endWell(async () => window.stop());
}

/** Whatever ends the app, the engine is asked to stop first, and once. */
function endWell(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    void stop().finally(() => app.exit(0));
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    end();
  });
  app.on('window-all-closed', end);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // Started by `lintel start`: the end of this input means that the starter is gone.
  if (process.env['LINTEL_TERMINAL_CONFIG']) process.stdin.resume().on('end', end);
}
