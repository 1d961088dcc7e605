import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { failed, ok, type Result } from '#domain/result';

const FILE_BYTES_MAX = 1_000_000; // a long chain is ten thousand

/** Where an administrator, or their certbot, puts what a server shows. PEM. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Authorities whose clients are let in, where clients show certificates. */
  readonly caFile?: string | undefined;
}

/** One reason why a server cannot start, or go on, with these files. */
export interface TlsProblem {
  readonly file: string;
  readonly reason:
    | 'unreadable'
    | 'not-a-certificate'
    | 'not-a-key'
    | 'key-mismatch'
    | 'expired'
    | 'not-yet-valid';
}

/** Options of a TLS server, checked; and until when they hold. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  /** R-ID6: nothing older is spoken. */
  readonly minVersion: 'TLSv1.2';
  readonly expiresAt: Temporal.Instant;
}

/** The files as texts, or the first that cannot be read. */
export type TlsTexts = Pick<TlsMaterial, 'cert' | 'key' | 'ca'>;

export function readTlsFiles(files: TlsFiles): Result<TlsTexts, TlsProblem> {
  const cert = textOf(files.certFile);
  const key = textOf(files.keyFile);
  const ca = files.caFile === undefined ? undefined : textOf(files.caFile);
  if (cert === undefined) return failed({ file: files.certFile, reason: 'unreadable' });
  if (key === undefined) return failed({ file: files.keyFile, reason: 'unreadable' });
  if (files.caFile === undefined) return ok({ cert, key });
  return ca === undefined
    ? failed({ file: files.caFile, reason: 'unreadable' })
    : ok({ cert, key, ca });
}

/** Everything OpenSSL would stumble over at the first connection, said before there is one. */
export function checkTls(
  { cert, key, ca }: TlsTexts,
  files: TlsFiles,
  now: Temporal.Instant,
): Result<TlsMaterial, TlsProblem> {
  const certificate = certificateOf(cert);
  if (certificate === undefined)
    return failed({ file: files.certFile, reason: 'not-a-certificate' });
  const privateKey = keyOf(key);
  if (privateKey === undefined) return failed({ file: files.keyFile, reason: 'not-a-key' });
  if (!certificate.checkPrivateKey(privateKey))
    return failed({ file: files.keyFile, reason: 'key-mismatch' });
  if (ca !== undefined && certificateOf(ca) === undefined)
    return failed({ file: files.caFile ?? '', reason: 'not-a-certificate' });
  const expiresAt = instantOf(certificate.validToDate);
  const startsAt = instantOf(certificate.validFromDate);
  if (Temporal.Instant.compare(now, expiresAt) >= 0)
    return failed({ file: files.certFile, reason: 'expired' });
  if (Temporal.Instant.compare(now, startsAt) < 0)
    return failed({ file: files.certFile, reason: 'not-yet-valid' });
  const texts = ca === undefined ? { cert, key } : { cert, key, ca };
  return ok({ ...texts, minVersion: 'TLSv1.2', expiresAt });
}

export function loadTls(files: TlsFiles, now: Temporal.Instant): Result<TlsMaterial, TlsProblem> {
  const texts = readTlsFiles(files);
  return texts.ok ? checkTls(texts.value, files, now) : texts;
}

function textOf(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length <= FILE_BYTES_MAX ? text : undefined;
  } catch {
    return undefined; // absent, a folder, or not ours to read: the same advice helps
  }
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // another file, or one that asks for a passphrase
  }
}

function instantOf(moment: { getTime(): number }): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime());
}
