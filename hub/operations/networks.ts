import { BlockList } from 'node:net';
import type { HubConfig } from '#contracts/config/hub-config';
import { failed, ok, type Result } from '#domain/result';
import { type HubStartFailure, networkFailure } from '#hub/start-failure';
import { parseNetworks } from '#platform/http/address-guard';

/** The settings that name networks, read. */
export interface Networks {
  /** What the reverse proxies in front are, as fastify takes it; false: nobody is believed. */
  readonly proxies: string[] | false;
  /** What requests of ours may reach besides the internet. */
  readonly opened: BlockList;
}

export function networksOf(config: HubConfig): Result<Networks, HubStartFailure> {
  const proxies = listOf(config.trustProxy);
  const opened = listOf(config.outgoingNetworks);
  const badProxy = parseNetworks(proxies.map(asNetwork));
  if (!badProxy.ok) return failed(networkFailure('--trust-proxy', badProxy.failure));
  const list = parseNetworks(opened.map(asNetwork));
  if (!list.ok) return failed(networkFailure('--outgoing-networks', list.failure));
  return ok({
    proxies: proxies.length === 0 ? false : proxies,
    opened: opened.length === 0 ? new BlockList() : list.value,
  });
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** One address is a network of its own. */
function asNetwork(text: string): string {
  if (text.includes('/')) return text;
  return `${text}/${text.includes(':') ? 128 : 32}`;
}
