/** A text that people read, in both languages of the product. */
export interface Bilingual {
  readonly 'zh-CN': string;
  readonly en: string;
}

export function bilingual(zh: string, en: string): Bilingual {
  return { 'zh-CN': zh, en };
}

/** Whether both languages say something. */
export function isSaid(text: Bilingual): boolean {
  return text['zh-CN'].trim() !== '' && text.en.trim() !== '';
}
