import type { FaceHint } from '#contracts/ipc/kiosk-ipc';
import type { ObservedFace } from '#terminal/face/face-observation';
import type { Screen } from '#terminal/punch/screen';

const HINT_AFTER_MS = 3000; // screens.md: before that a hint is in the way of being recognised
const OTHER_WAYS_AFTER_MS = 6000; // screens.md: then PIN and QR are offered large

interface Told {
  readonly trackId: number | null;
  readonly hint: FaceHint | null;
  readonly otherWays: boolean;
}

const SILENCE: Told = { trackId: null, hint: null, otherWays: false };

/** One hint at a time, to the largest face that still waits; said once, and taken back once. */
export class HintTeller {
  readonly #screen: Screen;
  #told: Told = SILENCE;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** @param undecided faces that were neither greeted nor asked, largest first */
  consider(undecided: readonly ObservedFace[], isRefused: (trackId: number) => boolean): void {
    const face = undecided[0];
    this.#tell(face === undefined ? SILENCE : hintFor(face, isRefused(face.trackId)));
  }

  silence(): void {
    this.#tell(SILENCE);
  }

  #tell(wanted: Told): void {
    const { trackId, hint, otherWays } = this.#told;
    const same =
      wanted.trackId === trackId && wanted.hint === hint && wanted.otherWays === otherWays;
    if (same) return;
    this.#told = wanted;
    this.#screen.tell('hint', wanted);
  }
}

function hintFor(face: ObservedFace, refused: boolean): Told {
  const { trackId, trackedMs, hint } = face;
  if (refused) return { trackId, hint: null, otherWays: true };
  if (trackedMs < HINT_AFTER_MS) return SILENCE;
  const otherWays = trackedMs >= OTHER_WAYS_AFTER_MS;
  return hint === null && !otherWays ? SILENCE : { trackId, hint, otherWays };
}
