import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, findBrowser } from '#browser/find-browser';
import { failed, ok, type Result } from '#domain/result';

const INSTALL_TIMEOUT_MS = 10 * 60_000; // 180 MB on a slow office line
const PROBE_TIMEOUT_MS = 20_000;

type Say = (line: string) => void;

/**
 * A browser for the demo and the tests: the one that is there, else one installed now, said aloud.
 *
 * @returns why not, in one line, when none can be had
 */
export function ensureBrowser(say: Say): Result<Browser, string> {
  const present = findBrowser();
  if (present) return ok(present);
  if (process.env['LINTEL_BROWSER']) {
    return failed(`LINTEL_BROWSER names no executable: ${process.env['LINTEL_BROWSER']}`);
  }
  const reasons: string[] = [];
  for (const install of [installThroughPlaywright, installThroughApt]) {
    const reason = install(say);
    const browser = reason === undefined ? findBrowser() : undefined;
    if (browser) {
      say(`Browser installed: ${browser.executablePath}`);
      return ok(browser);
    }
    reasons.push(reason ?? 'installed, but cannot be found afterwards');
  }
  return failed(`no browser on this machine, and none could be installed (${reasons.join('; ')})`);
}

/** @returns why it did not work, or nothing */
function installThroughPlaywright(say: Say): string | undefined {
  const cli = playwrightCli();
  if (cli === undefined) return 'Playwright: not installed here, `npm ci` brings it';
  say("No browser found: installing Chromium with Playwright's own installer …");
  const run = spawnSync(process.execPath, [cli, 'install', 'chromium', '--no-shell'], {
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  });
  return run.status === 0 ? undefined : `Playwright: ${lastLine(run.stderr)}`;
}

/** A development dependency: absent from a packaged Lintel. */
function playwrightCli(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js');
  } catch {
    return undefined; // MODULE_NOT_FOUND
  }
}

/** Debian and its children; on Ubuntu `chromium` is a snap stub, which the search above then finds or not. */
function installThroughApt(say: Say): string | undefined {
  if (process.platform !== 'linux') return 'apt: not a Debian';
  if (process.getuid?.() !== 0) return 'apt: needs root, try `sudo apt install chromium`';
  if (spawnSync('apt-get', ['--version'], { timeout: PROBE_TIMEOUT_MS }).status !== 0) {
    return 'apt: not on this machine';
  }
  say("Installing Debian's chromium through apt …");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ];
  for (const step of steps) {
    const run = spawnSync('apt-get', step, { encoding: 'utf8', env, timeout: INSTALL_TIMEOUT_MS });
    if (run.status !== 0) return `apt: ${lastLine(run.stderr)}`;
  }
  return undefined;
}

function lastLine(text: string | null): string {
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'no message';
}
