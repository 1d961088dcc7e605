import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/** PKCS #8 and SPKI wrap a raw 32-byte key of RFC 8410 in a constant prefix. */
const PREFIX = {
  ed25519: { pkcs8: '302e020100300506032b657004220420', spki: '302a300506032b6570032100' },
  x25519: { pkcs8: '302e020100300506032b656e04220420', spki: '302a300506032b656e032100' },
} as const;
export type Curve = keyof typeof PREFIX;

/** Raw keys as base64url: how they are stored and travel. */
export interface RawKeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function generateRawKeyPair(curve: Curve): RawKeyPair {
  const pair = curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return {
    privateKey: pair.privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .subarray(-32)
      .toString('base64url'),
    publicKey: rawPublicKey(pair.publicKey),
  };
}

export function privateKeyOf(curve: Curve, raw: string): KeyObject {
  const der = Buffer.concat([
    Buffer.from(PREFIX[curve].pkcs8, 'hex'),
    Buffer.from(raw, 'base64url'),
  ]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(curve: Curve, raw: string): KeyObject {
  const der = Buffer.concat([
    Buffer.from(PREFIX[curve].spki, 'hex'),
    Buffer.from(raw, 'base64url'),
  ]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

export function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');
}
