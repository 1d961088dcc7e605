import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type WifiSeen, wifiSeen } from '#contracts/wire/v1/up-log';
import {
  absenceOf,
  activeNetwork,
  NMCLI_DEVICE_ARGS,
  NMCLI_LIST_ARGS,
} from '#terminal/presence/nmcli';

const IS_NODE = /^node(\.exe)?$/i;
const TIMEOUT_MS = 8000; // a driver that hangs must not hang the door
const OUTPUT_BYTES_MAX = 256 * 1024; // some two thousand networks

/** Which access point this terminal is on, or why that cannot be said. Never throws. */
export type WifiScanner = () => Promise<WifiSeen>;

/** NetworkManager where there is one; elsewhere node-wifi, in a process of its own. */
export function wifiScannerFor(
  platform: NodeJS.Platform,
  networkDevices = '/sys/class/net',
): WifiScanner {
  return platform === 'linux' ? () => scanByNmcli(networkDevices) : scanByChild;
}

async function scanByNmcli(networkDevices: string): Promise<WifiSeen> {
  const list = await run('nmcli', NMCLI_LIST_ARGS);
  if (typeof list !== 'string') return withoutManager(list, networkDevices);
  const active = activeNetwork(list);
  if (active !== undefined) return active;
  const devices = await run('nmcli', NMCLI_DEVICE_ARGS);
  return typeof devices === 'string' ? absenceOf(devices) : devices;
}

/** node-wifi overwrites its process's LANG on import and may never answer: it gets a process to ruin. */
async function scanByChild(): Promise<WifiSeen> {
  // Inside a desktop shell this very program is no Node, and starting it would open another window.
  if (!IS_NODE.test(basename(process.execPath))) return { absent: 'unreadable' };
  const child = fileURLToPath(new URL('./node-wifi-child.ts', import.meta.url));
  const output = await run(process.execPath, [child]);
  if (typeof output !== 'string') return output;
  try {
    return wifiSeen.parse(JSON.parse(output));
  } catch {
    return { absent: 'unreadable' };
  }
}

function run(command: string, args: readonly string[]): Promise<string | WifiSeen> {
  const options = {
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_BYTES_MAX,
    env: { ...process.env, LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, output, complaint) => {
      resolve(error === null ? output : { absent: reasonOf(error, complaint) });
    });
  });
}

/** Nobody to ask is no proof of no adapter: the kernel knows whether there is one. */
function withoutManager(failure: WifiSeen, networkDevices: string): WifiSeen {
  const silent = 'absent' in failure && failure.absent === 'no-adapter';
  return silent && hasRadio(networkDevices) ? { absent: 'unreadable' } : failure;
}

function hasRadio(networkDevices: string): boolean {
  try {
    return readdirSync(networkDevices).some((device) =>
      existsSync(join(networkDevices, device, 'wireless')),
    );
  } catch {
    return false;
  }
}

/** nmcli's exit codes: 8 = NetworkManager is not running, 4 = refused. */
function reasonOf(
  error: { readonly code?: unknown },
  complaint: string,
): Extract<WifiSeen, { absent: string }>['absent'] {
  if (error.code === 'ENOENT' || error.code === 8) return 'no-adapter';
  if (error.code === 'EACCES' || /not authorized|permission/i.test(complaint))
    return 'no-permission';
  return 'unreadable';
}
