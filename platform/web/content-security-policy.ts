/**
 * What a kiosk page may load and talk to: its own files, and the one socket it was given.
 *
 * No inline script, no `eval`, nothing remote, no frame around it.
 *
 * @param connectTo origins besides its own, for example `ws://127.0.0.1:4711`
 */
export function kioskContentPolicy(connectTo: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'", // WebAssembly compiles, text does not
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    "worker-src 'self' blob:",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every answer a kiosk page is made of, whichever shell serves it. */
export function kioskHeaders(connectTo: readonly string[]): Record<string, string> {
  return {
    'content-security-policy': kioskContentPolicy(connectTo),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=()',
    'cache-control': 'no-cache', // a kiosk reloads after an update and must see it
  };
}
