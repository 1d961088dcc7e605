import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HubConfig } from '#contracts/config/hub-config';
import { terminalId } from '#contracts/wire/v1/ids';
import type { Refusal } from '#contracts/wire/v1/messages';
import { ALL_UP_FILTER, HUB_STATE_TOPIC } from '#contracts/wire/v1/topics';
import { failed, ok, type Result } from '#domain/result';
import { brokerAccess, HUB_USER } from '#hub/broker/broker-access';
import { brokerFailure, caFailure, type HubStartFailure } from '#hub/start-failure';
import { type ConnectOptions, connectMqtt } from '#platform/mqtt/connect-mqtt';
import { type BrokerRefusal, startEmbeddedBroker } from '#platform/mqtt/embedded-broker';
import type { MqttLink } from '#platform/mqtt/mqtt-link';

const STATE = { online: hubState('online'), offline: hubState('offline') } as const;
const SECRET_BYTES = 32;

interface BrokerDeps {
  readonly config: HubConfig;
  readonly hubId: string;
  readonly joinCode: string;
  readonly siteOf: (terminal: string) => Promise<string | undefined>;
  readonly onRefused: (terminal: string, reason: Refusal) => void;
  /** The port is ours, and nobody has been heard yet. */
  readonly onOpen: () => Promise<void>;
}

export interface HubBroker {
  /** Where terminals connect; without any secret in it. */
  readonly url: string;
  readonly link: MqttLink;
  /** The embedded one is up when the hub is; another may be away for as long as it likes. */
  readonly kind: 'embedded' | 'external';
  readonly close: () => Promise<void>;
}

/**
 * The hub's line to its broker: embedded, or the one the configuration names. It is begun last, and
 * connects in a turn to come: whoever listens in this one misses nothing.
 */
export async function openBroker(deps: BrokerDeps): Promise<Result<HubBroker, HubStartFailure>> {
  const { brokerUrl } = deps.config;
  return brokerUrl === undefined ? await openEmbedded(deps) : await openExternal(deps, brokerUrl);
}

/** Subscribed before the first connection; "online" is said again after every reconnect. */
export async function listenToTerminals(
  { link, kind }: HubBroker,
  receive: (topic: string, payload: Uint8Array) => void,
): Promise<void> {
  link.onMessage(receive);
  const connected = new Promise<void>((resolve) => {
    link.onState((state) => {
      if (!state.connected) return;
      link.publish(HUB_STATE_TOPIC, STATE.online, { retain: true }).catch(() => undefined);
      resolve();
    });
  });
  await link.subscribe(ALL_UP_FILTER);
  if (kind === 'embedded') await connected;
}

async function openEmbedded(deps: BrokerDeps): Promise<Result<HubBroker, HubStartFailure>> {
  const { mqttHost, mqttPort, mqttTlsCert, mqttTlsKey } = deps.config;
  const hubSecret = randomBytes(SECRET_BYTES).toString('base64url');
  const isPlain = mqttTlsCert === undefined && mqttTlsKey === undefined;
  // With only one of the two files the other is missed, instead of serving in the clear.
  const tls = isPlain ? undefined : { certFile: mqttTlsCert ?? '', keyFile: mqttTlsKey ?? '' };
  const broker = await startEmbeddedBroker({
    host: mqttHost,
    port: mqttPort,
    tls,
    ...brokerAccess({ joinCode: deps.joinCode, hubSecret, siteOf: deps.siteOf }),
    onRefused: (refusal) => passOn(refusal, deps.onRefused),
  });
  if (!broker.ok) return failed(brokerFailure(broker.failure));
  const { url, openStream, close } = broker.value;
  try {
    await deps.onOpen();
  } catch (error) {
    await close();
    throw error;
  }
  const link = connect({ url, username: HUB_USER, password: hubSecret, openStream }, HUB_USER);
  return ok({ url, link, kind: 'embedded', close: () => closeBoth(link, close) });
}

async function openExternal(
  { config, hubId, onOpen }: BrokerDeps,
  brokerUrl: string,
): Promise<Result<HubBroker, HubStartFailure>> {
  const ca = config.brokerCa === undefined ? undefined : readCa(config.brokerCa);
  if (ca?.ok === false) return ca;
  const { username, password, protocol, host } = new URL(brokerUrl);
  const url = `${protocol}//${host}`;
  await onOpen();
  const link = connect(
    {
      url,
      ca: ca?.value,
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    },
    `${HUB_USER}-${hubId}`,
  );
  return ok({ url, link, kind: 'external', close: () => closeBoth(link, async () => undefined) });
}

function connect(options: Omit<ConnectOptions, 'clientId' | 'will'>, clientId: string): MqttLink {
  const will = { topic: HUB_STATE_TOPIC, payload: STATE.offline };
  return connectMqtt({ ...options, clientId, will });
}

/** Says goodbye first: a clean end sends no last will. */
async function closeBoth(link: MqttLink, closeBroker: () => Promise<void>): Promise<void> {
  await link.publish(HUB_STATE_TOPIC, STATE.offline, { retain: true }).catch(() => undefined);
  await link.close();
  await closeBroker();
}

function readCa(path: string): Result<string, HubStartFailure> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch {
    return failed(caFailure(path));
  }
}

/** Wrong credentials are nobody's refusal: anyone can claim any name. */
function passOn(refusal: BrokerRefusal, onRefused: BrokerDeps['onRefused']): void {
  const terminal = terminalId.safeParse(refusal.client.username);
  if (!terminal.success || refusal.reason === 'credentials') return;
  onRefused(terminal.data, refusal.reason === 'topic' ? 'foreign-log' : 'too-large');
}

function hubState(state: 'online' | 'offline'): string {
  return JSON.stringify({ v: 1, state });
}
