import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfigFile } from '#platform/config/config-file';
import { describeProblem } from '#platform/config/config-problem';
import { type ConfigLayers, loadConfig, unknownEnvironment } from '#platform/config/load-config';

const schema = z.strictObject({
  dataDir: z.string().min(1),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(8080),
  siteName: z.strictObject({ 'zh-CN': z.string(), en: z.string() }).optional(),
});
const spec = {
  schema,
  section: 'hub',
  fromText: { siteName: (text: string) => ({ 'zh-CN': text, en: text }) },
};

function fileOf(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lintel-config-')), 'lintel.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function layersFrom(layers: Partial<ConfigLayers> & { readonly hub?: unknown }): ConfigLayers {
  const { hub, ...rest } = layers;
  const file = hub === undefined ? undefined : readConfigFile(fileOf({ hub }), ['hub', 'terminal']);
  if (file && !file.ok) throw new Error('the fixture is no configuration');
  return { defaults: { dataDir: '/d' }, file: file?.value, environment: {}, flags: {}, ...rest };
}

function problemsOf(layers: ConfigLayers): string[] {
  const loaded = loadConfig(spec, layers);
  return loaded.ok ? [] : loaded.failure.map((problem) => describeProblem(problem, 'en'));
}

describe('loadConfig', () => {
  test.each([
    ['the schema’s own default', {}, 8080],
    ['the file', { hub: { httpPort: 1 } }, 1],
    ['the environment over the file', { hub: { httpPort: 1 }, environment: env('2') }, 2],
    ['the flag over both', { hub: { httpPort: 1 }, environment: env('2'), flags: flag('3') }, 3],
    ['the file where the variable is empty', { hub: { httpPort: 1 }, environment: env('') }, 1],
  ])('takes %s', (_what, layers, expected) => {
    const loaded = loadConfig(spec, layersFrom(layers));
    expect(loaded.ok && loaded.value.httpPort).toBe(expected);
  });

  test('turns the text of a variable into a structured setting', () => {
    const loaded = loadConfig(spec, layersFrom({ environment: { LINTEL_SITE_NAME: '总部' } }));
    expect(loaded.ok && loaded.value.siteName).toEqual({ 'zh-CN': '总部', en: '总部' });
  });

  test('names the nearest valid key and the file of an unknown one', () => {
    const [problem] = problemsOf(layersFrom({ hub: { htpPort: 1 } }));
    expect(problem).toMatch(
      /lintel\.json: hub\.htpPort: no such setting, did you mean httpPort\?$/,
    );
  });

  test('suggests nothing for a key that is like none', () => {
    const [problem] = problemsOf(layersFrom({ hub: { zzz: 1 } }));
    expect(problem).toMatch(/hub\.zzz: no such setting$/);
  });

  test.each([
    ['a flag', { flags: flag('x') }, /^--http-port: /],
    ['a variable', { environment: env('99999') }, /^LINTEL_HTTP_PORT: /],
    ['a file', { hub: { httpPort: -1 } }, /lintel\.json: hub\.httpPort: /],
    ['a part of a value', { hub: { siteName: { en: 1 } } }, /hub\.siteName\.zh-CN: /],
  ])('blames %s for its bad value', (_who, layers, expected) => {
    expect(problemsOf(layersFrom(layers))[0]).toMatch(expected);
  });

  test('says where a missing setting can be given', () => {
    const problems = problemsOf(layersFrom({ defaults: {} }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/--data-dir.*LINTEL_DATA_DIR.*hub\.dataDir/);
  });

  test('explains itself in Chinese too', () => {
    const loaded = loadConfig(spec, layersFrom({ flags: flag('70000') }));
    const chinese = loaded.ok ? '' : describeProblem(loaded.failure[0] ?? none, 'zh-CN');
    expect(chinese).toMatch(/^--http-port：.*\p{Script=Han}/u);
  });
});

describe('unknownEnvironment', () => {
  test('refuses a misspelt variable of ours and leaves all others alone', () => {
    const environment = { LINTEL_HTP_PORT: '1', LINTEL_HTTP_PORT: '1', PATH: '/bin' };
    const problems = unknownEnvironment(environment, ['LINTEL_HUB_URL', 'LINTEL_HTTP_PORT']);
    expect(problems.map((problem) => describeProblem(problem, 'en'))).toEqual([
      'LINTEL_HTP_PORT: no such setting, did you mean LINTEL_HTTP_PORT?',
    ]);
  });
});

describe('readConfigFile', () => {
  test.each([
    ['text that is no JSON', '{ nope', /is not valid JSON/],
    ['a list', '[]', /must be one object/],
    ['a section that is no object', '{"hub":1}', /hub: must be an object/],
    ['an unknown section', '{"hup":{}}', /hup: no such setting, did you mean hub\?/],
    ['a file of a later Lintel', '{"version":2}', /version: this Lintel knows 1, the file says 2/],
  ])('refuses %s', (_what, content, expected) => {
    const read = readConfigFile(fileOf(content), ['hub', 'terminal']);
    expect(read.ok ? '' : describeProblem(read.failure[0] ?? none, 'en')).toMatch(expected);
  });

  test('accepts the mark that Windows editors put in front', () => {
    const mark = String.fromCodePoint(0xfe_ff);
    expect(readConfigFile(fileOf(`${mark}{"hub":{}}`), ['hub']).ok).toBe(true);
  });
});

const none = { where: '', reason: { 'zh-CN': '', en: '' } };
const env = (port: string) => ({ LINTEL_HTTP_PORT: port });
const flag = (port: string) => ({ httpPort: port });
