import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ComputeOutput, EXIT, runCompute } from '#cli/commands/compute';
import { computeDocument } from '#contracts/attendance/compute-document';

const GOOD = {
  zone: 'Asia/Shanghai',
  period: { from: '2026-03-07', to: '2026-03-07' },
  rule: { sections: [{ on: '09:00', off: '18:00' }] },
  calendar: { publishedYears: [2025] },
  punches: ['2026-03-07T08:00', '2026-03-07T18:00'],
  approvals: [{ kind: 'overtime', from: '2026-03-07T08:00', to: '2026-03-07T18:00' }],
};

async function run(content: string, output: ComputeOutput): Promise<[number, string, string]> {
  const file = join(mkdtempSync(join(tmpdir(), 'compute-')), 'document.json');
  writeFileSync(file, content);
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const code = await runCompute({ file, output });
  return [code, out.join(''), err.join('\n')];
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('lintel compute', () => {
  test('answers a document in JSON', async () => {
    const [code, out] = await run(JSON.stringify(GOOD), 'json');
    expect(code).toBe(EXIT.done);
    expect(JSON.parse(out).days[0].overtime).toMatchObject({ code: 1, seconds: 36_000 });
  });

  test.each([
    ['explain-zh-CN', '2026-03-07 person: 加班正常', '! 2026 年放假安排尚未公布'],
    ['explain-en', '2026-03-07 person: overtime, normal', '! the holidays of 2026'],
  ] as const)('explains it: %s', async (output, headline, warning) => {
    const [code, out] = await run(JSON.stringify(GOOD), output);
    expect(code).toBe(EXIT.done);
    expect(out).toContain(headline);
    expect(out).toContain(warning);
  });

  test('writes the same answer piece by piece, for several people and for nobody', async () => {
    const { punches, approvals, ...rest } = GOOD;
    const people = ['a', 'b'].map((id) => ({ id, punches, approvals }));
    for (const document of [
      { ...rest, people },
      { ...rest, people: [] },
    ]) {
      const computed = computeDocument(document);
      const [, out] = await run(JSON.stringify(document), 'json');
      expect(JSON.parse(out)).toEqual(computed.ok ? computed.value : undefined);
    }
  });

  test('stops quietly when nobody reads on', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'compute-')), 'document.json');
    writeFileSync(file, JSON.stringify(GOOD));
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => {
      queueMicrotask(() => process.stdout.emit('error', new Error('write EPIPE')));
      return false;
    });
    expect(await runCompute({ file, output: 'json' })).toBe(EXIT.done);
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('prints the schema', async () => {
    const [code, out] = await run('', 'schema');
    expect(code).toBe(EXIT.done);
    expect(JSON.parse(out).additionalProperties).toBe(false);
  });

  test('refuses with path and reason in both languages, and prints no answer', async () => {
    const [code, out, err] = await run(JSON.stringify({ ...GOOD, zone: 'Mars/Base' }), 'json');
    expect(code).toBe(EXIT.refused);
    expect(out).toBe('');
    expect(err).toMatch(/zone[\s\S]*not a time zone[\s\S]*系统不认识的时区/);
  });

  test.each([
    ['what is no JSON', '{'],
    ['an empty file', ''],
  ])('says of %s that it cannot be read', async (_what, content) => {
    const [code, , err] = await run(content, 'json');
    expect(code).toBe(EXIT.unreadable);
    expect(err).toContain('a JSON document is wanted');
  });

  test('says so of a file that is not there', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await runCompute({ file: '/nowhere/at/all.json', output: 'json' })).toBe(
      EXIT.unreadable,
    );
  });
});
