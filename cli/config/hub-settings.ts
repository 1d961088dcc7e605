import { join } from 'node:path';
import { type HubConfig, hubConfig } from '#contracts/config/hub-config';
import type { Result } from '#domain/result';
import type { ConfigProblem } from '#platform/config/config-problem';
import { type ConfigSpec, loadConfig } from '#platform/config/load-config';
import { readSurroundings, type Told } from '#terminal/config/terminal-settings';

const HUB_SPEC: ConfigSpec<typeof hubConfig> = {
  schema: hubConfig,
  section: 'hub',
  fromText: { siteName: nameFromText, oidcLabel: nameFromText },
  reasons: {
    databaseUrl: {
      'zh-CN':
        '应写成 postgresql://用户名:密码@主机:端口/数据库名（密码中的特殊字符须用百分号编码）',
      en: 'must look like postgresql://name:password@host:port/database (special characters in the password percent-encoded)',
    },
  },
};

/** `总部` is the name in both languages; `{"zh-CN":…,"en":…}` tells them apart. */
function nameFromText(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return { 'zh-CN': text, en: text };
  try {
    return JSON.parse(text);
  } catch {
    return text; // the schema then says what it expected
  }
}

export function hubSettings(told: Told): Result<HubConfig, ConfigProblem[]> {
  const file = readSurroundings(told);
  if (!file.ok) return file;
  const dataDir = join(told.dataFolder, 'hub');
  return loadConfig(HUB_SPEC, {
    defaults: { dataDir },
    file: file.value,
    environment: { ...told.environment, LINTEL_DATA_DIR: undefined },
    flags: { ...told.flags, dataDir: told.dataFolderFrom === 'person' ? dataDir : undefined },
  });
}
