import { join } from 'node:path';

/** Where everything of one terminal lies. */
export interface DataFolder {
  readonly root: string;
  readonly database: string;
  /** All secrets of the terminal, in one file of mode 0600. */
  readonly keys: string;
  /** How far the log had come, kept apart from the database so that a restored one is noticed. */
  readonly witness: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    database: join(root, 'terminal.db'),
    keys: join(root, 'terminal.keys.json'),
    witness: join(root, 'log-witness.json'),
  };
}
