/** What the pages of one server may do beyond the least. */
export interface PagePolicy {
  /** `tls`: this server, or the proxy before it, is reached by HTTPS only. */
  readonly transport: 'tls' | 'plain';
  /** `inline`: a component library writes its styles into the page. Scripts never are. */
  readonly styles: 'files' | 'inline';
  /** `service-worker`: the portal receives pushes. */
  readonly workers: 'none' | 'service-worker';
}

const HSTS_SECONDS = 365 * 24 * 3600; // a year; for this name alone, since others under it may be other people's

/**
 * Headers of every answer of a server with pages: nothing from elsewhere, nothing inline that runs,
 * no frame around it, no guessing of types, no address told to others.
 *
 * OWASP secure headers. HSTS only under TLS: a browser that once saw it refuses plain HTTP for a
 * year, and a hub on a site's own network may have nothing else.
 */
export function secureHeaders(policy: PagePolicy): Readonly<Record<string, string>> {
  return {
    'content-security-policy': pageContentPolicy(policy),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY', // for browsers that do not know frame-ancestors
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
    'x-permitted-cross-domain-policies': 'none',
    ...(policy.transport === 'tls'
      ? { 'strict-transport-security': `max-age=${HSTS_SECONDS}` }
      : {}),
  };
}

function pageContentPolicy({ transport, styles, workers }: PagePolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styles === 'inline' ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    `worker-src ${workers === 'none' ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    ...(transport === 'tls' ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
