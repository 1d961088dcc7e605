import { terminalId } from '#contracts/wire/v1/ids';
import {
  DOWN_CLASSES,
  downFilter,
  downTopic,
  HUB_STATE_TOPIC,
  parseUpTopic,
  siteLiveTopic,
} from '#contracts/wire/v1/topics';
import { isJoinProof, proofClaim } from '#platform/crypto/join-code';
import type { BrokerCredentials, BrokerIdentity } from '#platform/mqtt/embedded-broker';

/** The hub's own user name at the embedded broker; no terminal id looks like it. */
export const HUB_USER = 'lintel-hub';

interface AccessRules {
  readonly joinCode: string;
  /** Minted at every start; never leaves the process. */
  readonly hubSecret: string;
  readonly siteOf: (terminal: string) => Promise<string | undefined>;
}

/** Who may use the embedded broker, and for what. resources/brokers says the same to other brokers. */
export function brokerAccess({ joinCode, hubSecret, siteOf }: AccessRules) {
  return {
    authenticate({ clientId, username, password }: BrokerCredentials): boolean {
      if (username === HUB_USER) return password === hubSecret;
      if (clientId !== username || !terminalId.safeParse(username).success) return false;
      return isJoinProof(password, joinCode, proofClaim.broker(username));
    },
    authorizePublish({ username }: BrokerIdentity, topic: string): boolean {
      return username === HUB_USER || parseUpTopic(topic)?.terminal === username;
    },
    async authorizeSubscribe({ username }: BrokerIdentity, filter: string): Promise<boolean> {
      if (username === HUB_USER || filter === HUB_STATE_TOPIC) return true;
      if (filter === downFilter(username) || isOwnDownTopic(username, filter)) return true;
      const site = await siteOf(username);
      return site !== undefined && filter === siteLiveTopic(site);
    },
  };
}

function isOwnDownTopic(terminal: string, filter: string): boolean {
  const everything = `${downFilter(terminal).slice(0, -1)}#`;
  return filter === everything || DOWN_CLASSES.some((of) => filter === downTopic(terminal, of));
}
