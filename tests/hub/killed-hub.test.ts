import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { AttendanceBench } from '#tests/hub/attendance-bench';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { configFor, removeFolder, temporaryFolder } from '#tests/hub/running-hub';

/*
 * Goal: what the hub acknowledged is on its disk, whatever happens to the process.
 * Method: a hub in a process of its own is killed right after an acknowledgement, again and again,
 * while batches are still on their way to it; after each restart it is asked how far it has come.
 */
const ROUNDS = 3;
const PATIENCE_MS = 180_000; // each round starts a process
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

async function spawnHub(folder: string, mqttPort: number) {
  const script = join(import.meta.dirname, 'hub-process.ts');
  const config = JSON.stringify(await configFor(folder, { mqttPort }));
  const child = spawn(process.execPath, [script, config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  undo.push(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const { brokerUrl, joinCode } = JSON.parse(String(line));
  return { child, brokerUrl: String(brokerUrl), joinCode: String(joinCode) };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test(
  'a hub that is killed has what it acknowledged, and takes up where it was',
  async () => {
    const folder = temporaryFolder();
    undo.push(() => removeFolder(folder));
    let hub = await spawnHub(folder, 0);
    const mqttPort = Number(new URL(hub.brokerUrl).port);
    const terminal = await new RawTerminal(hub).join();
    undo.push(() => terminal.close());
    const siteId = randomUUID();
    const log: UpEntry[] = [terminal.genesis()];
    let acked = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let n = 0; n < 150; n += 1) log.push(terminal.punch(randomUUID(), siteId));
      const ack = await terminal.sendBatch(log.slice(acked, acked + 100));
      expect(ack.upto).toBeGreaterThanOrEqual(acked);
      acked = ack.upto;
      const rest = JSON.stringify({ v: 1, entries: log.slice(acked, acked + 200) });
      const underWay = terminal.send('log', rest).catch(() => undefined);
      const back = new Promise<void>((resolve) => {
        terminal.link.onState((state) => state.connected && resolve());
      });
      await kill(hub.child);
      await underWay;
      hub = await spawnHub(folder, mqttPort);
      await back;
      const after = await terminal.sendBatch(log.slice(0, 1)); // sent again: says only how far it is
      expect(after.upto).toBeGreaterThanOrEqual(acked);
      acked = after.upto;
    }
    while (acked < log.length) {
      acked = (await terminal.sendBatch(log.slice(acked, acked + 200))).upto;
    }
    expect(acked).toBe(ROUNDS * 150 + 1);
  },
  PATIENCE_MS,
);

test(
  'a hub killed right after an acknowledgement still owes, or has, the day of the punch',
  async () => {
    const folder = temporaryFolder();
    undo.push(() => removeFolder(folder));
    const before = await AttendanceBench.open(folder, '2026-03-02T07:00');
    const ann = await before.person();
    await before.rule({}, '2026-03-02');
    const { siteId } = await before.store.site.get();
    await before.close();
    const hub = await spawnHub(folder, 0);
    const terminal = await new RawTerminal(hub).join();
    undo.push(() => terminal.close());
    const atMs = Temporal.Instant.from('2026-03-02T01:30:00Z').epochMilliseconds;
    await terminal.sendBatch([terminal.genesis(), terminal.punch(ann, siteId, atMs)]);
    await kill(hub.child);
    const after = await AttendanceBench.open(folder, '2026-03-04T08:00');
    await after.compute();
    expect((await after.day(ann, '2026-03-02')).result.punches).toHaveLength(1);
    await after.close();
  },
  PATIENCE_MS,
);
