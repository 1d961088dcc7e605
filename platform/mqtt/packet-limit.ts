import type { Duplex } from 'node:stream';

const LENGTH_BYTES_MAX = 4; // MQTT 3.1.1, 2.2.3: the remaining length is at most four bytes

export interface PacketLimit {
  /** Asked anew for every packet: a client that has not signed in yet is given less. */
  readonly bytesMax: () => number;
  readonly onTooLarge: (bytes: number) => void;
}

/**
 * Cuts a connection as soon as a packet *announces* more than the limit. The MQTT libraries gather
 * a packet of any announced length (up to 256 MB) in memory before anyone is asked about it.
 *
 * Attach after the library has taken the stream: it only listens to the bytes the library reads.
 */
export function limitPackets(stream: Duplex, limit: PacketLimit): void {
  const meter = meterPackets();
  const listener = (chunk: Uint8Array): void => {
    const announced = meter(chunk, limit.bytesMax());
    if (announced === undefined) return;
    stream.removeListener('data', listener);
    limit.onTooLarge(announced);
    stream.destroy();
  };
  stream.on('data', listener);
}

/** @returns a function that follows the framing and tells the length of the first packet too large */
export function meterPackets(): (chunk: Uint8Array, bytesMax: number) => number | undefined {
  let toSkip = 0;
  let lengthBytes = -1; // −1: the next byte opens a packet
  let length = 0;
  return (chunk, bytesMax) => {
    let at = 0;
    while (at < chunk.length) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, chunk.length - at);
        toSkip -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (lengthBytes < 0) {
        lengthBytes = 0;
        length = 0;
        continue;
      }
      length += (byte & 0x7f) * 128 ** lengthBytes++;
      if (length > bytesMax || lengthBytes > LENGTH_BYTES_MAX) return length;
      if (byte < 0x80) {
        toSkip = length;
        lengthBytes = -1;
      }
    }
    return undefined;
  };
}
