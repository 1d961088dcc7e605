/** Goal: whatever is typed, the answer says what to do, and the exit code is right. Method: real processes. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lintel } from '#tests/shells/lintel-process';

const ROOT = resolve(import.meta.dirname, '../..');

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lintel-cli-'));
}

describe('lintel', () => {
  test('shows its commands, and each command its help', async () => {
    const { code, output } = await lintel({ args: ['--help'] });
    expect(code).toBe(0);
    for (const command of [
      'start',
      'hub',
      'terminal',
      'demo',
      'models',
      'faces',
      'verify',
      'compute',
      'doctor',
    ]) {
      expect(output).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
    const start = await lintel({ args: ['start', '--help'] });
    expect(start.code).toBe(0);
    expect(start.output).toMatch(/--terminal-only/);
    expect(start.output).toMatch(/--http-port <value>.*\[LINTEL_HTTP_PORT\]/s);
  });

  test('computes a document, in words too, and names what it refuses', async () => {
    const file = join(emptyFolder(), 'day.json');
    const document = {
      zone: 'Asia/Shanghai',
      period: { from: '2026-03-02', to: '2026-03-02' },
      rule: { sections: [{ on: '09:00', off: '18:00' }] },
      punches: ['2026-03-02T08:55', '2026-03-02T18:01'],
    };
    writeFileSync(file, JSON.stringify(document));
    const answer = await lintel({ args: ['compute', file] });
    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.output)).toMatchObject({ days: [{ outcome: { code: 'normal' } }] });
    const env = { LANG: 'zh_CN.UTF-8' };
    const words = await lintel({ args: ['compute', file, '--explain'], env });
    expect(words.output).toMatch(/2026-03-02 person: 正常/);
    writeFileSync(file, JSON.stringify({ ...document, zone: 'Mars/Base' }));
    const refused = await lintel({ args: ['compute', file] });
    expect(refused.code).toBe(2);
    expect(refused.complaints).toMatch(/zone/);
  });

  test('speaks the language of whoever sits there', async () => {
    const { output } = await lintel({ args: ['start', '--help'], env: { LANG: 'zh_CN.UTF-8' } });
    expect(output).toMatch(/用法：/);
    expect(output).toMatch(/只启动终端/);
  });

  test.each<[string, string[], RegExp]>([
    ['a command', ['strat'], /no command strat; did you mean start\?/],
    ['an option', ['hub', '--htp-port', '1'], /no option --htp-port; did you mean --http-port\?/],
    ['a value', ['hub', '--http-port', '99999'], /^--http-port: /],
    ['a zone', ['hub', '--site-zone', 'Asia/Pekin'], /^--site-zone: .*Asia\/Shanghai/],
    ['a database', ['hub', '--database-url', 'mysql://h/d'], /^--database-url: .*postgresql:\/\//],
    ['a join code', ['terminal', '--hub', 'mqtt://h', '--join', 'x'], /^--join: /],
    ['a hub that is no broker', ['terminal', '--hub', 'http://h'], /^--hub: /],
    ['no hub at all', ['terminal'], /LINTEL_HUB_URL/],
  ])('refuses %s that cannot be, with exit code 1', async (_what, args, expected) => {
    const { code, complaints } = await lintel({ args: [...args, ...at(emptyFolder())] });
    expect(complaints).toMatch(expected);
    expect(complaints).not.toMatch(/\n {4}at /); // no stack trace for a person
    expect(code).toBe(1);
  });

  test('names the file of a bad setting, and the nearest good one', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'lintel.json'), '{"hub":{"htpPort":1,"mqttPort":"x"}}');
    const { code, complaints } = await lintel({ args: ['hub', ...at(folder)] });
    expect(code).toBe(1);
    expect(complaints).toMatch(/lintel\.json: hub\.htpPort: .*did you mean httpPort\?/);
    expect(complaints).toMatch(/lintel\.json: hub\.mqttPort: /);
  });

  test('refuses a misspelt variable', async () => {
    const env = { LINTEL_HTP_PORT: '1' };
    const { code, complaints } = await lintel({ args: ['hub', ...at(emptyFolder())], env });
    expect(code).toBe(1);
    expect(complaints).toMatch(/LINTEL_HTP_PORT: .*did you mean LINTEL_HTTP_PORT\?/);
  });
});

describe('a runtime that cannot work', () => {
  const pretends = ['--import', `data:text/javascript,delete globalThis.Temporal`];

  test('is refused in both languages, with what to do, instead of a crash', async () => {
    const [node, door] = [oldNode(emptyFolder()), doorAlone()];
    const { code, complaints } = await lintel({ args: ['start'], node, door });
    expect(code).toBe(1);
    expect(complaints).toMatch(/门楣需要 Node\.js 26/);
    expect(complaints).toMatch(/needs Node\.js 26 or newer.*lacks: Temporal/);
    expect(complaints).toMatch(/npm ci/);
  });

  test('is replaced by the Node that npm ci brought', async (context) => {
    const beside = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`);
    try {
      execFileSync(join(beside, 'bin', 'node'), ['--version']);
    } catch {
      context.skip('no Node came with npm ci on this platform');
    }
    const { code, output } = await lintel({ args: ['--help'], node: oldNode(emptyFolder()) });
    expect(code).toBe(0);
    expect(output).toMatch(/Usage:/);
  });

  /** A Node as poor as an old one: this one, its Temporal taken away before the door opens. */
  function oldNode(folder: string): string {
    const file = join(folder, 'node');
    const args = pretends.map((arg) => `'${arg}'`).join(' ');
    writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' ${args} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }
});

describe('lintel doctor', () => {
  const report = z.object({
    findings: z.array(
      z.object({
        check: z.string(),
        verdict: z.enum(['ok', 'warn', 'fail']),
        todo: z.unknown().optional(),
      }),
    ),
  });

  test('looks at everything, and says what to do wherever something is not well', async () => {
    const { output } = await lintel({ args: ['doctor', '--json', ...at(emptyFolder())] });
    const { findings } = report.parse(JSON.parse(output));
    const checks = ['node', 'clock', 'camera', 'display', 'shell', 'models', 'disk', 'keys'];
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(checks));
    expect(findings.filter((f) => f.verdict !== 'ok' && f.todo === undefined)).toEqual([]);
  });

  test('fails on keys that others can read, and names the file', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'terminal'));
    const keys = join(folder, 'terminal', 'terminal.keys.json');
    writeFileSync(keys, '{}');
    chmodSync(keys, 0o644);
    const { code, output } = await lintel({ args: ['doctor', ...at(folder)] });
    expect(code).toBe(1);
    expect(output).toContain(`chmod 600 ${keys}`);
  });

  test('fails on a database that is none', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'hub'));
    writeFileSync(
      join(folder, 'hub', 'hub.db'),
      'this is not a database, but long enough to be read',
    );
    const { code, output } = await lintel({ args: ['doctor', ...at(folder)] });
    expect(code).toBe(1);
    expect(output).toMatch(/hub data: .*damaged/);
  });

  test('fails on a PostgreSQL that is away, and shows nobody its password', async () => {
    const env = { LINTEL_DATABASE_URL: 'postgres://lintel:s3cret@127.0.0.1:1/books' };
    const { code, output } = await lintel({ args: ['doctor', ...at(emptyFolder())], env });
    expect(code).toBe(1);
    expect(output).toMatch(/hub data: 127\.0\.0\.1:1\/books\n.*cannot be reached/);
    expect(output).not.toContain('s3cret');
  });
});

function at(folder: string): string[] {
  return ['--data-dir', folder];
}

/** A door without a house behind it, and no Node beside it. */
function doorAlone(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'cli'));
  cpSync(join(ROOT, 'cli', 'lintel.js'), join(folder, 'cli', 'lintel.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return join(folder, 'cli', 'lintel.js');
}
