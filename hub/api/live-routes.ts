import type { FastifyInstance, FastifyReply } from 'fastify';
import { liveRoutes } from '#contracts/rest/v1/live';
import { sessionOf } from '#hub/api/guard';
import type { Asked } from '#hub/api/handler';
import { ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import type { LiveFeed } from '#hub/live/live-feed';
import type { SignIn } from '#hub/sign-in/sign-in';

const HEARTBEAT_MS = 15_000; // under the idle limit of common proxies
const STREAMS_MAX = 100; // browser tabs, all administrators together
const UNSENT_BYTES_MAX = 1024 * 1024; // a tab that does not read is let go, and comes back

export interface LiveRoutesDeps {
  readonly app: FastifyInstance;
  readonly live: LiveFeed;
  readonly signIn: SignIn;
}

/**
 * Server-sent events. A `last-event-id` is taken without a promise: events are not kept, and who
 * comes back asks for the whole picture once.
 */
export function serveLive(book: RouteBook, { app, live, signIn }: LiveRoutesDeps): void {
  const streams = new Set<() => void>();
  const beats = new Set<Promise<void>>();
  const under = (beat: Promise<void>): void => {
    beats.add(beat);
    void beat.then(() => beats.delete(beat));
  };
  let eventId = 0;

  const open = ({ request, reply }: Asked<typeof liveRoutes.live>) => {
    if (streams.size >= STREAMS_MAX) throw new ProblemError('too-many');
    const { token } = sessionOf(request);
    const raw = openStream(reply);
    const send = (text: string): void => {
      if (raw.writableLength > UNSENT_BYTES_MAX) raw.destroy();
      else raw.write(text);
    };
    const undo = live.listen(({ name, body }) => {
      eventId += 1;
      send(`id: ${eventId}\nevent: ${name}\ndata: ${JSON.stringify(body)}\n\n`);
    });
    const end = (): void => {
      raw.end();
    };
    const beat = async (): Promise<void> => {
      if ((await signIn.find(token)) === undefined) end();
      else if (!raw.writableEnded) send(': still here\n\n');
    };
    // A database that does not answer ends the stream: who comes back says again who they are.
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
