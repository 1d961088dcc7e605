import { assert } from '#domain/assert';

/** One line of a model card: at this similarity, this share of pairs of different people match. */
export interface FalseMatchRate {
  readonly fmr: number;
  readonly similarity: number;
}

/** What a comparison must reach. */
export interface Thresholds {
  readonly accept: number;
  /** So far above `accept` that two frames are enough. */
  readonly clear: number;
  /** From here to `accept`, and where two people are too alike, a person is asked. */
  readonly ask: number;
  /** Similarity to the best person minus that to the second-best. */
  readonly margin: number;
}

/** One stranger in a thousand who looks into the camera may be taken for somebody, in one frame. */
export const FALSE_POSITIVE_RATE = 1e-3;
const FMR_ACCEPT_MAX = 1e-5; // however small the gallery
const FMR_ASK_MAX = 1e-4;
const ASK_FACTOR = 100; // asking may be wrong a hundred times as often as greeting
const CLEAR_FACTOR = 10; // a clear frame is wrong a tenth as often as an accepted one
/** Look-alikes: the second-best must be less like the face by what a tenth of the FMR is worth. */
const MARGIN_FMRS = { lax: 1e-3, strict: 1e-4 } as const;
const SIMILARITY_MAX = 0.995; // frames of one face reach it; a line drawn further on would lock out all

/**
 * The thresholds for one search.
 *
 * A gallery of N is N chances to be wrong: `FPIR ≈ 1 − (1 − FMR)^N`, so the false match rate asked
 * of one comparison falls, and the threshold rises, with the number of templates.
 *
 * @param templateCount templates searched
 * @param rates the card's table, any order
 */
export function thresholdsFor(templateCount: number, rates: readonly FalseMatchRate[]): Thresholds {
  const fmr = 1 - (1 - FALSE_POSITIVE_RATE) ** (1 / Math.max(1, templateCount));
  const accepted = Math.min(fmr, FMR_ACCEPT_MAX);
  return {
    accept: similarityAt(accepted, rates),
    clear: similarityAt(accepted / CLEAR_FACTOR, rates),
    ask: similarityAt(Math.min(fmr * ASK_FACTOR, FMR_ASK_MAX), rates),
    margin: similarityAt(MARGIN_FMRS.strict, rates) - similarityAt(MARGIN_FMRS.lax, rates),
  };
}

/** Straight lines over log10(FMR); beyond the table the outermost line goes on. */
export function similarityAt(fmr: number, rates: readonly FalseMatchRate[]): number {
  assert(rates.length >= 2, 'a card has two thresholds or more');
  const sorted = rates.toSorted((p, q) => q.fmr - p.fmr);
  const above = sorted.findIndex((rate) => rate.fmr <= fmr);
  const end = above === -1 ? sorted.length - 1 : Math.max(1, above);
  const [p, q] = [sorted[end - 1], sorted[end]];
  assert(p !== undefined && q !== undefined && p.fmr > q.fmr, 'false match rates differ');
  const share = (Math.log10(p.fmr) - Math.log10(fmr)) / (Math.log10(p.fmr) - Math.log10(q.fmr));
  return Math.min(SIMILARITY_MAX, p.similarity + share * (q.similarity - p.similarity));
}
