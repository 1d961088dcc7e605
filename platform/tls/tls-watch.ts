import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock/clock';
import {
  checkTls,
  readTlsFiles,
  type TlsFiles,
  type TlsMaterial,
  type TlsProblem,
  type TlsTexts,
} from '#platform/tls/tls-files';

const LOOK_INTERVAL_MS = 60_000; // a renewal comes weeks before it is needed

export interface TlsWatchOptions {
  readonly files: TlsFiles;
  readonly clock: Clock;
  /** For `server.setSecureContext`: connections that are open stay as they are. */
  readonly onRenewed: (material: TlsMaterial) => void;
  readonly onProblem: (problem: TlsProblem) => void;
}

/**
 * Takes up a renewed certificate without a restart.
 *
 * Looks at contents rather than at events: certbot swaps a link, a container swaps a folder, and
 * neither is told alike. Files are not replaced together, so what does not fit is believed only when
 * it is still there at the next look; until something good is there, the old stays in force.
 */
export class TlsWatch {
  readonly #options;
  #inForce: string | undefined;
  #doubtful: string | undefined;
  #told: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TlsWatchOptions) {
    this.#options = options;
  }

  /** @param inForce what the server was started with */
  start(inForce: TlsTexts): void {
    this.#inForce = digestOf(inForce);
    this.#timer = setInterval(() => this.look(), LOOK_INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  look(): void {
    const { files, clock, onRenewed } = this.#options;
    const texts = readTlsFiles(files);
    if (!texts.ok) {
      this.#doubt(texts.failure.file, texts.failure);
      return;
    }
    const digest = digestOf(texts.value);
    if (digest === this.#inForce) {
      this.#settle(digest);
      return;
    }
    const checked = checkTls(texts.value, files, clock.now());
    if (!checked.ok) {
      this.#doubt(digest, checked.failure);
      return;
    }
    this.#settle(digest);
    onRenewed(checked.value);
  }

  #settle(digest: string): void {
    this.#inForce = digest;
    this.#doubtful = undefined;
    this.#told = undefined;
  }

  #doubt(what: string, problem: TlsProblem): void {
    const isLasting = this.#doubtful === what;
    this.#doubtful = what;
    if (!isLasting || this.#told === what) return;
    this.#told = what;
    this.#options.onProblem(problem);
  }
}

function digestOf({ cert, key, ca = '' }: TlsTexts): string {
  return createHash('sha256')
    .update(JSON.stringify([cert, key, ca]))
    .digest('hex');
}
