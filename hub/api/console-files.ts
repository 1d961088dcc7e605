import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Lintel 门楣</title></head>
<body>
<h1>Lintel 门楣</h1>
<p>The hub is running, but its console has not been built. Run <code>npm run build</code> and reload this page.</p>
<p lang="zh-CN">服务正在运行，但管理界面尚未构建。请运行 <code>npm run build</code>，然后刷新本页。</p>
</body>
</html>
`;

/** The built console: the only files anybody may read, as they hold no data. */
export async function serveConsole(
  app: FastifyInstance,
  consoleDir: string | undefined,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, authority: 'public' };
    });
    if (consoleDir === undefined || !existsSync(join(consoleDir, 'index.html'))) {
      scope.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(NOT_BUILT));
      return;
    }
    await scope.register(fastifyStatic, {
      root: consoleDir,
      wildcard: false, // routes are made of the files that are there, and of nothing else
      index: 'index.html',
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = /-[\w-]{8,}\.\w+$/.test(path);
        const forAYear = 'public, max-age=31536000, immutable';
        void reply.header('cache-control', isHashed ? forAYear : 'no-cache');
      },
    });
  });
}
