import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hubConfig } from '#contracts/config/hub-config';
import { type TerminalConfig, terminalConfig } from '#contracts/config/terminal-config';
import { failed, ok, type Result } from '#domain/result';
import { type ConfigFile, readConfigFile } from '#platform/config/config-file';
import type { ConfigProblem } from '#platform/config/config-problem';
import { type ConfigSpec, loadConfig, unknownEnvironment } from '#platform/config/load-config';
import { environmentName } from '#platform/config/setting-names';

type Environment = Readonly<Record<string, string | undefined>>;

export const TERMINAL_SPEC: ConfigSpec<typeof terminalConfig> = {
  schema: terminalConfig,
  section: 'terminal',
  flagNames: { hubUrl: '--hub', joinCode: '--join' },
};

/** What a person said: flags by setting key, and where to look for the rest. */
export interface Told {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
  /** The folder everything is in: hub, terminal, lintel.json. */
  readonly dataFolder: string;
  /** Model weights, shared by everything this user runs. */
  readonly cacheFolder: string;
  /** Whether a person named that folder; then it beats the file. */
  readonly dataFolderFrom: 'person' | 'default';
}

/** Variables that are not settings of a process, but of a shell, a tool or a test run. */
const OTHER_VARIABLES = [
  'LINTEL_BROWSER',
  'LINTEL_CONFIG',
  'LINTEL_NODE',
  'LINTEL_REQUIRE_ELECTRON',
  'LINTEL_REQUIRE_POSTGRES',
  'LINTEL_TERMINAL_CONFIG',
  'LINTEL_TEST_DATABASE_URL',
];

/** All of one `lintel.json` and of the environment, whichever process reads it. */
export function readSurroundings(told: Told): Result<ConfigFile | undefined, ConfigProblem[]> {
  const keys = [...Object.keys(hubConfig.shape), ...Object.keys(terminalConfig.shape)];
  const known = [...keys.map(environmentName), ...OTHER_VARIABLES];
  const strays = unknownEnvironment(told.environment, known);
  const named = told.flags['config'] ?? (told.environment['LINTEL_CONFIG'] || undefined);
  const path = typeof named === 'string' ? named : join(told.dataFolder, 'lintel.json');
  if (named === undefined && !existsSync(path))
    return strays.length > 0 ? failed(strays) : ok(undefined);
  const file = readConfigFile(path, ['hub', 'terminal']);
  if (!file.ok) return failed([...strays, ...file.failure]);
  return strays.length > 0 ? failed(strays) : file;
}

/** The terminal's settings; `fallback` holds what the starting process knows better than a default. */
export function terminalSettings(
  told: Told,
  fallback: Readonly<Record<string, unknown>> = {},
): Result<TerminalConfig, ConfigProblem[]> {
  const file = readSurroundings(told);
  if (!file.ok) return file;
  const dataDir = join(told.dataFolder, 'terminal');
  const defaults = { dataDir, modelDir: join(told.cacheFolder, 'models'), ...fallback };
  const environment = { ...told.environment, LINTEL_DATA_DIR: undefined };
  const { dataDir: _base, ...flags } = told.flags;
  const exact = told.dataFolderFrom === 'person' ? { dataDir } : {};
  return loadConfig(TERMINAL_SPEC, {
    defaults,
    file: file.value,
    environment,
    flags: { ...flags, ...exact },
  });
}
