import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

const PORT = { 'mqtt:': 1883, 'mqtts:': 8883 } as const; // as registered with IANA

/** A byte stream to the broker of `url`; for `mqtts:` its certificate must be trusted. */
export function openStream(url: string, ca: string | undefined): Duplex {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, ''); // an IPv6 address comes in brackets
  if (protocol !== 'mqtts:') {
    return connectTcp({ host, port: Number(port) || PORT['mqtt:'], noDelay: true });
  }
  return connectTls({
    host,
    port: Number(port) || PORT['mqtts:'],
    servername: isName(host) ? host : '',
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  });
}

/** RFC 6066: an address is no server name. */
function isName(host: string): boolean {
  return !host.includes(':') && !/^[\d.]+$/.test(host);
}

/** True when the other side was reached but could not prove who it is, or speaks no TLS we accept. */
export function isTrustFailure(error: unknown): boolean {
  if (!(error instanceof Error) || 'syscall' in error) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /CERT|SIGNATURE|ISSUER|ERR_TLS|ERR_SSL|HOSTNAME|CRL/.test(code);
}
