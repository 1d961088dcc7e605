import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pipeProtocol } from '#contracts/ipc/engine-host';

/** Origins a kiosk page can have: this very server, or the files inside the Electron shell. */
const ELECTRON_ORIGIN = 'app://kiosk';

/** Names under which this server may be addressed; anything else is a rebound DNS name. */
export function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && ownHosts(port).includes(host.toLowerCase());
}

export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  if (origin === undefined) return false; // every browser sends one with a WebSocket
  return origin === ELECTRON_ORIGIN || ownHosts(port).some((host) => origin === `http://${host}`);
}

/** Takes as long for a wrong token as for the right one. */
export function isToken(candidate: string | undefined, token: string): boolean {
  const given = Buffer.from(candidate ?? '');
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The token travels as a WebSocket subprotocol, the only header a page can choose. */
export function offersToken(request: IncomingMessage, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',', 8);
  return offered.some((protocol) => isToken(protocol.trim(), pipeProtocol(token)));
}
