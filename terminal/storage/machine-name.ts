import { readFileSync } from 'node:fs';
import { sha256Hex } from '#platform/crypto/canonical';

/** A digest by which a copied data folder notices that it woke up elsewhere; absent where machines have no name. */
export function machineDigest(): string | undefined {
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim();
    return id === '' ? undefined : sha256Hex(`lintel machine ${id}`);
  } catch {
    return undefined;
  }
}
