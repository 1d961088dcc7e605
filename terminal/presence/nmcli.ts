import { type WifiSeen, wifiSeen } from '#contracts/wire/v1/up-log';

/** What is asked of NetworkManager, one network a line, `:` between fields and `\\` before a `:` inside one. */
export const NMCLI_LIST_ARGS: readonly string[] =
  '--terse --escape yes --colors no --fields ACTIVE,BSSID,SSID device wifi list --rescan no'.split(
    ' ',
  );
export const NMCLI_DEVICE_ARGS: readonly string[] =
  '--terse --escape yes --colors no --fields TYPE,STATE device status'.split(' ');

/** Splits at unescaped colons only: an SSID may hold any character, a colon and a backslash included. */
export function terseFields(line: string): readonly string[] {
  const fields = [''];
  for (let i = 0; i < line.length; i += 1) {
    const letter = line[i] ?? '';
    if (letter === ':') {
      fields.push('');
      continue;
    }
    const escaped = letter === '\\' && i + 1 < line.length;
    if (escaped) i += 1;
    fields[fields.length - 1] += escaped ? (line[i] ?? '') : letter;
  }
  return fields;
}

/**
 * Two lines that claim to be in use are believed neither: an SSID may hold a line break, and with it a
 * second line of its owner's choosing.
 *
 * @returns the network in use, or undefined where there is none in the list
 */
export function activeNetwork(output: string): WifiSeen | undefined {
  const [active, ...others] = output
    .split('\n')
    .map(terseFields)
    .filter(([use]) => use === 'yes');
  if (active === undefined) return undefined;
  const [, bssid = '', ssid = '', ...more] = active;
  const seen = wifiSeen.safeParse({ ssid, bssid: bssid.toLowerCase() });
  const clear = others.length === 0 && more.length === 0 && seen.success;
  return clear ? seen.data : { absent: 'unreadable' };
}

/** Why there is no network, from the list of devices. */
export function absenceOf(output: string): WifiSeen {
  const states = output
    .split('\n')
    .map(terseFields)
    .filter(([type]) => type === 'wifi')
    .map(([, state = '']) => state);
  if (states.length === 0) return { absent: 'no-adapter' };
  return { absent: states.every((state) => state === 'unavailable') ? 'off' : 'not-connected' };
}
