import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system-clock';
import { verifyLog } from '#terminal/log/verify-log';
import { openStore, type Store } from '#terminal/storage/open-store';
import { person } from '#tests/terminal/workbench';

const LI = person(1);
const CHILD = fileURLToPath(new URL('./greeting-child.ts', import.meta.url));

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lintel-cut-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function openHere(): Store {
  const opened = openStore({ dataDir, joinCode: undefined, clock: systemClock() });
  if (!opened.ok) throw new Error(opened.failure.message.en);
  return opened.value;
}

/** @returns every greeting heard up to the moment of the cut */
async function greetAndCut(greetings: number): Promise<number[]> {
  const child = spawn(process.execPath, [CHILD, dataDir, LI.personId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const heard: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    heard.push(Number(line));
    if (heard.length === greetings) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  return heard;
}

describe('kill -9 right after a greeting', () => {
  test.each([1, 7])('loses none of what was said: after %i greetings', async (greetings) => {
    const before = openHere();
    before.people.putPerson(LI);
    before.log.stop();
    before.db.close();

    const heard = await greetAndCut(greetings);
    expect(heard.length).toBeGreaterThanOrEqual(greetings);

    const { log, logRepository, keys, db, begun } = openHere();
    const onDisk = logRepository.standingPunches(LI.personId).map(({ seq }) => seq);
    expect(onDisk).toEqual(expect.arrayContaining(heard));
    expect(begun).toBeUndefined();
    const owner = { terminalId: keys.terminalId, signKey: keys.sign.publicKey };
    expect(verifyLog(logRepository.rawTexts(), owner, undefined)).toMatchObject({ ok: true });
    log.stop();
    db.close();
  });
});
