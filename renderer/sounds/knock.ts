import type { Greeting } from '#contracts/ipc/kiosk-ipc';

/** Wood, not electronics: G4 and C5, a fourth apart. */
const LOW_HZ = 392;
const HIGH_HZ = 523.25;
const GAP_SECONDS = 0.09;
/** −12 dBFS at the peak; 8 dB less at night. */
const PEAK_DAY = 0.25;
const PEAK_NIGHT = 0.1;
/** A batch of greetings closer than this is one figure, not a rattle. */
const BATCH_MS = 900;

export interface Loudness {
  readonly sound: 'on' | 'off';
  readonly hour: 'day' | 'night';
}

/** The door's voice without words. Only what is already on disk is ever knocked. */
export class Knocker {
  #context: AudioContext | undefined;
  #lastGreetingMs = Number.NEGATIVE_INFINITY;
  #isFigurePlayed = false;

  /** Arrival rises, departure falls; the second within a batch plays one three-note figure, later ones none. */
  greet(direction: Greeting['direction'], atMs: number, loudness: Loudness): void {
    const isBatch = atMs - this.#lastGreetingMs < BATCH_MS;
    this.#lastGreetingMs = atMs;
    if (isBatch && this.#isFigurePlayed) return;
    this.#isFigurePlayed = isBatch;
    if (isBatch) this.#play([LOW_HZ, HIGH_HZ, LOW_HZ], loudness);
    else this.#play(direction === 'in' ? [LOW_HZ, HIGH_HZ] : [HIGH_HZ, LOW_HZ], loudness);
  }

  /** "Are you …?" and hints: one muted knock. */
  ask(loudness: Loudness): void {
    this.#play([LOW_HZ / 2], loudness);
  }

  /** "Not me", saved: one low knock, so that nobody turns round. */
  void(loudness: Loudness): void {
    this.#play([LOW_HZ / 2.5], loudness);
  }

  /** Browsers keep audio asleep until the first touch unless the shell allows it. */
  wake(): void {
    // Refused without a touch: the next one tries again.
    this.#context?.resume().catch(() => undefined);
  }

  #play(notes: readonly number[], loudness: Loudness): void {
    if (loudness.sound === 'off') return;
    const context = (this.#context ??= new AudioContext());
    if (context.state !== 'running') this.wake();
    const peak = loudness.hour === 'night' ? PEAK_NIGHT : PEAK_DAY;
    notes.forEach((hertz, index) => {
      knock(context, hertz, { at: context.currentTime + index * GAP_SECONDS, peak });
    });
  }
}

/** A struck bar: the tone, its first overtone at 2.76, and a short thud; all gone within 220 ms. */
function knock(context: AudioContext, hertz: number, strike: { at: number; peak: number }): void {
  const partials = [
    { ratio: 1, share: 0.7, seconds: 0.2 },
    { ratio: 2.76, share: 0.2, seconds: 0.07 },
    { ratio: 0.5, share: 0.1, seconds: 0.12 },
  ];
  for (const partial of partials) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz * partial.ratio;
    gain.gain.setValueAtTime(0, strike.at);
    gain.gain.linearRampToValueAtTime(strike.peak * partial.share, strike.at + 0.004);
    gain.gain.exponentialRampToValueAtTime(0.0001, strike.at + partial.seconds);
    tone.connect(gain).connect(context.destination);
    tone.start(strike.at);
    tone.stop(strike.at + partial.seconds);
  }
}
