import { ZxcvbnFactory, type ZxcvbnResult } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { failed, ok, type Result } from '#domain/result';

/** NIST SP 800-63B asks for 8 beside a second factor and 15 without; one rule serves both here. */
export const PASSWORD_LENGTH_MIN = 12;
/** Far beyond any passphrase; what is hashed for strangers has to end somewhere. */
export const PASSWORD_LENGTH_MAX = 200;

/** With a stolen verifier argon2id allows some tens of guesses a second: centuries, or a large bill. */
const GUESSES_MIN = 1e10;
/**
 * A text made of look-alike signs takes the estimate the longer the longer it is. Whatever comes after
 * a beginning of this length only makes a password stronger.
 */
const JUDGED_LENGTH_MAX = 32;
/** Readings of `p4$$w0rd` that are tried; for the same reason. */
const READINGS_MAX = 20;
const OWN_WORDS_MAX = 64; // a person has a few names, not a dictionary
export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'own-words' | 'predictable';

/**
 * Whether a password may be chosen. What is judged is what has to be hashed: the normal form.
 *
 * @param ownWords the person's names, account, employee number, e-mail address, company
 * @returns the normal form
 */
export type PasswordJudge = (
  password: string,
  ownWords: readonly string[],
) => Result<string, PasswordFault>;

/**
 * NIST SP 800-63B: length, and no password that is common, leaked or about its owner; no rule about
 * which kinds of letters it is made of. Works without a network; building it takes a moment.
 *
 * @param productWords names of the product and its trade, the first thing tried on it
 */
export function passwordJudge(productWords: readonly string[]): PasswordJudge {
  const estimator = new ZxcvbnFactory({
    dictionary: { ...dictionary },
    graphs: adjacencyGraphs,
    maxLength: JUDGED_LENGTH_MAX,
    l33tMaxSubstitutions: READINGS_MAX,
  });
  return (password, ownWords) => {
    if (password.length > 2 * PASSWORD_LENGTH_MAX) return failed('too-long');
    const normal = normalPassword(password);
    const { length } = Array.from(normal); // characters, not the halves that UTF-16 makes of some
    if (length < PASSWORD_LENGTH_MIN) return failed('too-short');
    if (length > PASSWORD_LENGTH_MAX) return failed('too-long');
    const estimate = estimator.check(normal, wordsOf([...productWords, ...ownWords]));
    return estimate.guesses < GUESSES_MIN ? failed(whyGuessable(estimate)) : ok(normal);
  };
}

/** NIST SP 800-63B: two keyboards may spell one text in different bytes; both are the same password. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC');
}

function whyGuessable({ sequence }: ZxcvbnResult): PasswordFault {
  const names = sequence.map((part): unknown => part['dictionaryName']);
  if (names.includes('userInputs')) return 'own-words';
  return names.length === 1 && names[0] === 'passwords-common' ? 'common' : 'predictable';
}

/** `Wang Xiaoming <wang@example.com>` gives each part and the whole without its gaps. */
function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    const parts =
      normalPassword(text)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    return [parts.join(''), ...parts];
  });
  return [...new Set(words)].filter(isTelling).slice(0, OWN_WORDS_MAX);
}

/** One Latin letter is in everything, one Han character says enough. */
function isTelling(word: string): boolean {
  return word.length >= 3 || /\p{Script=Han}/u.test(word);
}
