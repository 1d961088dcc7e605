import { resolve } from 'node:path';

/** The top of the installation: `cli/` lies in it. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** A Node that can run our own code: this one. */
export const NODE = process.execPath;

export const OUT = {
  renderer: resolve(ROOT, 'out/renderer'),
  console: resolve(ROOT, 'out/console'),
} as const;
