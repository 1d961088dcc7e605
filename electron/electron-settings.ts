import { homedir } from 'node:os';
import { type TerminalConfig, terminalConfig } from '#contracts/config/terminal-config';
import { failed, ok, type Result } from '#domain/result';
import { describeProblem } from '#platform/config/config-problem';
import { defaultCacheFolder, defaultDataFolder } from '#platform/config/data-folder';
import type { Texts } from '#platform/config/language';
import { terminalSettings } from '#terminal/config/terminal-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of this kiosk: handed over by `lintel start`, else read from `lintel.json` and the
 * environment, as on a box that starts the app by itself.
 */
export function loadSettings(env: Environment): Result<TerminalConfig, Texts> {
  const handed = env['LINTEL_TERMINAL_CONFIG'];
  if (handed) return ok(terminalConfig.parse(JSON.parse(handed)));
  const here = { platform: process.platform, env, home: homedir() };
  const named = env['LINTEL_DATA_DIR'];
  const loaded = terminalSettings({
    flags: {},
    environment: env,
    dataFolder: named || defaultDataFolder(here),
    dataFolderFrom: named ? 'person' : 'default',
    cacheFolder: defaultCacheFolder(here),
  });
  if (loaded.ok) return loaded;
  const lines = (language: 'zh-CN' | 'en') =>
    loaded.failure.map((problem) => describeProblem(problem, language)).join('\n');
  return failed({ 'zh-CN': lines('zh-CN'), en: lines('en') });
}
