/*
 * Goal: a full disk refuses loudly; nothing is greeted that is not kept, and what was kept arrives.
 * Method: the terminal's data folder on a small file system of its own, filled to the last byte.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SETTLE, SiteFixture } from '#tests/integration/site-fixture';

const SIZE = '8m';

/** Only root may mount; in a container often not even that. */
function canMount(): boolean {
  const probe = '/tmp/lintel-mount-probe';
  mkdirSync(probe, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

/** Takes every free byte, as a log file that grows overnight. */
function fill(folder: string): string {
  const file = join(folder, 'filler');
  for (let size = 4 * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // full at this size: try half
    }
  }
  return file;
}

describe.skipIf(!canMount())('a full disk (needs the right to mount a tmpfs)', () => {
  const fixture = SiteFixture.perTest(2);
  let mounted = '';
  afterEach(() => {
    if (mounted !== '') execFileSync('umount', ['-l', mounted]);
    mounted = '';
  });

  test('no greeting, a clear state; with space again, punches go on and all arrive', async () => {
    const dataDir = join(fixture.site.folder, 'small');
    mkdirSync(dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=700`, 'tmpfs', dataDir]);
    mounted = dataDir;
    const door = fixture.terminal('door', { dataDir });
    const screen = await fixture.open(door);
    await fixture.punch(door, screen, 0);

    const filler = fill(dataDir);
    const credentials = { employeeNo: fixture.staff[0]?.employeeNo ?? '', pin: '314159' };
    let refused = false;
    for (let i = 0; i < 40 && !refused; i += 1) {
      const answer = await screen.call('punch.pin', credentials);
      refused = !answer.ok && answer.failure === 'disk-full';
      if (answer.ok) fixture.remember(door, answer.value.punchSeq);
    }
    expect(refused).toBe(true);
    await expect.poll(() => screen.state?.disk, SETTLE).toBe('full');

    rmSync(filler);
    // Eight megabytes are never plenty, but no longer nothing.
    await expect.poll(() => screen.state?.disk, SETTLE).toBe('low');
    await fixture.punch(door, screen, 1);
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
    await door.engine.stop();
  });
});
