import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Logs from a process of its own, since the logger writes straight to descriptor 2. */
function logged(statement: string): string {
  const script = `import { createLogger } from '#platform/log/logger'; const log = createLogger('test', 'info'); ${statement}`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(run.status).toBe(0);
  return run.stderr;
}

describe('the log', () => {
  test('never holds a secret, a name or a template, however deep', () => {
    const line = logged(
      `log.info({ pin: '112233', person: { name: '小王', id: 7 }, hub: { a: { joinCode: 'abcd-efgh' } }, vector: [0.25] }, 'kept')`,
    );
    expect(line).toContain('"kept"');
    expect(line).toContain('"id":7');
    for (const secret of ['112233', '小王', 'abcd-efgh', '0.25'])
      expect(line).not.toContain(secret);
  });

  test('holds nothing of the row that a database quotes when it refuses it', () => {
    const line = logged(
      `const err = Object.assign(new Error('twice'), { detail: 'Key (name)=(小王) already exists.' }); log.error({ err }, 'refused')`,
    );
    expect(line).toContain('twice');
    expect(line).not.toContain('小王');
  });

  test('goes to standard error, one JSON object a line', () => {
    expect(JSON.parse(logged(`log.warn({ seq: 3 }, 'x')`))).toMatchObject({
      part: 'test',
      seq: 3,
      msg: 'x',
    });
  });
});
