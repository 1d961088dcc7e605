import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { createLogger } from '#platform/log/logger';
import { type ChildPlan, EXIT_GIVE_UP, SupervisedChild } from '#platform/process/supervised-child';

const logger = createLogger('test', 'silent');
const children: SupervisedChild[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.stop()));
});

function supervise(script: string, plan: Partial<ChildPlan> = {}): SupervisedChild {
  const args = ['-e', script];
  const base = { part: 'child', command: process.execPath, args, stderr: 'ignore' } as const;
  const child = new SupervisedChild({ ...base, ...plan }, logger);
  children.push(child);
  child.start();
  return child;
}

/** Says its pid, then lives until its input ends. */
const SAYS_PID = `console.log(process.pid); process.stdin.resume().on('end', () => process.exit(0));`;

/** In a container nobody may bury orphans: a zombie is dead all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !readFileSync(status, 'utf8').includes('State:\tZ');
  } catch {
    return false;
  }
}

describe('SupervisedChild', () => {
  test('starts again what was killed', async () => {
    const pids: number[] = [];
    supervise(SAYS_PID, { onLine: (line) => pids.push(Number(line)) });
    await expect.poll(() => pids.length).toBe(1);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => pids.length, { timeout: 10_000 }).toBe(2);
    expect(pids[1]).not.toBe(pids[0]);
  });

  test('hands over one line and hears the answers', async () => {
    const heard: string[] = [];
    const echo = `require('readline').createInterface({input: process.stdin}).on('line', (l) => console.log('got ' + l));`;
    supervise(echo, { input: () => 'secret', onLine: (line) => heard.push(line) });
    await expect.poll(() => heard).toEqual(['got secret']);
  });

  test('waits longer from death to death', async () => {
    const waits: (number | undefined)[] = [];
    supervise('process.exit(1)', { onExit: ({ againInMs }) => waits.push(againInMs) });
    await expect.poll(() => waits.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect(waits.slice(0, 3)).toEqual([500, 1000, 2000]);
  });

  test('gives up when the child says that trying again is pointless', async () => {
    const exits: unknown[] = [];
    supervise(`process.exit(${EXIT_GIVE_UP})`, { onExit: (exit) => exits.push(exit) });
    await expect.poll(() => exits).toEqual([{ code: EXIT_GIVE_UP }]);
  });

  test('reports a program that is not there, and keeps trying', async () => {
    const exits: unknown[] = [];
    supervise('', { command: '/no/such/program', onExit: (exit) => exits.push(exit) });
    await expect.poll(() => exits).toEqual([{ code: null, againInMs: 500 }]);
  });

  test('leaves nobody behind when stopped', async () => {
    const child = supervise(SAYS_PID);
    const { pid } = child;
    await child.stop();
    expect(isAlive(pid ?? 0)).toBe(false);
  });

  test('a child that listens to its input dies with a parent that was killed', async () => {
    const parent = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(SAYS_PID)}], { stdio: ['pipe', 'inherit', 'inherit'] });
    `;
    const pids: number[] = [];
    const middle = supervise(parent, { onLine: (line) => pids.push(Number(line)) });
    await expect.poll(() => pids.length).toBe(1);
    process.kill(middle.pid ?? 0, 'SIGKILL');
    await expect.poll(() => isAlive(pids[0] ?? 0)).toBe(false);
  });
});
