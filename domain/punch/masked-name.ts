const HAN = /\p{Script=Han}/u;

/**
 * Enough of a name for its owner to know it, not enough for a bystander to learn it:
 * 张晓敏 → 张*敏, 张敏 → 张*, Zhang Xiaomin → Zhang X.
 */
export function maskedName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') return '';
  return HAN.test(trimmed) ? maskHan(trimmed) : maskWords(trimmed);
}

function maskHan(name: string): string {
  const letters = Array.from(name.replaceAll(/\s+/gu, ''));
  if (letters.length < 3) return `${letters[0]}*`;
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`;
}

function maskWords(name: string): string {
  const [first = '', ...rest] = name.split(/\s+/u);
  if (rest.length === 0) return `${initial(first)}.`;
  return [first, ...rest.map((word) => `${initial(word)}.`)].join(' ');
}

function initial(word: string): string {
  const [letter = ''] = word;
  return letter.toUpperCase();
}
