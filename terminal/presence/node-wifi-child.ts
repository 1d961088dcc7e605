import wifi from 'node-wifi';
import { type WifiSeen, wifiSeen } from '#contracts/wire/v1/up-log';

/** Reads once and prints one line of JSON. `connect` is never called: on Windows it runs a shell. */
async function readOnce(): Promise<WifiSeen> {
  wifi.init({ iface: null });
  const [current] = await wifi.getCurrentConnections();
  if (current === undefined) return { absent: 'not-connected' };
  const seen = wifiSeen.safeParse({ ssid: current.ssid, bssid: current.bssid.toLowerCase() });
  return seen.success ? seen.data : { absent: 'unreadable' };
}

try {
  process.stdout.write(JSON.stringify(await readOnce()));
} catch {
  // netsh and airport fail alike for no adapter, no service and no right; the cause is not told apart.
  process.stdout.write(JSON.stringify({ absent: 'unreadable' } satisfies WifiSeen));
}
