import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A Chromium-family browser that can show the kiosk. */
export interface Browser {
  readonly executablePath: string;
  /** How it was found; said to the person who starts the kiosk. */
  readonly source: 'LINTEL_BROWSER' | 'system' | 'playwright';
}

/** What the search may look at; a test hands in its own machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Best first: Debian's and Google's names, then Edge, which is Chromium too. */
const NAMES_ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const IN_PROGRAM_FILES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'], // on every Windows 10 and 11
];

const IN_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** Where Playwright unpacks Chromium, below its `chromium-<revision>` folder. */
const IN_PLAYWRIGHT = [
  ['chrome-linux64', 'chrome'],
  ['chrome-linux', 'chrome'],
  ['chrome-win64', 'chrome.exe'],
  ['chrome-win', 'chrome.exe'],
];

/**
 * The browser to use on this machine, if there is one.
 *
 * `LINTEL_BROWSER` decides alone when it is set: a wrong path there is "none", not "some other one",
 * so that whoever pinned a browser never gets a different one unawares.
 */
export function findBrowser(machine: Machine = thisMachine()): Browser | undefined {
  const pinned = machine.env['LINTEL_BROWSER'];
  if (pinned) {
    return isExecutable(pinned) ? { executablePath: pinned, source: 'LINTEL_BROWSER' } : undefined;
  }
  const installed = systemCandidates(machine).find(isExecutable);
  if (installed) return { executablePath: installed, source: 'system' };
  const fetched = playwrightCandidates(machine).find(isExecutable);
  return fetched ? { executablePath: fetched, source: 'playwright' } : undefined;
}

function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

function systemCandidates({ platform, env }: Machine): string[] {
  if (platform === 'darwin') return IN_APPLICATIONS;
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return IN_PROGRAM_FILES.flatMap((path) =>
      roots.flatMap((root) => (root ? [join(root, ...path)] : [])),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES_ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function playwrightCandidates(machine: Machine): string[] {
  const cache = playwrightCache(machine);
  return revisionsIn(cache).flatMap((revision) =>
    IN_PLAYWRIGHT.map((path) => join(cache, revision, ...path)),
  );
}

function playwrightCache({ platform, env, home }: Machine): string {
  const own = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (own && own !== '0') return own;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? home, 'ms-playwright');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ms-playwright');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'ms-playwright');
}

/** Newest first. */
function revisionsIn(cache: string): string[] {
  try {
    return readdirSync(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  } catch {
    return []; // Playwright never installed anything here
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
