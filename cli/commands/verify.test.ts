import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runVerify } from '#cli/commands/verify';
import { systemClock } from '#platform/clock/system-clock';
import { dataFolder } from '#terminal/storage/data-folder';
import { openStore } from '#terminal/storage/open-store';

let dataDir: string;
let said: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lintel-verify-'));
  said = [];
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function say(text: { readonly en: string }): void {
  said.push(text.en);
}

async function verify(): Promise<number> {
  return await runVerify({ dataDir, console: { language: 'en', say, complain: say } });
}

/** A terminal that wrote three entries, and whatever `act` then did behind its back. */
function written(act: (sql: (text: string) => void) => void = () => undefined): void {
  const store = openStore({ dataDir, joinCode: undefined, clock: systemClock() });
  if (!store.ok) throw new Error(store.failure.message.en);
  const { log, db } = store.value;
  log.append('audit', { event: 'unlocked', detail: 'first' });
  log.append('audit', { event: 'unlocked', detail: 'second' });
  log.stop();
  act((text) => db.exec(text));
  db.close();
}

describe('lintel verify', () => {
  test('counts the entries of a log that is as it was written', async () => {
    written();
    expect(await verify()).toBe(0);
    expect(said).toEqual(['3 entries, chain intact']);
  });

  test('names the first entry that is not', async () => {
    written((sql) => {
      sql('DROP TRIGGER up_log_keeps_content');
      sql(`UPDATE up_log SET entry = replace(entry, 'first', 'worst') WHERE seq = 2`);
    });
    expect(await verify()).toBe(1);
    expect(said[0]).toContain('Entry 2 of log');
    expect(said[0]).toContain('its content was changed');
  });

  test('misses the entries that were cut off', async () => {
    written((sql) => {
      sql('DROP TRIGGER up_log_keeps_entries');
      sql('DELETE FROM up_log WHERE seq = 3');
    });
    expect(await verify()).toBe(1);
    expect(said[0]).toContain('Entry 3 of log');
    expect(said[0]).toContain('missing');
  });

  test('says that there is nothing to check, or that it may not', async () => {
    expect(await verify()).toBe(2);
    expect(said[0]).toContain('no terminal');
    written();
    chmodSync(dataFolder(dataDir).keys, 0o644);
    expect(await verify()).toBe(2);
    expect(said[1]).toContain('chmod 600');
  });

  test('goes without a witness that is damaged', async () => {
    written();
    appendFileSync(dataFolder(dataDir).witness, 'half a line');
    expect(await verify()).toBe(0);
  });
});
