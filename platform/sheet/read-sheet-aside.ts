import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { failed, type Result } from '#domain/result';
import type { FileFaultReason } from '#platform/sheet/sheet-fault';
import { readSheet, SHEET_BYTES_MAX, type SheetContent } from '#platform/sheet/sheet-reader';

const READ_HERE_BYTES_MAX = 16 * 1024; // a few hundred rows: less work than starting a thread
const MEMORY_MB_MAX = 768; // the largest file that is allowed needs about half of it

/**
 * Reads a table beside everything else that this process does. A file that needs more memory than any
 * honest one ends its own thread and nothing else.
 */
export async function readSheetAside(
  bytes: Uint8Array,
): Promise<Result<SheetContent, FileFaultReason>> {
  if (bytes.length <= READ_HERE_BYTES_MAX || bytes.length > SHEET_BYTES_MAX) {
    return await readSheet(bytes);
  }
  const worker = new Worker(new URL('sheet-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  });
  try {
    const [read]: Result<SheetContent, FileFaultReason>[] = await once(worker, 'message');
    return read ?? failed('damaged');
  } catch (error) {
    if (isOutOfMemory(error)) return failed('bomb');
    throw error;
  } finally {
    await worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
