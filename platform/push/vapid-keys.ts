import { createECDH } from 'node:crypto';

/** What a push service knows this hub by; whoever loses the private one loses all subscriptions. */
export interface VapidKeys {
  /** Base64url of the uncompressed P-256 point; browsers subscribe with it. */
  readonly publicKey: string;
  readonly privateKey: string;
}

const SCALAR_BYTES = 32;

/** RFC 8292 §2: ECDSA on P-256, its own pair and used for nothing else. */
export function newVapidKeys(): VapidKeys {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url', 'uncompressed');
  const scalar = pair.getPrivateKey();
  const zeros = Buffer.alloc(SCALAR_BYTES - scalar.length); // a small number comes without them
  return { publicKey, privateKey: Buffer.concat([zeros, scalar]).toString('base64url') };
}
