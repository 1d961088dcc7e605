import { BlockList, isIP, isIPv4 } from 'node:net';
import { failed, ok, type Result } from '#domain/result';

/**
 * Nothing a stranger's URL may reach: this machine, its neighbours, documentation and multicast.
 * RFC 6890 and the IANA special-purpose registry.
 */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16', // also where clouds answer for credentials
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Only 2000::/3 is the internet, and these parts of it carry other addresses inside. */
const GLOBAL_V6 = '2000::/3';
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const special = listOf([...SPECIAL_V4, ...SPECIAL_V6]);
const globalV6 = listOf([GLOBAL_V6]);

/** `10.20.0.0/16`: networks of the house that its own configuration opens. */
export function parseNetworks(networks: readonly string[]): Result<BlockList, string> {
  const bad = networks.find((network) => partsOf(network) === undefined);
  return bad === undefined ? ok(listOf(networks)) : failed(bad);
}

/** Where an address lies: somewhere on the internet, in a network that was opened, or neither. */
export function reachOf(address: string, opened: BlockList): 'public' | 'opened' | 'forbidden' {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (opened.check(address, family)) return 'opened';
  const isGlobal = family === 'ipv4' || globalV6.check(address, family);
  return isGlobal && !special.check(address, family) ? 'public' : 'forbidden';
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const parts = partsOf(network);
    if (parts !== undefined) list.addSubnet(parts.address, parts.bits, parts.family);
  }
  return list;
}

interface NetworkParts {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

function partsOf(network: string): NetworkParts | undefined {
  const [address = '', bits = '', ...rest] = network.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const isFine = version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
  if (!isFine || rest.length > 0) return undefined;
  return { address, bits: Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' };
}
