/** Runs inside every test file: keeps what V8 counted in `domain/`, for `tools/coverage.ts` to add up. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { KeptScript } from '#tools/branches/uncovered';

const folder = process.env['LINTEL_COVERAGE_DIR'];
const session = new Session();
const scripts = new Map<string, Debugger.ScriptParsedEventDataType>();

if (folder !== undefined) {
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => {
    if (params.url.includes('/domain/')) scripts.set(params.scriptId, params);
  });
  session.post('Debugger.enable');
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  afterAll(() => {
    const kept: KeptScript[] = [];
    session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      for (const { scriptId, url, functions } of answer.result) {
        if (!scripts.has(scriptId)) continue;
        session.post('Debugger.getScriptSource', { scriptId }, (lost, { scriptSource }) => {
          if (lost !== null) throw lost;
          const ranges = functions.flatMap((each) => each.ranges);
          kept.push({ url, source: scriptSource, ranges });
        });
      }
    });
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(kept));
    session.disconnect();
  });
}
