import { describe, expect, test } from 'vitest';
import { secureHeaders } from '#platform/web/secure-headers';

const CONSOLE = { transport: 'tls', styles: 'inline', workers: 'service-worker' } as const;

function directives(policy: Parameters<typeof secureHeaders>[0]): ReadonlyMap<string, string> {
  const text = secureHeaders(policy)['content-security-policy'] ?? '';
  return new Map(text.split('; ').map((line) => [line.split(' ')[0] ?? '', line]));
}

describe('secure headers', () => {
  test('let nothing in from elsewhere, and nobody put a frame around', () => {
    const policy = directives(CONSOLE);
    expect(policy.get('default-src')).toBe("default-src 'none'");
    expect(policy.get('script-src')).toBe("script-src 'self'");
    expect(policy.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect([...policy.values()].join()).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(secureHeaders(CONSOLE)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });

  test('promise TLS where there is TLS, and only there', () => {
    expect(secureHeaders(CONSOLE)['strict-transport-security']).toContain('max-age=31536000');
    expect(directives(CONSOLE).has('upgrade-insecure-requests')).toBe(true);
    const plain = { ...CONSOLE, transport: 'plain' } as const;
    expect(secureHeaders(plain)).not.toHaveProperty('strict-transport-security');
    expect(directives(plain).has('upgrade-insecure-requests')).toBe(false);
  });

  test('give no more than was asked for', () => {
    const least = directives({ transport: 'plain', styles: 'files', workers: 'none' });
    expect(least.get('style-src')).toBe("style-src 'self'");
    expect(least.get('worker-src')).toBe("worker-src 'none'");
    expect(directives(CONSOLE).get('style-src')).toContain("'unsafe-inline'");
    expect(directives(CONSOLE).get('worker-src')).toBe("worker-src 'self'");
  });
});
