import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

const OWNER_ONLY = 0o600; // what is exported is nobody else's business

/** A file that is complete: what it weighs and what it must hash to when somebody fetches it. */
export interface SheetFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes beside the file, flushes, then renames: under its name there is never half an export. The
 * checksum is taken on the way, so that nothing is read twice.
 */
export async function writeSheetFile(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<SheetFile> {
  const draft = `${path}.part`;
  try {
    const written = await writeDraft(draft, chunks);
    await rename(draft, path);
    return written;
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

async function writeDraft(draft: string, chunks: AsyncIterable<Uint8Array>): Promise<SheetFile> {
  const hash = createHash('sha256');
  const file = await open(draft, 'w', OWNER_ONLY);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
