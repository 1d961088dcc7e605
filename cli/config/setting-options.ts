import { type Command, Option } from 'commander';
import { HUB_TEXTS, TERMINAL_TEXTS } from '#cli/config/setting-texts';
import { hubConfig } from '#contracts/config/hub-config';
import { terminalConfig } from '#contracts/config/terminal-config';
import type { Language, Texts } from '#platform/config/language';
import { environmentName, flagName } from '#platform/config/setting-names';
import { TERMINAL_SPEC } from '#terminal/config/terminal-settings';

type Part = 'hub' | 'terminal';

interface Setting {
  readonly key: string;
  readonly flag: string;
  readonly text: Texts;
}

const CONFIG_TEXT: Texts = {
  'zh-CN': '配置文件（JSON）；默认是数据目录里的 lintel.json',
  en: 'configuration file (JSON); lintel.json in the data folder, unless told otherwise',
};

/** Every setting of the given parts as a flag, with what it means and its variable. */
export function addSettingOptions(
  command: Command,
  parts: readonly Part[],
  language: Language,
): Command {
  for (const { key, flag, text } of settingsOf(parts)) {
    const help = `${text[language]} [${environmentName(key)}]`;
    command.addOption(new Option(`${flag} <value>`, help));
  }
  return command.option('--config <file>', `${CONFIG_TEXT[language]} [LINTEL_CONFIG]`);
}

/** Turns what commander collected (`hub`) back into setting keys (`hubUrl`). */
export function flagsOf(
  options: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
): Record<string, unknown> {
  const said = settingsOf(parts).map(({ key, flag }) => {
    const attribute = new Option(`${flag} <value>`).attributeName();
    return [key, options[attribute]] as const;
  });
  return { ...Object.fromEntries(said), config: options['config'] };
}

function settingsOf(parts: readonly Part[]): Setting[] {
  const settings = new Map<string, Setting>();
  const add = (key: string, text: Texts, flag = flagName(key)) =>
    settings.set(key, { key, flag, text });
  if (parts.includes('hub')) {
    for (const key of hubConfig.keyof().options) add(key, HUB_TEXTS[key]);
  }
  if (parts.includes('terminal')) {
    for (const key of terminalConfig.keyof().options) {
      add(key, TERMINAL_TEXTS[key], TERMINAL_SPEC.flagNames?.[key]);
    }
  }
  return [...settings.values()];
}
