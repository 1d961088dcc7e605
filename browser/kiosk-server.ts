import { existsSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import { type FastifyInstance, fastify, type preValidationAsyncHookHandler } from 'fastify';
import { isOwnHost, isOwnOrigin, offersToken } from '#browser/door';
import { socketPipe } from '#browser/socket-pipe';
import { pipeProtocol } from '#contracts/ipc/engine-host';
import { FRAME_BYTES_MAX } from '#contracts/ipc/frame-codec';
import type { Pipe } from '#contracts/ipc/pipe';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import type { Clock } from '#platform/clock/clock';
import { kioskHeaders } from '#platform/web/content-security-policy';

/** One screen, its reload, and a person looking after it. */
const CONNECTIONS_MAX = 4;
/** Browsers open six at once; more sockets than this are somebody holding them. */
const SOCKETS_MAX = 64;
/** The page is some fifty files; a reload loop of a broken screen must not starve the engine. */
const REQUESTS_PER_MINUTE_MAX = 1200;
const LOOPBACK = '127.0.0.1'; // never another address: frames of faces pass here in the clear

export interface KioskServerOptions {
  /** The built screens. */
  readonly rendererDir: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Opens the pipe; minted by whoever starts the shell, so that a screen survives an engine restart. */
  readonly token: string;
  readonly clock: Clock;
  readonly attach: (pipe: Pipe) => void;
}

export interface KioskServer {
  /** Opens the screen; the token is in the fragment, which no server and no log ever sees. */
  readonly url: string;
  /** Where a page that came from elsewhere finds the pipe. */
  readonly pipeUrl: string;
  readonly port: number;
  stop(): Promise<void>;
}

export type KioskServerFailure = 'not-built' | 'port-taken';

/** Serves the kiosk screens and their pipe to this machine alone; the pipe, to whoever holds the token. */
export async function startKioskServer(
  options: KioskServerOptions,
): Promise<Result<KioskServer, KioskServerFailure>> {
  if (!existsSync(join(options.rendererDir, 'index.html'))) return failed('not-built');
  const app = fastify({ bodyLimit: 1024 });
  const closeSockets = trackSockets(app);
  await guard(app);
  await servePipe(app, options);
  await app.register(serveStatic, { root: options.rendererDir, dotfiles: 'ignore' });
  try {
    await app.listen({ host: LOOPBACK, port: options.port });
  } catch (error) {
    await app.close();
    if (isPortProblem(error)) return failed('port-taken');
    throw error;
  }
  const port = portOf(app);
  return ok({
    url: `http://${LOOPBACK}:${port}/#token=${options.token}`,
    pipeUrl: `ws://${LOOPBACK}:${port}/pipe`,
    port,
    stop: async () => {
      const closed = app.close();
      closeSockets();
      await closed;
    },
  });
}

/** A refused upgrade keeps its socket, which Node then no longer counts: closing must not wait for it. */
function trackSockets(app: FastifyInstance): () => void {
  const sockets = new Set<Socket>();
  app.server.maxConnections = SOCKETS_MAX;
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/** Refuses what was not addressed to this machine by its own name, before anything else looks at it. */
async function guard(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE_MAX, timeWindow: '1 minute' });
  app.addHook('onRequest', async (request, reply) => {
    const isOwn = isOwnHost(request.headers.host, portOf(app));
    if (!isOwn) await reply.code(421).header('connection', 'close').send('misdirected');
  });
  app.addHook('onSend', async (_request, reply) => {
    const port = portOf(app);
    void reply.headers(kioskHeaders([`ws://${LOOPBACK}:${port}`, `ws://localhost:${port}`]));
  });
}

async function servePipe(
  app: FastifyInstance,
  { token, attach, clock }: KioskServerOptions,
): Promise<void> {
  await app.register(websocket, {
    options: {
      maxPayload: FRAME_BYTES_MAX,
      perMessageDeflate: false, // loopback: compressing pixels costs more than it saves
      handleProtocols: () => pipeProtocol(token),
    },
  });
  const onlyOurPage: preValidationAsyncHookHandler = async ({ raw }, reply) => {
    const refuse = (code: number, reason: string) =>
      reply.code(code).header('connection', 'close').send(reason);
    if (!isOwnOrigin(raw.headers.origin, portOf(app))) await refuse(403, 'origin');
    else if (!offersToken(raw, token)) await refuse(401, 'token');
    else if (app.websocketServer.clients.size >= CONNECTIONS_MAX) await refuse(503, 'too many');
  };
  app.get('/pipe', { websocket: true, preValidation: onlyOurPage }, (socket) => {
    socket.on('error', () => socket.terminate()); // oversized or malformed: `ws` has closed it
    attach(socketPipe(socket, () => clock.monotonicMs()));
  });
}

function portOf(app: FastifyInstance): number {
  const address: AddressInfo | string | null = app.server.address();
  assert(typeof address === 'object' && address !== null, 'the server listens on a port');
  return address.port;
}

function isPortProblem(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRINUSE' || error.code === 'EACCES')
  );
}
