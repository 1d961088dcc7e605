import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const targets = z.array(
  z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }),
);
const answer = z.object({
  id: z.number(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});
const evaluated = z.object({
  result: z.object({ value: z.unknown() }),
  exceptionDetails: z.object({ text: z.string() }).loose().optional(),
});

const POLL_MS = 100;
const PATIENCE_MS = 30_000;

/** One page over the DevTools protocol, as old as the Electron under test may be; Playwright wants a newer one. */
export class DevtoolsPage {
  readonly #socket: WebSocket;
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Waits for a page whose address begins with `urlStart`. */
  static async find(port: number, urlStart: string): Promise<DevtoolsPage> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const url = await addressOf(port, urlStart);
      const page = url === undefined ? undefined : await DevtoolsPage.#begun(url);
      if (page !== undefined) return page;
      await pause(POLL_MS);
    }
    throw new Error(`no page at ${urlStart}`);
  }

  /** @returns undefined for a page that is listed, but in which no script can run yet */
  static async #begun(url: string): Promise<DevtoolsPage | undefined> {
    const page = new DevtoolsPage(await open(url));
    try {
      if ((await page.evaluate('document.readyState')) !== 'loading') return page;
    } catch {
      // no document yet
    }
    page.close();
    return undefined;
  }

  /** Runs a script in the page; a promise is awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const reply = evaluated.parse(await this.send('Runtime.evaluate', params));
    if (reply.exceptionDetails) throw new Error(JSON.stringify(reply.exceptionDetails));
    return reply.result.value;
  }

  /** @returns a PNG */
  async screenshot(): Promise<Buffer> {
    const { data } = z
      .object({ data: z.string() })
      .parse(await this.send('Page.captureScreenshot', {}));
    return Buffer.from(data, 'base64');
  }

  async send(method: string, params: object): Promise<unknown> {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const gone = () => reject(new Error('the page is gone'));
    const listen = (event: MessageEvent<unknown>) => {
      const reply = answer.safeParse(JSON.parse(String(event.data)));
      if (!reply.success || reply.data.id !== id) return;
      this.#socket.removeEventListener('message', listen);
      this.#socket.removeEventListener('close', gone);
      if (reply.data.error) reject(new Error(reply.data.error.message));
      else resolve(reply.data.result);
    };
    this.#socket.addEventListener('message', listen);
    this.#socket.addEventListener('close', gone);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return await promise;
  }

  close(): void {
    this.#socket.close();
  }
}

async function addressOf(port: number, urlStart: string): Promise<string | undefined> {
  try {
    const listed = await fetch(`http://127.0.0.1:${port}/json`);
    const pages = targets.parse(await listed.json());
    return pages.find(({ type, url }) => type === 'page' && url.startsWith(urlStart))
      ?.webSocketDebuggerUrl;
  } catch {
    return undefined; // not listening yet
  }
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.addEventListener('open', () => resolve());
  socket.addEventListener('error', () => reject(new Error('the page does not answer')));
  await promise;
  return socket;
}
