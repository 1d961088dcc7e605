import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';

/*
 * A stream sealed with a passphrase: magic · salt · pieces. Each piece is AES-256-GCM under a key of
 * this stream alone, its nonce the number of the piece and whether it is the last (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): pieces cannot be changed,
 * swapped, left out, or missing at the end.
 */

const MAGIC = Buffer.from('LINTEL-SEALED-1\n');
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const PIECE_BYTES = 256 * 1024;
/** OWASP password storage; once per archive, so it may be dearer than a sign-in. */
const COST = { memorySize: 65_536, iterations: 3, parallelism: 1, hashLength: KEY_BYTES } as const;

export class SealFault extends Error {
  override readonly name = 'SealFault';
  readonly reason: 'no-passphrase' | 'wrong-passphrase-or-damaged';

  constructor(reason: SealFault['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export async function* sealed(
  source: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(passphrase, salt);
  yield Buffer.concat([MAGIC, salt]);
  let count = 0;
  for await (const { piece, isLast } of pieces(source, PIECE_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(count, isLast ? 'last' : 'more'));
    const body = Buffer.concat([cipher.update(piece), cipher.final()]);
    yield Buffer.concat([body, cipher.getAuthTag()]);
    count += 1;
  }
}

/** The bytes behind the seal; those of an archive without one as they are. @throws SealFault */
export async function* unsealed(
  source: AsyncIterable<Uint8Array>,
  passphrase: string | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const { head, rest } = await headOf(iterator, MAGIC.length + SALT_BYTES);
  const all = joined(iterator, rest);
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
    yield head;
    yield* all;
    return;
  }
  if (passphrase === undefined) throw new SealFault('no-passphrase');
  const key = await keyOf(passphrase, head.subarray(MAGIC.length));
  let count = 0;
  for await (const { piece, isLast } of pieces(all, PIECE_BYTES + TAG_BYTES)) {
    yield opened(piece, key, nonceOf(count, isLast ? 'last' : 'more'));
    count += 1;
  }
}

function opened(piece: Buffer, key: Uint8Array, nonce: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(piece.subarray(-TAG_BYTES));
    const body = decipher.update(piece.subarray(0, -TAG_BYTES));
    return Buffer.concat([body, decipher.final()]);
  } catch {
    // node:crypto throws alike for a wrong key, a changed bit and a piece that is too short.
    throw new SealFault('wrong-passphrase-or-damaged');
  }
}

function nonceOf(count: number, place: 'more' | 'last'): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(count));
  nonce.writeUInt32BE(place === 'last' ? 1 : 0, 8);
  return nonce;
}

async function keyOf(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  const password = passphrase.normalize('NFC'); // the same on every keyboard
  return await argon2id({ ...COST, password, salt, outputType: 'binary' });
}

async function headOf(iterator: AsyncIterator<Uint8Array>, bytes: number) {
  let held: Buffer = Buffer.alloc(0);
  while (held.length < bytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    held = Buffer.concat([held, next.value]);
  }
  return { head: held.subarray(0, bytes), rest: held.subarray(bytes) };
}

async function* joined(
  iterator: AsyncIterator<Uint8Array>,
  first: Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    yield next.value;
}

/** Of one size all but the last, which is known to be the last when it comes. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(Buffer.from(chunk));
    size += chunk.length;
    if (size <= bytes) continue;
    let whole: Buffer = Buffer.concat(held);
    while (whole.length > bytes) {
      yield { piece: whole.subarray(0, bytes), isLast: false };
      whole = whole.subarray(bytes);
    }
    held = [whole];
    size = whole.length;
  }
  yield { piece: Buffer.concat(held), isLast: true };
}
