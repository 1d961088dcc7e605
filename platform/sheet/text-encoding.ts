import { failed, ok, type Result } from '#domain/result';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const COMMON_SHARE_MIN = 0.8; // of Chinese text nearly all is GB 2312; of other encodings read so, half

/**
 * Reads text as what it certainly is: by its mark, as UTF-8 if it is valid, as UTF-16 by its zeros, and
 * as GB 18030 only where it reads like Chinese. Anything else is refused: a name that was guessed wrong
 * is noticed by nobody until it is printed.
 */
export function decodeText(bytes: Uint8Array): Result<DecodedText, 'unknownEncoding'> {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return decodedAs(marked[0], bytes);
  const zeros = zerosOf(bytes);
  if (zeros === null) {
    const plain = decodedAs('utf-8', bytes);
    return plain.ok || !readsLikeChinese(bytes) ? plain : decodedAs('gb18030', bytes);
  }
  return zeros === 'neither' ? failed('unknownEncoding') : decodedAs(zeros, bytes);
}

function decodedAs(
  encoding: TextEncoding,
  bytes: Uint8Array,
): Result<DecodedText, 'unknownEncoding'> {
  try {
    return ok({ text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding });
  } catch {
    return failed('unknownEncoding'); // the only thing a fatal decoder throws for
  }
}

const SAMPLE_BYTES = 4096;
const ZEROS_SHARE_MIN = 0.02; // a row of fifty hanzi has at least one separator or line end

/** Text has no zeros but in UTF-16, where every plain letter has one on the same side. */
function zerosOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'neither' | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [...sample.entries()].filter(([, byte]) => byte === 0);
  if (zeros.length === 0) return null;
  if (zeros.length < sample.length * ZEROS_SHARE_MIN) return 'neither';
  const odd = zeros.filter(([index]) => index % 2 === 1).length;
  if (odd === zeros.length) return 'utf-16le';
  return odd === 0 ? 'utf-16be' : 'neither';
}

/** Whether the pairs of high bytes are those of everyday Chinese: hanzi and punctuation of GB 2312. */
function readsLikeChinese(bytes: Uint8Array): boolean {
  let [pairs, common] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) continue;
    const isCommon =
      trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xf7));
    pairs += 1;
    common += isCommon ? 1 : 0;
    at += 1;
  }
  return common >= pairs * COMMON_SHARE_MIN;
}
