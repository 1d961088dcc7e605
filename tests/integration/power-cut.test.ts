/*
 * Goal: what was greeted is on the disk, whatever ends the engine.
 * Method: SIGKILL of the engine's process in the moment after a greeting, hub up and hub down.
 */
import { cpSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keyOf, terminalLines } from '#tests/integration/ledger';
import { SETTLE, SiteFixture } from '#tests/integration/site-fixture';

describe('an engine that is killed', () => {
  const fixture = SiteFixture.perTest(2);

  test('has the punch it just greeted on its disk, and delivers it when it is back', async () => {
    const door = fixture.terminal('door');
    await fixture.open(door);
    await fixture.site.stopHub(); // so that the disk is the only place the punch can be in
    for (let round = 0; round < 3; round += 1) {
      await door.engine.kill();
      const screen = await door.engine.open();
      await fixture.punch(door, screen, round);
      await door.engine.kill();
    }
    const onDisk = new Set(terminalLines(door.dataDir).map(keyOf));
    expect([...fixture.greeted].filter((key) => !onDisk.has(key))).toEqual([]);

    await fixture.site.startHub();
    await door.engine.open();
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
  });

  test('goes on in the same log: a kill is not a restore', async () => {
    const door = fixture.terminal('door');
    const screen = await fixture.open(door);
    await fixture.punch(door, screen, 0);
    await door.engine.kill();
    const again = await door.engine.open();
    await fixture.punch(door, again, 1);
    expect(new Set(terminalLines(door.dataDir).map((line) => line.logId)).size).toBe(1);
    expect(await fixture.settled()).toEqual([]);
  });
});

describe('a database put back from a copy', () => {
  const fixture = SiteFixture.perTest(2);

  test('begins a new log, and no punch of either life is lost or doubled', async () => {
    const door = fixture.terminal('door');
    const screen = await fixture.open(door);
    await fixture.punch(door, screen, 0);
    expect(await fixture.settled()).toEqual([]);
    await door.engine.stop();
    const copy = `${door.dataDir}-copy`;
    cpSync(door.dataDir, copy, { recursive: true });

    const later = await door.engine.open();
    await fixture.punch(door, later, 1);
    expect(await fixture.settled()).toEqual([]);
    const before = await fixture.punchIdsAtHub();
    await door.engine.stop();

    rmSync(door.dataDir, { recursive: true });
    cpSync(copy, door.dataDir, { recursive: true });
    const restored = await door.engine.open();
    await expect.poll(() => restored.state?.online, SETTLE).toBe(true);
    const greeting = await restored.call('punch.pin', {
      employeeNo: fixture.staff[0]?.employeeNo ?? '',
      pin: '314159',
    });
    expect(greeting.ok).toBe(true);

    const atHub = async () => (await fixture.punchIdsAtHub()).length;
    await expect.poll(atHub, SETTLE).toBe(before.length + 1);
    const after = await fixture.punchIdsAtHub();
    expect(after).toEqual(expect.arrayContaining([...before]));
    await expect.poll(() => restored.state?.waiting, SETTLE).toBe(0);
    expect(new Set(after.map((id) => id.split(':')[0])).size).toBe(2);
  });
});
