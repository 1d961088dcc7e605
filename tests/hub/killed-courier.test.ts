/**
 * Goal: a hub killed while it carries events out loses none of them, and what comes twice has the same
 * number. Method: a hub in a process of its own is killed again and again with
 * events half carried out, and started once more at the end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { webhookEvent } from '#contracts/rest/v1/webhooks';
import { openPostBox } from '#tests/fixtures/post-box';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { configFor, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { testEngine } from '#tests/hub/test-database';

const ROUNDS = 3;
const PUNCHES_PER_ROUND = 120;
const PATIENCE_MS = 240_000; // each round starts a process, and a claim of the dead may have to lapse
const SETTINGS = { outgoingNetworks: '127.0.0.0/8' };

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

async function spawnHub(folder: string) {
  const script = join(import.meta.dirname, 'hub-process.ts');
  const config = JSON.stringify(await configFor(folder, SETTINGS));
  const child = spawn(process.execPath, [script, config], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { brokerUrl, joinCode } = JSON.parse(String(line));
  return { child, brokerUrl: String(brokerUrl), joinCode: String(joinCode) };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

// With PostgreSQL another hub waits a minute for the claim of a dead one, in every round.
const rounds = testEngine === 'sqlite' ? ROUNDS : 1;

test(
  'every event arrives in the end, in order, each under one number',
  async () => {
    const folder = temporaryFolder();
    undo.push(() => removeFolder(folder));
    const box = await openPostBox(() => ({ status: 200 }));
    const first = await runHub(folder, SETTINGS);
    const hook = { label: 'ERP', url: `${box.url}/hook`, events: ['punch.created'] };
    expect((await first.ask('POST', '/api/v1/webhooks', hook)).status).toBe(201);
    const { siteId } = (await first.ask('GET', '/api/v1/site')).body as { siteId: string };
    await first.stop();
    const sent: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const hub = await spawnHub(folder);
      const terminal = await new RawTerminal(hub).join();
      const genesis = terminal.genesis();
      const log = Array.from({ length: PUNCHES_PER_ROUND }, () =>
        terminal.punch(randomUUID(), siteId),
      );
      await terminal.sendBatch([genesis, ...log]);
      sent.push(...log.map(({ logId, seq }) => `${logId}:${seq}`));
      const before = box.received.length;
      await expect
        .poll(() => box.received.length, { timeout: PATIENCE_MS })
        .toBeGreaterThan(before);
      await kill(hub.child); // with events half carried out
      await terminal.close();
    }
    const last = await runHub(folder, SETTINGS);
    undo.push(() => last.stop());
    const numbers = new Map<string, Set<number>>();
    const readAll = (): number => {
      numbers.clear();
      for (const { body } of box.received) {
        const event = webhookEvent.parse(JSON.parse(body.toString('utf8')));
        if (event.event !== 'punch.created') continue;
        const { punchId } = event.body;
        numbers.set(punchId, (numbers.get(punchId) ?? new Set()).add(event.id));
      }
      return numbers.size;
    };
    await expect.poll(readAll, { timeout: PATIENCE_MS, interval: 100 }).toBe(sent.length);
    expect([...numbers.keys()]).toEqual(sent); // as first seen: none passed another
    expect([...numbers.values()].every((each) => each.size === 1)).toBe(true);
    expect(box.received.length - sent.length).toBeLessThanOrEqual(rounds);
  },
  PATIENCE_MS,
);
