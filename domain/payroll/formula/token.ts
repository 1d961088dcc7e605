import type { FormulaFault } from '#domain/payroll/formula/fault';
import { failed, ok, type Result } from '#domain/result';

/** The longest formula, blanks not counted: one that does not fit on two lines is read by nobody. */
export const FORMULA_CHARACTERS_MAX = 500;
const FORMULA_LENGTH_MAX = 2000; // with blanks; printing adds fewer than one for each character

/** A word of a formula. `end` stands after the last. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN = /(\d[\d.]*)|([a-z_]\w*)|(<=|>=|<>|!=|==|[-+*/(),<>=])/iy;
const NUMBER = /^\d{1,12}(\.\d{1,6})?$/;

/** What an input method writes where the plain sign was meant; one character for one, so that positions hold. */
const WIDE: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '＋': '+',
  '－': '-',
  '−': '-',
  '＊': '*',
  '×': '*',
  '／': '/',
  '÷': '/',
  '＜': '<',
  '＞': '>',
  '＝': '=',
  '．': '.',
  '　': ' ',
};

const ALIASES: Readonly<Record<string, string>> = { '==': '=', '!=': '<>' };

/** Cuts a formula into words; signs typed with a Chinese input method count as the plain ones. */
export function tokensOf(text: string): Result<readonly Token[], FormulaFault> {
  if (text.trim() === '') return fault('empty', 0, '');
  if (
    text.length > FORMULA_LENGTH_MAX ||
    text.replaceAll(/\s/g, '').length > FORMULA_CHARACTERS_MAX
  )
    return fault('tooLong', Math.min(text.length, FORMULA_CHARACTERS_MAX), '');
  const plain = text.replaceAll(/[^\x20-\x7e]/g, (sign) => WIDE[sign] ?? sign);
  const tokens: Token[] = [];
  for (let at = skipBlanks(plain, 0); at < plain.length; at = skipBlanks(plain, at)) {
    const token = tokenAt(plain, at);
    if (token === null) return fault('strangeCharacter', at, characterAt(text, at));
    if (token.kind === 'number' && !NUMBER.test(token.text))
      return fault('badNumber', at, token.text);
    tokens.push({ ...token, text: ALIASES[token.text] ?? token.text });
    at += token.text.length;
  }
  return ok([...tokens, { kind: 'end', text: '', at: text.length }]);
}

function tokenAt(text: string, at: number): Token | null {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(text);
  if (match === null) return null;
  const [found, number, name] = match;
  if (number !== undefined) return { kind: 'number', text: found, at };
  return name === undefined
    ? { kind: 'sign', text: found, at }
    : { kind: 'name', text: found.toLowerCase(), at };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}

/** A whole character, even one that takes two units. */
function characterAt(text: string, at: number): string {
  return Array.from(text.slice(at, at + 2))
    .slice(0, 1)
    .join('');
}

function fault(
  reason: FormulaFault['reason'],
  at: number,
  found: string,
): Result<never, FormulaFault> {
  return failed({ reason, at, found });
}
