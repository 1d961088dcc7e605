const OFFSET = 0x81_1c_9d_c5;
const PRIME = 0x01_00_01_93;

/**
 * WeCom's numbers for rules and shifts, where ours have names: FNV-1a over the name's UTF-16 units, so that the same
 * rule keeps its number everywhere and for good, and fits a signed 32-bit column. Never 0, which is
 * WeCom's "none" and "rest".
 */
export function numberOf(name: string): number {
  let hash = OFFSET;
  for (let at = 0; at < name.length; at += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(at), PRIME);
  }
  return (hash >>> 1) | 1;
}
