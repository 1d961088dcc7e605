import type { Bilingual } from '#contracts/wire/v1/down-log';

export type ProblemKind =
  | 'invalid'
  | 'sign-in-needed'
  | 'sign-in-wrong'
  | 'sign-in-locked'
  | 'password-must-change'
  | 'password-wrong'
  | 'csrf'
  | 'absent'
  | 'conflict'
  | 'too-many'
  | 'too-large'
  | 'unsupported'
  | 'disk-full'
  | 'failed';

interface ProblemText {
  readonly status: number;
  readonly title: Bilingual;
  readonly detail?: Bilingual;
}

/** Every problem the hub answers with, and what the reader can do about it. */
export const PROBLEM_TEXTS: Readonly<Record<ProblemKind, ProblemText>> = {
  invalid: {
    status: 400,
    title: { 'zh-CN': '有内容填写不正确', en: 'Some fields are not right' },
  },
  'sign-in-needed': {
    status: 401,
    title: { 'zh-CN': '请先登录', en: 'Please sign in' },
  },
  'sign-in-wrong': {
    status: 401,
    title: { 'zh-CN': '用户名或密码不正确', en: 'Name or password is not right' },
  },
  'sign-in-locked': {
    status: 429,
    title: { 'zh-CN': '尝试次数过多，已暂时锁定', en: 'Too many attempts, locked for now' },
    detail: { 'zh-CN': '请稍后再试。', en: 'Please try again later.' },
  },
  'password-must-change': {
    status: 403,
    title: { 'zh-CN': '请先更换初始密码', en: 'Please change the first password' },
    detail: {
      'zh-CN': '初始密码显示过，必须更换后才能继续。',
      en: 'It was shown at start-up, so it has to be replaced before anything else.',
    },
  },
  'password-wrong': {
    status: 400,
    title: { 'zh-CN': '当前密码不正确', en: 'The current password is not right' },
  },
  csrf: {
    status: 403,
    title: { 'zh-CN': '请求来源无法确认', en: 'This request cannot be told to be yours' },
    detail: { 'zh-CN': '请刷新页面后重试。', en: 'Please reload the page and try again.' },
  },
  absent: { status: 404, title: { 'zh-CN': '没有找到', en: 'Not found' } },
  conflict: {
    status: 409,
    title: { 'zh-CN': '与已有内容冲突', en: 'This clashes with what is there' },
  },
  'too-many': {
    status: 429,
    title: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
    detail: { 'zh-CN': '请稍后再试。', en: 'Please try again in a minute.' },
  },
  'too-large': { status: 413, title: { 'zh-CN': '内容过大', en: 'The request is too large' } },
  unsupported: {
    status: 415,
    title: { 'zh-CN': '内容格式不受支持', en: 'This content type is not understood' },
    detail: { 'zh-CN': '请使用 application/json。', en: 'Please send application/json.' },
  },
  'disk-full': {
    status: 507,
    title: { 'zh-CN': '磁盘已满，没有保存', en: 'The disk is full, nothing was saved' },
    detail: {
      'zh-CN': '请在数据目录所在磁盘上腾出空间后重试。',
      en: 'Make room on the disk of the data folder and try again.',
    },
  },
  failed: {
    status: 500,
    title: { 'zh-CN': '服务出错', en: 'The hub failed to answer' },
    detail: { 'zh-CN': '详情见服务日志。', en: 'Its log says why.' },
  },
};

/** Reasons that schemas word themselves, in English; everything else zod translates. */
export const REASON_TEXTS: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  [
    {
      en: 'letters, digits and _ only, 1 to 20',
      'zh-CN': '只能用字母、数字和下划线，1 到 20 位',
    },
    { en: '6 to 12 digits', 'zh-CN': '须为 6 到 12 位数字' },
    {
      en: 'not a time zone of this system, for example Asia/Shanghai',
      'zh-CN': '本系统没有此时区，例如 Asia/Shanghai',
    },
  ].map((reason) => [reason.en, reason]),
);

export const EMPLOYEE_NO_TAKEN: Bilingual = {
  'zh-CN': '此工号已被使用',
  en: 'someone else has this employee number',
};
