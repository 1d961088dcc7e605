import { createTransport, type Transporter } from 'nodemailer';
import { DELIVERED, type DeliveryOutcome, later, never } from '#platform/delivery/delivery-outcome';
import { composeMail, type MailContent } from '#platform/mail/compose-mail';

const CONNECT_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 30_000; // some servers scan a mail before they say 250

/** How to reach the mail server of the house. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /**
   * `tls` from the first byte (465), `starttls` before anything is said (587), `none` for a relay on
   * this machine; with `none` there are no credentials, since everybody on the way could read them.
   */
  readonly security:
    | { readonly kind: 'tls' | 'starttls'; readonly credentials?: SmtpCredentials | undefined }
    | { readonly kind: 'none' };
  readonly from: { readonly name: string; readonly address: string };
  /** PEM, for a server with a certificate of the house's own authority. */
  readonly trust?: string | undefined;
}

export interface SmtpCredentials {
  readonly user: string;
  readonly password: string;
}

/** Mail by one SMTP server, one connection per mail: notices are few, and no connection grows stale. */
export class SmtpMail {
  readonly #from;
  readonly #transport: Transporter;

  constructor(settings: SmtpSettings) {
    this.#from = settings.from;
    this.#transport = createTransport({
      ...transportOf(settings),
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      disableFileAccess: true, // a text that looks like a path stays a text
      disableUrlAccess: true,
    });
  }

  /** Never throws for what a server or a network does. */
  async send(content: MailContent): Promise<DeliveryOutcome> {
    const mail = composeMail(content);
    if (!mail.ok) return never(mail.failure);
    const { to, ...rest } = mail.value;
    try {
      await this.#transport.sendMail({ ...rest, to, from: this.#from, textEncoding: 'base64' });
      return DELIVERED;
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** Connects, upgrades and signs in without sending anything: for the test button. */
  async check(): Promise<DeliveryOutcome> {
    try {
      await this.#transport.verify();
      return DELIVERED;
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function transportOf({ host, port, security, trust }: SmtpSettings) {
  const place = { host, port };
  if (security.kind === 'none') return { ...place, secure: false, ignoreTLS: true };
  const { credentials } = security;
  return {
    ...place,
    secure: security.kind === 'tls',
    requireTLS: security.kind === 'starttls', // never in the clear because a server forgot to offer it
    tls: { minVersion: 'TLSv1.2' as const, ...(trust === undefined ? {} : { ca: trust }) },
    ...(credentials === undefined
      ? {}
      : { auth: { user: credentials.user, pass: credentials.password } }),
  };
}

/**
 * Only what the server says for good about this mail or this receiver (RFC 5321, 5yz) is final.
 * A refused sign-in or certificate is the administrator's to mend, and the mail waits for that.
 */
function outcomeOf(error: unknown): DeliveryOutcome {
  const { code = 'unknown', responseCode } = failureOf(error);
  const reason = responseCode === undefined ? code : `${code}-${responseCode}`;
  const isFinal = responseCode !== undefined && responseCode >= 500;
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isFinal && isAboutMail ? never(reason) : later(reason);
}

function failureOf(error: unknown): { readonly code?: string; readonly responseCode?: number } {
  if (!(error instanceof Error)) return {};
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  const answered = 'responseCode' in error ? error.responseCode : undefined;
  return typeof answered === 'number' ? { code, responseCode: answered } : { code };
}
