import type { Texts } from '#platform/config/language';
import {
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  type PasswordFault,
} from '#platform/passwords/password';

const TEXTS: Readonly<Record<PasswordFault, Texts>> = {
  'too-short': {
    'zh-CN': `密码至少需要 ${PASSWORD_LENGTH_MIN} 个字符，可以用几个不相干的词连成一句话`,
    en: `Use at least ${PASSWORD_LENGTH_MIN} characters; a few unrelated words in a row will do`,
  },
  'too-long': {
    'zh-CN': `密码最多 ${PASSWORD_LENGTH_MAX} 个字符，请缩短一些`,
    en: `Use at most ${PASSWORD_LENGTH_MAX} characters`,
  },
  common: {
    'zh-CN': '这个密码在已泄露的常用密码之列，请换一个别人不会用的',
    en: 'This password is on lists of leaked ones; choose one that nobody else would',
  },
  'own-words': {
    'zh-CN': '密码里有您的姓名、账号、公司或产品名称，容易被猜到，请换成与您无关的词',
    en: 'It is built on your name, account, company or this product; use words that have nothing to do with you',
  },
  predictable: {
    'zh-CN': '这个密码容易被猜到（如重复、连续字符、键盘顺序、日期或常用词），请再加几个不相干的词',
    en: 'It follows a pattern that is easily guessed, such as a repeat, a date or a keyboard row; add a few unrelated words',
  },
};

/** Why a password is refused and what to do instead. */
export function passwordText(fault: PasswordFault): Texts {
  return TEXTS[fault];
}
