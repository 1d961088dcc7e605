import { closest, distance } from 'fastest-levenshtein';

/** `httpPort` → `LINTEL_HTTP_PORT`. */
export function environmentName(key: string): string {
  return `LINTEL_${words(key).join('_').toUpperCase()}`;
}

/** `httpPort` → `--http-port`. */
export function flagName(key: string): string {
  return `--${words(key).join('-')}`;
}

function words(key: string): string[] {
  return key.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}

/** The valid name that was probably meant, unless nothing is near: then a guess would only mislead. */
export function nearest(typed: string, valid: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const best = closest(
    wanted,
    valid.map((name) => name.toLowerCase()),
  );
  const tolerance = Math.max(2, Math.ceil(wanted.length / 3));
  if (valid.length === 0 || distance(wanted, best) > tolerance) return undefined;
  return valid.find((name) => name.toLowerCase() === best);
}
