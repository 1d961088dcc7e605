import type { Language, Texts } from '#platform/config/language';

/** Who sits at the command line: their language, and where words for them go. */
export interface Console {
  readonly language: Language;
  /** Results and what a person asked for. */
  say(text: Texts): void;
  /** What went wrong and what to do; on standard error. */
  complain(text: Texts): void;
}

export function consoleIn(language: Language): Console {
  return {
    language,
    say: (text) => void process.stdout.write(`${text[language]}\n`),
    complain: (text) => void process.stderr.write(`${text[language]}\n`),
  };
}

/** One text for both languages: a path, an address, a line of JSON. */
export function plain(text: string): Texts {
  return { 'zh-CN': text, en: text };
}
