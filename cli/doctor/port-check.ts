import { createServer } from 'node:net';
import { plain } from '#cli/console';
import { type Finding, fine, warn } from '#cli/doctor/finding';

export interface Port {
  /** `--http-port` */
  readonly flag: string;
  readonly host: string;
  readonly port: number;
}

/** Free ports, or held by a Lintel that already runs: only the person can know which. */
export async function checkPort({ flag, host, port }: Port): Promise<Finding> {
  const check = `port ${port}`;
  if (port === 0) return fine('port', plain(`${flag} 0`));
  if (await isFree(host, port)) return fine(check, { 'zh-CN': '空闲', en: 'free' });
  return warn(
    check,
    { 'zh-CN': '已被占用（可能是正在运行的门楣）', en: 'taken (perhaps by a Lintel that runs)' },
    {
      'zh-CN': `如果不是，请换一个端口：${flag} ${port + 1}`,
      en: `If not, choose another: ${flag} ${port + 1}`,
    },
  );
}

function isFree(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, host, () => server.close(() => resolve(true)));
  return promise;
}
