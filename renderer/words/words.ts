import { createInstance } from 'i18next';
import type { Locale } from '#contracts/wire/v1/ids';
import { en } from '#renderer/words/en';
import { type WordKey, zhCn } from '#renderer/words/zh-cn';

/** Says one thing in one language. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

const words = createInstance({
  lng: 'zh-CN',
  fallbackLng: false,
  ns: 'kiosk',
  defaultNS: 'kiosk',
  resources: { 'zh-CN': { kiosk: zhCn }, en: { kiosk: en } },
  // Keys are flat and contain dots; React escapes what it shows.
  keySeparator: false,
  nsSeparator: false,
  pluralSeparator: '#',
  contextSeparator: '#',
  interpolation: { escapeValue: false },
  initAsync: false,
});
void words.init();

/** The door speaks one language, a greeting that of its person: hence a voice per language. */
const voices: Readonly<Record<Locale, Say>> = {
  'zh-CN': sayIn('zh-CN'),
  en: sayIn('en'),
};

export function voiceOf(locale: Locale): Say {
  return voices[locale];
}

function sayIn(locale: Locale): Say {
  const translate = words.getFixedT(locale);
  return (key, values) => translate(key, { ...values });
}
