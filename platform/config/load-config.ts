import { z } from 'zod';
import { failed, ok, type Result } from '#domain/result';
import type { ConfigFile } from '#platform/config/config-file';
import { type ConfigProblem, unknownKey } from '#platform/config/config-problem';
import type { Texts } from '#platform/config/language';
import { environmentName, flagName, nearest } from '#platform/config/setting-names';

type Values = Readonly<Record<string, unknown>>;

/** What a process can be told, and by which names. */
export interface ConfigSpec<S extends z.ZodObject> {
  readonly schema: S;
  /** Its section of the file. */
  readonly section: string;
  /** Flags that are not simply the key: `{ hubUrl: '--hub' }`. */
  readonly flagNames?: Readonly<Record<string, string>>;
  /** What a value must be, where the library's own words would not help anybody. */
  readonly reasons?: Readonly<Record<string, Texts>>;
  /** How a structured setting is written as one piece of text, in a variable or a flag. */
  readonly fromText?: Readonly<Record<string, (text: string) => unknown>>;
}

/** Said later wins: defaults, then the file, then the environment, then the flags. */
export interface ConfigLayers {
  readonly defaults: Values;
  readonly file?: ConfigFile | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly flags: Values;
}

interface Said {
  readonly value: unknown;
  /** `--http-port`, `LINTEL_HTTP_PORT` or `file: hub.httpPort`. */
  readonly where: string;
}

const chinese = z.locales.zhCN().localeError;
const english = z.locales.en().localeError;

/** Merges the layers and parses them; every problem names the place its value came from. */
export function loadConfig<S extends z.ZodObject>(
  spec: ConfigSpec<S>,
  layers: ConfigLayers,
): Result<z.output<S>, ConfigProblem[]> {
  const keys = Object.keys(spec.schema.shape);
  const said = collect(spec, keys, layers);
  const unknown = unknownInFile(spec, keys, layers.file);
  const values = Object.fromEntries([...said].map(([key, { value }]) => [key, value]));
  const parsed = spec.schema.safeParse(values, { error: english });
  if (parsed.success && unknown.length === 0) return ok(parsed.data);
  const reasons = spec.schema.safeParse(values, { error: chinese }).error?.issues ?? [];
  const bad = (parsed.error?.issues ?? []).map((issue, index) => {
    const key = String(issue.path[0]);
    const source = said.get(key);
    if (source === undefined) return missing(spec, key, layers.file);
    const inner = issue.path.length > 1 ? `.${issue.path.slice(1).join('.')}` : '';
    const words = { 'zh-CN': reasons[index]?.message ?? issue.message, en: issue.message };
    return { where: `${source.where}${inner}`, reason: spec.reasons?.[key] ?? words };
  });
  return failed([...unknown, ...bad]);
}

/** Variables that begin with `LINTEL_` and mean nothing: almost always a slip of the pen. */
export function unknownEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): ConfigProblem[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('LINTEL_') && !known.includes(name))
    .map((name) => unknownKey(name, nearest(name, known)));
}

function collect<S extends z.ZodObject>(
  spec: ConfigSpec<S>,
  keys: readonly string[],
  { defaults, file, environment, flags }: ConfigLayers,
): Map<string, Said> {
  const said = new Map<string, Said>();
  const section = file?.sections[spec.section] ?? {};
  const parse = (key: string, value: unknown) =>
    typeof value === 'string' ? (spec.fromText?.[key]?.(value) ?? value) : value;
  for (const key of keys) {
    const variable = environmentName(key);
    const flag = spec.flagNames?.[key] ?? flagName(key);
    const candidates: Said[] = [
      { value: parse(key, flags[key]), where: flag },
      { value: parse(key, environment[variable] || undefined), where: variable }, // empty is unset
      { value: section[key], where: `${file?.path ?? ''}: ${spec.section}.${key}` },
      { value: defaults[key], where: flag },
    ];
    const winner = candidates.find(({ value }) => value !== undefined);
    if (winner) said.set(key, winner);
  }
  return said;
}

function unknownInFile<S extends z.ZodObject>(
  { section }: ConfigSpec<S>,
  keys: readonly string[],
  file: ConfigFile | undefined,
): ConfigProblem[] {
  return Object.keys(file?.sections[section] ?? {})
    .filter((key) => !keys.includes(key))
    .map((key) => unknownKey(`${file?.path ?? ''}: ${section}.${key}`, nearest(key, keys)));
}

function missing<S extends z.ZodObject>(
  spec: ConfigSpec<S>,
  key: string,
  file: ConfigFile | undefined,
): ConfigProblem {
  const flag = spec.flagNames?.[key] ?? flagName(key);
  const places = `${flag}, ${environmentName(key)}, ${file?.path ?? 'lintel.json'}: ${spec.section}.${key}`;
  return {
    where: flag,
    reason: {
      'zh-CN': `缺少这个设置，请在以下任一处填写：${places}`,
      en: `is needed; give it in one of: ${places}`,
    },
  };
}
