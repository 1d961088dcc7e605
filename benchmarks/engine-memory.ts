import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from '#benchmarks/benchmark';

const run = promisify(execFile);
const LIMIT_MB = 400; // beside a browser in a mini-PC of 4 GB
const BYTES_PER_MB = 1e6;

export async function measureEngineMemory(): Promise<Measurement> {
  const probe = join(import.meta.dirname, 'memory-probe.ts');
  const { stdout } = await run(process.execPath, [probe]);
  const megabytes = Number(stdout) / BYTES_PER_MB;
  return {
    comparisons: [
      {
        name: 'engine-memory-at-rest',
        ours: `${megabytes.toFixed(0)} MB`,
        peer: `${LIMIT_MB} MB`,
        peerName: 'the limit',
        value: megabytes / LIMIT_MB,
      },
    ],
    remarks: [],
  };
}
