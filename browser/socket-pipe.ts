import type { WebSocket } from 'ws';
import type { Pipe } from '#contracts/ipc/pipe';
import { CONTROL_BYTES_MAX } from '#contracts/ipc/pipe-message';

/** RFC 6455 7.4.1: "an endpoint is terminating the connection because it has received a message that violates its policy". */
export const POLICY_VIOLATION = 1008;

/** A camera gives 30 a second, and the engine asks for fewer; twice that is somebody else. */
const FRAMES_PER_SECOND_MAX = 60;
/** Fast fingers on a PIN pad make ten. */
const CONTROLS_PER_SECOND_MAX = 50;
/** Events are small and the page is on this machine: a backlog means that nobody reads. */
const BACKLOG_BYTES_MAX = 4 * 1024 * 1024;
const SECOND_MS = 1000;

type Listener = (message: string | Uint8Array) => void;

/** Counts what arrives within the running second. */
class Budget {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  #windowStart = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(perSecond: number, nowMs: () => number) {
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
  }

  spend(): boolean {
    const now = this.#nowMs();
    if (now - this.#windowStart >= SECOND_MS) {
      this.#windowStart = now;
      this.#used = 0;
    }
    this.#used += 1;
    return this.#used <= this.#perSecond;
  }
}

/** Carries the kiosk pipe over one accepted WebSocket; whoever breaks its limits is cut off. */
export function socketPipe(socket: WebSocket, nowMs: () => number): Pipe {
  const listeners: Listener[] = [];
  const frames = new Budget(FRAMES_PER_SECOND_MAX, nowMs);
  const controls = new Budget(CONTROLS_PER_SECOND_MAX, nowMs);

  socket.on('message', (content, isBinary) => {
    if (socket.readyState !== socket.OPEN) return; // already being cut off
    const bytes = bytesOf(content);
    const refusal = isBinary ? refuseFrame(frames) : refuseControl(controls, bytes);
    if (refusal !== undefined) {
      socket.close(POLICY_VIOLATION, refusal);
      return;
    }
    const message = isBinary ? bytes : Buffer.from(bytes).toString('utf8');
    for (const listener of listeners) listener(message);
  });

  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > BACKLOG_BYTES_MAX) socket.terminate();
      else socket.send(message);
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
  };
}

function refuseFrame(budget: Budget): string | undefined {
  return budget.spend() ? undefined : 'too many frames';
}

function refuseControl(budget: Budget, bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > CONTROL_BYTES_MAX) return 'control message too large';
  return budget.spend() ? undefined : 'too many messages';
}

/** `ws` hands over one buffer unless told otherwise; a list would be a change of its set-up. */
function bytesOf(content: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(content)) return Buffer.concat(content);
  return content instanceof ArrayBuffer ? new Uint8Array(content) : content;
}
