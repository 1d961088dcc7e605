import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';
import { normalised, similarity } from '#terminal/face/template';

const LENGTH = 128;

interface Enrolled {
  readonly personId: string;
  readonly templateId: string;
  readonly vector: Float32Array;
}

/** The answer without any cleverness. */
function plainSearch(templates: readonly Enrolled[], query: Float32Array) {
  const ranked = templates
    .map((template) => ({ ...template, score: similarity(query, template.vector) }))
    .toSorted((p, q) => q.score - p.score);
  const best = ranked[0];
  return { best, second: ranked.find((other) => other.personId !== best?.personId) };
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function vectorFrom(random: () => number, length = LENGTH): Float32Array {
  return normalised(Float32Array.from({ length }, () => random() + random() - 1));
}

/** Some rows are copies of others moved by less than a byte can show: what rounding could mix up. */
function enrolledFrom(seed: number, count: number): readonly Enrolled[] {
  const random = seeded(seed);
  const templates: Enrolled[] = [];
  for (let i = 0; i < count; i += 1) {
    const near = random() < 0.5 ? templates[Math.floor(random() * i)]?.vector : undefined;
    const vector = near
      ? normalised(near.map((value) => value + (random() - 0.5) * 1e-4))
      : vectorFrom(random);
    templates.push({ personId: `p${Math.floor(random() * 9)}`, templateId: `t${i}`, vector });
  }
  return templates;
}

function galleryOf(templates: readonly Enrolled[]): FaceGallery {
  const gallery = new FaceGallery(LENGTH);
  for (const template of templates) expect(gallery.add(template).ok).toBe(true);
  return gallery;
}

describe('FaceGallery', () => {
  test('finds what comparing every template finds, near copies included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 300 }), (seed, count) => {
        const templates = enrolledFrom(seed, count);
        const target = templates[seed % count]?.vector ?? new Float32Array(LENGTH);
        const query = normalised(target.map((value, i) => value + ((i % 7) - 3) * 0.01));
        const answer = galleryOf(templates).search(query);
        const plain = plainSearch(templates, query);
        expect(answer.best?.similarity).toBeCloseTo(plain.best?.score ?? Number.NaN, 6);
        expect(answer.second === undefined).toBe(plain.second === undefined);
        expect(answer.second?.similarity ?? 0).toBeCloseTo(plain.second?.score ?? 0, 6);
        expect(answer.second?.personId).not.toBe(answer.best?.personId);
      }),
      { numRuns: 60 },
    );
  });

  test('after removals answers as if the removed had never been there', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat({ max: 79 }), { maxLength: 60 }), (seed, gone) => {
        const templates = enrolledFrom(seed, 80);
        const gallery = galleryOf(templates);
        const removed = new Set(gone.map((index) => `t${index}`));
        for (const templateId of removed) expect(gallery.removeTemplate(templateId)).toBe(true);
        const left = templates.filter(({ templateId }) => !removed.has(templateId));
        expect(gallery.templateCount).toBe(left.length);
        const query = vectorFrom(seeded(seed + 1));
        const plain = plainSearch(left, query);
        expect(gallery.search(query).best?.similarity).toBeCloseTo(plain.best?.score ?? 0, 6);
      }),
      { numRuns: 30 },
    );
  });

  test('the second best is another person, however alike the templates of the first', () => {
    const random = seeded(7);
    const [mine, other] = [vectorFrom(random), vectorFrom(random)];
    const gallery = galleryOf([
      { personId: 'a', templateId: '1', vector: mine },
      { personId: 'a', templateId: '2', vector: mine },
      { personId: 'b', templateId: '3', vector: other },
    ]);
    const { best, second } = gallery.search(mine);
    expect(best?.personId).toBe('a');
    expect(second).toMatchObject({ personId: 'b', templateId: '3' });
  });

  test('an empty gallery knows nobody, one person has no second', () => {
    const gallery = new FaceGallery(LENGTH);
    const vector = vectorFrom(seeded(1));
    expect(gallery.search(vector)).toEqual({ best: undefined, second: undefined });
    gallery.add({ personId: 'a', templateId: '1', vector });
    expect(gallery.search(vector).second).toBeUndefined();
  });

  test('a template sent again under its id replaces the old one', () => {
    const random = seeded(3);
    const [first, second] = [vectorFrom(random), vectorFrom(random)];
    const gallery = galleryOf([
      { personId: 'a', templateId: '1', vector: first },
      { personId: 'a', templateId: '1', vector: second },
    ]);
    expect(gallery.templateCount).toBe(1);
    expect(gallery.search(second).best?.similarity).toBeCloseTo(1, 5);
  });

  test('removing a person removes all of theirs and nobody else’s', () => {
    const templates = enrolledFrom(11, 50);
    const gallery = galleryOf(templates);
    const theirs = templates.filter(({ personId }) => personId === 'p3').length;
    expect(gallery.removePerson('p3')).toBe(theirs);
    expect(gallery.templateCount).toBe(50 - theirs);
    expect(gallery.removePerson('p3')).toBe(0);
  });

  test('grows past its first block and keeps every row', () => {
    const templates = enrolledFrom(5, 1500);
    const gallery = galleryOf(templates);
    const probe = templates[1499]?.vector ?? new Float32Array(LENGTH);
    expect(gallery.search(probe).best?.similarity).toBeCloseTo(1, 5);
  });

  test.each([
    [new Float32Array(512), 'wrong-length', 'a template of another model'],
    [new Float32Array(LENGTH), 'not-normalised', 'an empty template'],
    [new Float32Array(LENGTH).fill(Number.NaN), 'not-normalised', 'a broken template'],
  ])('refuses %#: %s', (vector, failure) => {
    const gallery = new FaceGallery(LENGTH);
    const added = gallery.add({ personId: 'a', templateId: '1', vector });
    expect(added).toEqual({ ok: false, failure });
    expect(gallery.templateCount).toBe(0);
  });
});
