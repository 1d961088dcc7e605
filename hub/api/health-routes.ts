import type { FastifyInstance } from 'fastify';
import { type Probe, readinessOf } from '#platform/health/readiness';

/**
 * For load balancers and supervisors, outside the versioned API. `/health`: the process answers;
 * `/ready`: requests may be sent here. Names of parts and codes, nothing that would help a stranger.
 */
export function serveHealth(app: FastifyInstance, probes: readonly Probe[]): void {
  const config = { authority: 'public' } as const;
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.get('/health', { config }, async (_request, reply) => {
    await reply.header('cache-control', 'no-store').send({ state: 'ok' });
  });
  app.get('/ready', { config }, async (_request, reply) => {
    const { isReady, probes: results } = await readinessOf(probes);
    const isOpen = isReady && !isClosing;
    const state = isClosing ? 'stopping' : isReady ? 'ready' : 'failing';
    await reply
      .code(isOpen ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ state, probes: results });
  });
}
