import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '#platform/clock/clock';

/** Linux names each boot; elsewhere this process's own life stands in for one. */
function readBootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function systemClock(): Clock {
  const boot = readBootId();
  const start = boot === undefined ? 0 : uptime() * 1000 - performance.now();
  return {
    now: () => Temporal.Now.instant(),
    monotonicMs: () => Math.floor(start + performance.now()),
    bootId: boot ?? randomUUID(),
  };
}
