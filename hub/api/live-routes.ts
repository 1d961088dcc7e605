import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liveRoutes } from '#contracts/rest/v1/live';
import { assert } from '#domain/assert';
import type { Asked } from '#hub/api/handler';
import { ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import { type Admitted, type Authority, placesFor, reachFor } from '#hub/authority/authority';
import type { LiveEvent, LiveFeed } from '#hub/live/live-feed';
import { mayWatch, type WatcherDeps, type WatcherReach } from '#hub/live/watcher';
import type { SessionKeeper } from '#hub/sign-in/session-keeper';

const HEARTBEAT_MS = 15_000; // under the idle limit of common proxies
const STREAMS_MAX = 100; // browser tabs, all administrators together
const UNSENT_BYTES_MAX = 1024 * 1024; // a tab that does not read is let go, and comes back

export interface LiveRoutesDeps extends WatcherDeps {
  readonly app: FastifyInstance;
  readonly live: LiveFeed;
  readonly sessions: SessionKeeper;
  readonly authority: Authority;
}

/**
 * Server-sent events. A `last-event-id` is taken without a promise: events are not kept, and who
 * comes back asks for the whole picture once.
 */
export function serveLive(book: RouteBook, deps: LiveRoutesDeps): void {
  const { app, live } = deps;
  const streams = new Set<() => void>();
  const beats = new Set<Promise<void>>();
  const under = (beat: Promise<void>): void => {
    beats.add(beat);
    void beat.then(() => beats.delete(beat));
  };
  let eventId = 0;

  const open = ({ request, reply }: Asked<typeof liveRoutes.live>) => {
    if (streams.size >= STREAMS_MAX) throw new ProblemError('too-many');
    const watcher = watcherOf(request);
    const raw = openStream(reply);
    const send = (text: string): void => {
      if (raw.writableLength > UNSENT_BYTES_MAX) raw.destroy();
      else raw.write(text);
    };
    const end = (): void => {
      raw.end();
    };
    const show = async (event: LiveEvent): Promise<void> => {
      if (!(await mayWatch(event, watcher.reach, deps)) || raw.writableEnded) return;
      eventId += 1;
      send(`id: ${eventId}\nevent: ${event.name}\ndata: ${JSON.stringify(event.body)}\n\n`);
    };
    const beat = async (): Promise<void> => {
      const reach = await watcher.again(deps);
      if (reach === undefined) return end();
      watcher.reach = reach;
      if (!raw.writableEnded) send(': still here\n\n');
    };
    // A database that does not answer ends the stream: who comes back says again who they are.
    const undo = live.listen((event) => under(show(event).catch(end)));
    const heartbeat = setInterval(() => under(beat().catch(end)), HEARTBEAT_MS);
    streams.add(end);
    raw.once('close', () => {
      clearInterval(heartbeat);
      undo();
      streams.delete(end);
    });
    send('retry: 2000\n\n: welcome\n\n');
    return {};
  };
  book.serve(liveRoutes, { live: open });

  app.addHook('preClose', async () => {
    for (const end of streams) end();
    await Promise.all(beats); // they read the database, which is closed after this
  });
}

interface Watcher {
  reach: WatcherReach;
  /** What they may see by now; undefined once they are no longer let in. */
  readonly again: (deps: LiveRoutesDeps) => Promise<WatcherReach | undefined>;
}

/** A session is looked at anew with every beat, and so is a program's token. */
function watcherOf(request: FastifyRequest): Watcher {
  const { actor, tree, session, headers } = request;
  assert(actor !== undefined && tree !== undefined, 'the guard lets nobody in unknown');
  const token = headers.authorization?.replace(/^Bearer +/i, '') ?? '';
  return {
    reach: reachOf({ actor, tree }),
    again: async ({ sessions, authority }) => {
      if (session === undefined) {
        const client = await authority.ofToken(token);
        return client.ok ? reachOf(client.value) : undefined;
      }
      const found = await sessions.find(session.token);
      return found === undefined ? undefined : reachOf(await authority.ofAccount(found.account));
    },
  };
}

function reachOf(admitted: Admitted): WatcherReach {
  return {
    results: reachFor(admitted, 'results', 'view'),
    people: reachFor(admitted, 'people', 'view'),
    fleet: placesFor(admitted, 'fleet', 'view'),
  };
}

function openStream(reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  return reply.raw;
}
