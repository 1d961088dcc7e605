export type Language = 'zh-CN' | 'en';

/** One text in both languages of the product. */
export type Texts = Readonly<Record<Language, string>>;

/** The language of whoever sits at this terminal window, as POSIX decides it: the first one set. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
