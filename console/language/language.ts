import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { textsEn } from '#console/language/texts-en';
import { textsZh } from '#console/language/texts-zh';
import type { Locale } from '#contracts/wire/v1/ids';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: { console: typeof textsZh };
  }
}

const STORED_UNDER = 'lintel.console.language';

/** Chosen before, else the first the browser prefers that we speak. */
export function preferredLocale(stored: string | null, browser: readonly string[]): Locale {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const spoken = browser.find((tag) => tag.startsWith('zh') || tag.startsWith('en'));
  return spoken?.startsWith('en') === true ? 'en' : 'zh-CN';
}

export function localeOf(language: string): Locale {
  return language === 'en' ? 'en' : 'zh-CN';
}

/** Words, document language and the remembered choice, kept together. */
export async function startLanguage(storage: Storage): Promise<i18n> {
  const words = createInstance();
  words.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    storage.setItem(STORED_UNDER, language);
  });
  await words.use(initReactI18next).init({
    lng: preferredLocale(storage.getItem(STORED_UNDER), navigator.languages),
    ns: ['console'],
    defaultNS: 'console',
    resources: { 'zh-CN': { console: textsZh }, en: { console: textsEn } },
    interpolation: { escapeValue: false }, // React escapes
  });
  return words;
}
