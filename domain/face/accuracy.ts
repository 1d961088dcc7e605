import { assert } from '#domain/assert';

/** Templates of one person, in the order of their pictures; length 1, compared by dot product. */
export interface MeasuredPerson {
  readonly templates: readonly Float32Array[];
}

/** How many genuine pairs pass at the similarity that so few pairs of different people reach. */
export interface VerificationFigure {
  readonly fmr: number;
  readonly similarity: number;
  readonly tar: number;
}

/** What happens at a door with everybody enrolled, and strangers coming too. */
export interface IdentificationFigure {
  /** Pictures whose mean is a person's template. */
  readonly enrolled: number;
  readonly probes: number;
  /** The right person is the most similar one. */
  readonly rank1: number;
  /** … and more similar than any stranger is to anybody. */
  readonly acceptedWithoutStranger: number;
  /** … missed, when one stranger in a hundred may be taken for somebody. */
  readonly fnirAtFpir1: number;
}

export interface Verification {
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  readonly figures: readonly VerificationFigure[];
}

const FMRS = [1e-2, 1e-3, 1e-4, 1e-5];
const FPIR = 0.01;

/** Every template against every other: the same person's make genuine pairs, all others impostors. */
export function verify(
  people: readonly MeasuredPerson[],
  strangers: readonly Float32Array[],
): Verification {
  const owned = [
    ...people.flatMap(({ templates }, owner) => templates.map((template) => ({ owner, template }))),
    ...strangers.map((template, index) => ({ owner: people.length + index, template })),
  ];
  const genuine: number[] = [];
  const impostor: number[] = [];
  owned.forEach((p, index) => {
    for (const q of owned.slice(index + 1)) {
      (p.owner === q.owner ? genuine : impostor).push(dot(p.template, q.template));
    }
  });
  const falling = Float64Array.from(impostor).toSorted().toReversed();
  const figures = FMRS.map((fmr) => {
    const similarity = passedBy(falling, fmr);
    return { fmr, similarity, tar: shareOf(genuine, (score) => score > similarity) };
  });
  return { genuinePairs: genuine.length, impostorPairs: impostor.length, figures };
}

/**
 * People with a picture more than `enrolled` are enrolled with the mean of their first pictures and
 * come back with their last; strangers are compared with all of them.
 */
export function identify(
  people: readonly MeasuredPerson[],
  strangers: readonly Float32Array[],
  enrolled: number,
): IdentificationFigure {
  const taking = people.filter(({ templates }) => templates.length > enrolled);
  const gallery = taking.map(({ templates }) => mean(templates.slice(0, enrolled)));
  const probes = taking.flatMap(({ templates }) => templates.slice(-1));
  const found = probes.map((probe, owner) => {
    const [best, score] = nearest(gallery, probe);
    return { right: best === owner, score };
  });
  const scores = Float64Array.from(strangers, (stranger) => nearest(gallery, stranger)[1]);
  const falling = scores.toSorted().toReversed();
  const [strict, usual] = [passedBy(falling, 0), passedBy(falling, FPIR)];
  return {
    enrolled,
    probes: probes.length,
    rank1: shareOf(found, ({ right }) => right),
    acceptedWithoutStranger: shareOf(found, ({ right, score }) => right && score > strict),
    fnirAtFpir1: 1 - shareOf(found, ({ right, score }) => right && score > usual),
  };
}

/** The score that no more than `share` of the scores exceed. */
function passedBy(falling: Float64Array, share: number): number {
  return falling[Math.floor(share * falling.length)] ?? Number.NEGATIVE_INFINITY;
}

function shareOf<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

function nearest(gallery: readonly Float32Array[], probe: Float32Array): [number, number] {
  let [best, score] = [-1, Number.NEGATIVE_INFINITY];
  gallery.forEach((template, index) => {
    const here = dot(template, probe);
    if (here > score) [best, score] = [index, here];
  });
  return [best, score];
}

function mean(templates: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(Math.max(0, ...templates.map((template) => template.length)));
  for (const template of templates) {
    template.forEach((value, index) => {
      sum[index] = Number(sum[index]) + value;
    });
  }
  const length = Math.sqrt(dot(sum, sum));
  return length === 0 ? sum : sum.map((value) => value / length);
}

function dot(p: Float32Array, q: Float32Array): number {
  assert(p.length === q.length, 'templates of one model are of one length');
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) sum += Number(p[i]) * Number(q[i]);
  return sum;
}
