import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processes of this machine that a given one started and that still run; Linux only. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

/** A zombie is dead, even where nobody buries it. */
export function isAlive(pid: number): boolean {
  const status = statusOf(String(pid));
  return status !== undefined && !/^State:\s+Z/m.test(status);
}

function parentOf(pid: string): number | undefined {
  const parent = /^PPid:\s+(\d+)$/m.exec(statusOf(pid) ?? '')?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function statusOf(pid: string): string | undefined {
  try {
    const file = `/proc/${pid}/status`;
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined; // it ended between the two looks
  }
}
