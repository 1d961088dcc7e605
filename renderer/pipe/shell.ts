import { z } from 'zod';
import { shellPipe } from '#contracts/ipc/engine-host';
import { PortCarrier } from '#renderer/pipe/port-carrier';
import type { OpenPipe } from '#renderer/pipe/screen-pipe';
import { socketCarrier } from '#renderer/pipe/socket-carrier';

/** What the Electron preload puts on `window`. */
const shellGlobal = z.object({ pipe: shellPipe });

/** Survives a reload of the page, and dies with the tab. */
const TOKEN_KEY = 'lintel.pipe-token';

/**
 * Finds out which shell shows this page and how to reach the engine from it.
 *
 * @returns undefined in a page nobody handed a token: there is nothing to connect to
 */
export function findCarrier(): OpenPipe | undefined {
  const shell = shellGlobal.safeParse(Reflect.get(window, 'lintelShell'));
  if (shell.success) return carrierOf(shell.data);
  const token = takeToken();
  if (token === undefined) return undefined;
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return socketCarrier({ url: `${scheme}://${window.location.host}/pipe`, token });
}

function carrierOf(shell: z.output<typeof shellGlobal>): OpenPipe {
  if (shell.pipe.kind === 'socket') return socketCarrier(shell.pipe);
  const carrier = new PortCarrier();
  carrier.start();
  return carrier.open;
}

/** The token leaves the address bar at once; anyone passing by can read that. */
function takeToken(): string | undefined {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (given !== null && given !== '') {
    sessionStorage.setItem(TOKEN_KEY, given);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    return given;
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? undefined;
}
