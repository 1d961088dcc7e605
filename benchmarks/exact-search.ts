import { inTurns, type Measurement, milliseconds } from '#benchmarks/benchmark';
import { galleryVectors } from '#benchmarks/stage';
import { assert } from '#domain/assert';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';

const [PEOPLE, EACH, LENGTH, TURNS] = [12_500, 4, 512, 25];

/** 50 000 templates of 512 numbers: the gallery against a loop over all of them. */
export async function measureExactSearch(): Promise<Measurement> {
  const rows = galleryVectors(PEOPLE, EACH, LENGTH);
  const gallery = new FaceGallery(LENGTH);
  rows.forEach((vector, index) => {
    const personId = `p${Math.floor(index / EACH)}`;
    const added = gallery.add({ personId, templateId: `t${index}`, vector });
    assert(added.ok, 'the row fits');
  });
  const query = rows[31_415] ?? new Float32Array(LENGTH);
  const plain = plainSearch(rows, query);
  assert(gallery.search(query).best?.templateId === `t${plain}`, 'both find the same template');
  const { oursMs, peerMs } = await inTurns(
    TURNS,
    () => gallery.search(query),
    () => plainSearch(rows, query),
  );
  return {
    comparisons: [
      {
        name: 'exact-search-50k',
        ours: milliseconds(oursMs),
        peer: milliseconds(peerMs),
        peerName: 'a plain loop over Float32Arrays',
        value: peerMs / oursMs,
      },
    ],
    remarks: [],
  };
}

function plainSearch(rows: readonly Float32Array[], query: Float32Array): number {
  let [best, score] = [-1, Number.NEGATIVE_INFINITY];
  for (const [index, row] of rows.entries()) {
    let sum = 0;
    for (let i = 0; i < LENGTH; i += 1) sum += (row[i] ?? 0) * (query[i] ?? 0);
    if (sum > score) [best, score] = [index, sum];
  }
  return best;
}
