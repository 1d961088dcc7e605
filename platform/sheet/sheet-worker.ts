/** A thread that reads one table and ends: reading a large workbook keeps a processor for seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '#domain/assert';
import { readSheet } from '#platform/sheet/sheet-reader';

assert(workerData instanceof Uint8Array, 'the thread is given the bytes of a file');
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(await readSheet(workerData));
