import { Duplex } from 'node:stream';

/**
 * Two streams, each reading what the other writes. Stands in for `duplexPair` of node:stream, which
 * loses what is written behind a cork, and every MQTT packet is written so.
 */
export function localPipe(): [Duplex, Duplex] {
  const left = new PipeEnd();
  const right = new PipeEnd();
  left.join(right);
  right.join(left);
  return [left, right];
}

class PipeEnd extends Duplex {
  #other: PipeEnd | undefined;
  #waiting: (() => void) | undefined;

  join(other: PipeEnd): void {
    this.#other = other;
  }

  override _read(): void {
    const written = this.#waiting;
    this.#waiting = undefined;
    if (written !== undefined) setImmediate(written); // never from inside the reader's own read()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const other = this.#other;
    if (other === undefined || other.readableEnded || other.destroyed) done();
    else if (other.push(chunk)) setImmediate(done);
    else other.#waiting = done; // the reader is full: wait until it asks for more
  }

  override _final(done: () => void): void {
    this.#other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const other = this.#other;
    this.#other = undefined;
    done(error);
    other?.destroy();
  }
}
