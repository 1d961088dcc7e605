/**
 * Goal: the engine that Electron's utility process would run is complete: bundled, it opens its store
 * and answers a page. Method: the built file in a plain Node, with a port like Electron's in front.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, needsBuild } from '#tests/electron/electron-app';

const ENGINE = resolve(import.meta.dirname, '../../out/main/engine.cjs');

/** Electron's side of the utility process, as far as the engine sees it: orders in, reports and answers out. */
const HARNESS = `
  const { EventEmitter } = require('node:events');
  const [engine, config] = process.argv.slice(1);
  const print = (message) => console.log(JSON.stringify(message));
  process.parentPort = Object.assign(new EventEmitter(), {
    postMessage: (report) => {
      print(report);
      if (report.t !== 'ready') return;
      const port = Object.assign(new EventEmitter(), {
        start: () => {}, close: () => {}, postMessage: (text) => print(JSON.parse(text)),
      });
      process.parentPort.emit('message', { data: { t: 'pipe' }, ports: [port] });
      const hello = { t: 'call', id: 7, name: 'hello', input: { version: 1 } };
      port.emit('message', { data: JSON.stringify(hello) });
    },
  });
  require(engine);
  process.parentPort.emit('message', { data: { t: 'start', config: JSON.parse(config) }, ports: [] });
  process.stdin.resume().on('end', () => {
    process.parentPort.emit('message', { data: { t: 'stop' }, ports: [] });
  });
`;

beforeAll(() => {
  if (needsBuild()) build();
}, 180_000);

describe('the bundled engine', () => {
  test('starts, answers the screen, and stops when told', async () => {
    const config = {
      dataDir: join(mkdtempSync(join(tmpdir(), 'lintel-bundle-')), 'terminal'),
      hubUrl: 'mqtt://127.0.0.1:1',
      modelDir: join(tmpdir(), 'lintel-no-models'),
      logLevel: 'silent',
    };
    const engine = spawn(process.execPath, ['-e', HARNESS, ENGINE, JSON.stringify(config)]);
    const said: string[] = [];
    createInterface({ input: engine.stdout }).on('line', (line) => said.push(line));
    await expect.poll(() => said[0], { timeout: 20_000 }).toBe('{"t":"ready"}');
    const answered = () => said.find((line) => line.includes('"id":7'));
    await expect.poll(answered, { timeout: 20_000 }).toMatch(/"ok":true.*"engine":/);
    engine.stdin.end();
    expect(await once(engine, 'exit')).toEqual([0, null]);
  });
});
