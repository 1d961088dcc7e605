import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { isOwnUrl, PAGE_SCHEME, PROBLEM_URL } from '#electron/own-page';
import type { Texts } from '#platform/config/language';
import { kioskHeaders } from '#platform/web/content-security-policy';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
};

/** Must be told before the app is ready: `app://` behaves like `https://`, origin and all. */
export function declarePageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges }]);
}

export interface ServedPages {
  readonly rendererDir: string;
  /** The engine's socket when it is not in this app, else none. */
  readonly connectTo: () => readonly string[];
  /** What the problem page says. */
  readonly problem: () => Texts;
}

/** Serves the built screens, and nothing outside their folder. */
export function servePage({ rendererDir, connectTo, problem }: ServedPages): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const headers = kioskHeaders(connectTo());
    if (request.url === PROBLEM_URL) {
      return new Response(problemPage(problem()), {
        headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
      });
    }
    const path = isOwnUrl(request.url) ? fileOf(rendererDir, request.url) : undefined;
    if (path === undefined || request.method !== 'GET') {
      return new Response('not here', { status: 404, headers });
    }
    try {
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      const body = new Uint8Array(await readFile(path));
      return new Response(body, { headers: { ...headers, 'content-type': type } });
    } catch {
      return new Response('not here', { status: 404, headers });
    }
  });
}

/** @returns undefined for an address that climbs out of the folder */
export function fileOf(rendererDir: string, address: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(address).pathname);
    if (path.includes('\0')) return undefined;
    const file = normalize(join(rendererDir, path === '/' ? 'index.html' : path));
    return file.startsWith(rendererDir + sep) ? file : undefined;
  } catch {
    return undefined; // a malformed escape
  }
}

/** Without style or script: it must show when nothing else does. */
function problemPage(message: Texts): string {
  return [
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Lintel</title>',
    '<h1>门楣无法启动 · Lintel cannot start</h1>',
    paragraph('zh-CN', message['zh-CN']),
    paragraph('en', message.en),
    '</html>',
  ].join('\n');
}

function paragraph(language: string, text: string): string {
  return `<p lang="${language}">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
}
