const BATCH_CHARACTERS = 64 * 1024; // one write to the disk, one turn of the compressor

/** Joins small texts into large pieces of UTF-8, so that neither disk nor compressor is asked per row. */
export async function* byteBatches(
  texts: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<Uint8Array> {
  let batch = '';
  for await (const text of texts) {
    batch += text;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}
