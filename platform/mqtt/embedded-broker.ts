import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type Client } from 'aedes';
import { failed, ok, type Result } from '#domain/result';
import { localPipe } from '#platform/mqtt/local-pipe';
import { limitPackets } from '#platform/mqtt/packet-limit';

const PACKET_BYTES_MAX = 1024 * 1024; // four times the largest batch a client may send
const CONNECT_BYTES_MAX = 16 * 1024; // a CONNECT with its last will; strangers get no more
const CONNECTIONS_MAX = 2000; // four times the largest site on one hub
const CONNECT_TIMEOUT_MS = 10_000;
const CLIENT_ID_MAX = 64;

export interface BrokerIdentity {
  readonly clientId: string;
  readonly username: string;
}

export interface BrokerCredentials extends BrokerIdentity {
  readonly password: string;
}

/** What a client did that the broker did not let through. */
export interface BrokerRefusal {
  readonly client: BrokerIdentity;
  readonly reason: 'credentials' | 'topic' | 'too-large';
}

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** PEM files; without them only this machine is served. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly authenticate: (credentials: BrokerCredentials) => boolean;
  readonly authorizePublish: (client: BrokerIdentity, topic: string) => boolean;
  /** A rejection denies. */
  readonly authorizeSubscribe: (client: BrokerIdentity, filter: string) => Promise<boolean>;
  readonly onRefused?: (refusal: BrokerRefusal) => void;
}

export type BrokerFailure =
  | { readonly reason: 'port-taken'; readonly port: number }
  | { readonly reason: 'port-forbidden'; readonly port: number }
  | { readonly reason: 'host-unknown'; readonly host: string }
  | { readonly reason: 'needs-tls'; readonly host: string }
  | { readonly reason: 'tls-files'; readonly detail: string };

export interface EmbeddedBroker {
  readonly url: string;
  readonly port: number;
  /** A line to the broker inside this process; its user must sign in like any other. */
  readonly openStream: () => Duplex;
  readonly close: () => Promise<void>;
}

/** Aedes forgets user names after the sign-in: they are kept by connection. */
type Usernames = WeakMap<Client, string>;

/** An MQTT 3.1.1 broker in this process, QoS 0 to 2, retained messages in memory. */
export async function startEmbeddedBroker(
  options: EmbeddedBrokerOptions,
): Promise<Result<EmbeddedBroker, BrokerFailure>> {
  if (options.tls === undefined && !isLoopback(options.host)) {
    return failed({ reason: 'needs-tls', host: options.host });
  }
  const server = openServer(options);
  if (!server.ok) return server;
  const listening = await listen(server.value, options);
  if (!listening.ok) return listening;

  const usernames: Usernames = new WeakMap();
  const broker = await Aedes.createBroker(brokerHooks(options, usernames));
  broker.on('clientError', () => undefined); // one client's broken line is that client's matter
  broker.on('connectionError', () => undefined);
  const accept = (stream: Duplex): void => {
    const client = broker.handle(stream);
    limitPackets(stream, {
      bytesMax: () => (client.connected ? PACKET_BYTES_MAX : CONNECT_BYTES_MAX),
      onTooLarge: () =>
        options.onRefused?.({ client: identityOf(client, usernames), reason: 'too-large' }),
    });
  };
  server.value.on(options.tls === undefined ? 'connection' : 'secureConnection', accept);
  const scheme = options.tls === undefined ? 'mqtt' : 'mqtts';
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return ok({
    url: `${scheme}://${host}:${listening.value}`,
    port: listening.value,
    openStream: () => {
      const [ours, theirs] = localPipe();
      accept(theirs);
      return ours;
    },
    close: () => closeBroker(broker, server.value),
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function openServer({ tls }: EmbeddedBrokerOptions): Result<Server, BrokerFailure> {
  if (tls === undefined) return ok(createTcpServer({ noDelay: true }));
  try {
    const cert = readFileSync(tls.certFile);
    const key = readFileSync(tls.keyFile);
    const server = createTlsServer({ cert, key, minVersion: 'TLSv1.2' });
    server.on('tlsClientError', () => undefined); // scanners and plain-text clients
    return ok(server);
  } catch (error) {
    return failed({ reason: 'tls-files', detail: String(error) });
  }
}

function listen(
  server: Server,
  { host, port }: EmbeddedBrokerOptions,
): Promise<Result<number, BrokerFailure>> {
  server.maxConnections = CONNECTIONS_MAX;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(failed({ reason: 'port-taken', port }));
      else if (error.code === 'EACCES') resolve(failed({ reason: 'port-forbidden', port }));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        resolve(failed({ reason: 'host-unknown', host }));
      else reject(error);
    });
    server.listen({ host, port }, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function identityOf(client: Client, usernames: Usernames): BrokerIdentity {
  return { clientId: client.id ?? '', username: usernames.get(client) ?? '' };
}

function brokerHooks(
  options: EmbeddedBrokerOptions,
  usernames: Usernames,
): ConstructorParameters<typeof Aedes>[0] {
  const { onRefused } = options;
  return {
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxClientsIdLength: CLIENT_ID_MAX,
    authenticate: (client, username, password, done) => {
      const credentials = {
        clientId: client.id,
        username: username ?? '',
        password: password?.toString('utf8') ?? '',
      };
      if (options.authenticate(credentials)) {
        usernames.set(client, credentials.username);
        done(null, true);
        return;
      }
      onRefused?.({ client: credentials, reason: 'credentials' });
      done(null, false); // CONNACK 5: not authorised
    },
    // MQTT 3.1.1 cannot say "denied" to a publisher: an error closes the line, which cannot be missed.
    authorizePublish: (client, packet, done) => {
      if (
        client === null ||
        options.authorizePublish(identityOf(client, usernames), packet.topic)
      ) {
        done(null);
        return;
      }
      onRefused?.({ client: identityOf(client, usernames), reason: 'topic' });
      done(new Error('this client may not publish to this topic'));
    },
    authorizeSubscribe: (client, subscription, done) => {
      const identity = identityOf(client, usernames);
      const answer = (isAllowed: boolean | undefined): void => {
        if (isAllowed === false) onRefused?.({ client: identity, reason: 'topic' });
        done(null, isAllowed === true ? subscription : null); // null: SUBACK 0x80
      };
      void isGranted(options, identity, subscription.topic).then(answer);
    },
  };
}

/** @returns undefined when it could not be found out: nobody's refusal, the client will ask again */
async function isGranted(
  options: EmbeddedBrokerOptions,
  client: BrokerIdentity,
  filter: string,
): Promise<boolean | undefined> {
  try {
    return await options.authorizeSubscribe(client, filter);
  } catch {
    return undefined;
  }
}

async function closeBroker(broker: Aedes, server: Server): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  await stopped;
}
