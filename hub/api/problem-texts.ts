import type { ProblemKind } from '#contracts/rest/v1/problem';
import type { Bilingual } from '#contracts/wire/v1/down-log';

interface ProblemText {
  readonly title: Bilingual;
  readonly detail?: Bilingual;
}

/** Every problem the hub answers with, and what the reader can do about it. */
export const PROBLEM_TEXTS: Readonly<Record<ProblemKind, ProblemText>> = {
  invalid: {
    title: { 'zh-CN': '有内容填写不正确', en: 'Some fields are not right' },
  },
  'sign-in-needed': {
    title: { 'zh-CN': '请先登录', en: 'Please sign in' },
  },
  'sign-in-wrong': {
    title: { 'zh-CN': '用户名或密码不正确', en: 'Name or password is not right' },
  },
  'sign-in-locked': {
    title: { 'zh-CN': '尝试次数过多，已暂时锁定', en: 'Too many attempts, locked for now' },
    detail: { 'zh-CN': '请稍后再试。', en: 'Please try again later.' },
  },
  'sign-in-over': {
    title: { 'zh-CN': '登录已超时，请重新开始', en: 'This sign-in is over, please start again' },
    detail: {
      'zh-CN': '验证码须在几分钟内输入，且只能尝试几次。',
      en: 'The code is wanted within a few minutes, and in a few attempts.',
    },
  },
  'token-refused': {
    title: { 'zh-CN': '访问令牌无效', en: 'This token is not accepted' },
    detail: {
      'zh-CN': '令牌有误、已过期或已吊销。请在管理后台的“接口应用”中核对，或换发新令牌。',
      en: 'It is mistyped, expired or revoked. Look at the API clients in the console, or give it a new one.',
    },
  },
  'second-factor-needed': {
    title: { 'zh-CN': '请先设置两步验证', en: 'Please set up a second factor first' },
    detail: {
      'zh-CN': '贵单位要求此类账号使用验证器应用登录，设置后方可继续。',
      en: 'Your organisation wants one of accounts like yours; an authenticator application will do.',
    },
  },
  'link-over': {
    title: { 'zh-CN': '此链接已失效', en: 'This link no longer works' },
    detail: {
      'zh-CN': '链接只能使用一次，且有时限。若不是您本人用过，请告诉管理员；也可请管理员重新发送。',
      en: 'It works once and for a limited time. If it was used and not by you, tell an administrator; they can make another.',
    },
  },
  'password-must-change': {
    title: { 'zh-CN': '请先更换初始密码', en: 'Please change the first password' },
    detail: {
      'zh-CN': '初始密码显示过，必须更换后才能继续。',
      en: 'It was shown at start-up, so it has to be replaced before anything else.',
    },
  },
  'password-wrong': {
    title: { 'zh-CN': '当前密码不正确', en: 'The current password is not right' },
  },
  csrf: {
    title: { 'zh-CN': '请求来源无法确认', en: 'This request cannot be told to be yours' },
    detail: { 'zh-CN': '请刷新页面后重试。', en: 'Please reload the page and try again.' },
  },
  'not-allowed': {
    title: { 'zh-CN': '没有此项权限', en: 'You may not do this' },
    detail: {
      'zh-CN': '如有需要，请联系超级管理员。',
      en: 'Ask a super administrator if you need to.',
    },
  },
  absent: { title: { 'zh-CN': '没有找到', en: 'Not found' } },
  conflict: {
    title: { 'zh-CN': '与已有内容冲突', en: 'This clashes with what is there' },
  },
  'key-under-way': {
    title: { 'zh-CN': '相同的请求正在处理', en: 'The same request is still under way' },
    detail: {
      'zh-CN': '请稍等片刻，用同一个 Idempotency-Key 重试即可得到结果。',
      en: 'Wait a moment and ask again with the same Idempotency-Key to get its answer.',
    },
  },
  'key-used': {
    title: {
      'zh-CN': '此 Idempotency-Key 已用于另一个请求',
      en: 'This Idempotency-Key belongs to another request',
    },
    detail: {
      'zh-CN': '内容不同的请求请换一个新的 Idempotency-Key。',
      en: 'Use a new Idempotency-Key for a request with other content.',
    },
  },
  stale: {
    title: {
      'zh-CN': '内容已被他人修改，没有保存',
      en: 'Somebody changed this meanwhile, nothing was saved',
    },
    detail: {
      'zh-CN': '请重新读取最新内容，再作修改。',
      en: 'Read it again and make your change to what is there now.',
    },
  },
  'precondition-needed': {
    title: { 'zh-CN': '请说明修改的是哪个版本', en: 'Say which version you are changing' },
    detail: {
      'zh-CN': '请在 If-Match 请求头中附上读取时得到的 ETag。',
      en: 'Send the ETag you got on reading in the If-Match header.',
    },
  },
  'too-many': {
    title: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
    detail: { 'zh-CN': '请稍后再试。', en: 'Please try again in a minute.' },
  },
  'too-large': { title: { 'zh-CN': '内容过大', en: 'The request is too large' } },
  unsupported: {
    title: { 'zh-CN': '内容格式不受支持', en: 'This content type is not understood' },
    detail: { 'zh-CN': '请使用 application/json。', en: 'Please send application/json.' },
  },
  'range-unfit': {
    title: { 'zh-CN': '文件没有这么长', en: 'The file has no such part' },
    detail: {
      'zh-CN': '请从头下载，或核对 Range 请求头。',
      en: 'Download it from the beginning, or look at the Range header.',
    },
  },
  'disk-full': {
    title: { 'zh-CN': '磁盘已满，没有保存', en: 'The disk is full, nothing was saved' },
    detail: {
      'zh-CN': '请在数据目录所在磁盘上腾出空间后重试。',
      en: 'Make room on the disk of the data folder and try again.',
    },
  },
  'store-away': {
    title: {
      'zh-CN': '数据库暂时无法访问，没有保存',
      en: 'The database cannot be reached, nothing was saved',
    },
    detail: {
      'zh-CN': '请稍后再试；持续出现时请联系管理员。',
      en: 'Please try again; if it stays, tell whoever runs the hub.',
    },
  },
  failed: {
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
    {
      en: 'a letter, then letters, digits, - and _, at most 40',
      'zh-CN': '须以字母开头，其后为字母、数字、- 或 _，最多 40 位',
    },
    { en: '6 to 12 digits', 'zh-CN': '须为 6 到 12 位数字' },
    { en: 'each event once', 'zh-CN': '每种事件只能选一次' },
    { en: 'from the lower id to the higher', 'zh-CN': '起始编号不能大于结束编号' },
    {
      en: 'not a time zone of this system, for example Asia/Shanghai',
      'zh-CN': '本系统没有此时区，例如 Asia/Shanghai',
    },
    { en: 'each site once', 'zh-CN': '每个地点只能出现一次' },
    { en: 'each tag once', 'zh-CN': '每个标签只能出现一次' },
    { en: 'each head once', 'zh-CN': '每位负责人只能出现一次' },
    {
      en: 'a telephone number: digits, spaces, brackets and -, 3 to 30',
      'zh-CN': '电话号码只能含数字、空格、括号和 -，3 到 30 位，国际号码以 + 开头',
    },
    {
      en: 'without / and \\, which join the names of a path',
      'zh-CN': '名称中不能有 / 和 \\，它们用来分隔部门路径',
    },
    {
      en: 'a digest of a dry run is 64 hexadecimal digits',
      'zh-CN': '请原样传回检查时得到的 digest（64 位十六进制）',
    },
    {
      en: 'a cursor is passed on exactly as it was answered',
      'zh-CN': '请原样传回上一页给出的翻页标记',
    },
    {
      en: 'a period ends on or after its first day, and within 366 days',
      'zh-CN': '结束日期不能早于开始日期，且不超过 366 天',
    },
  ].map((reason) => [reason.en, reason]),
);

export const NOT_JSON: Bilingual = {
  'zh-CN': '请求内容不是有效的 JSON',
  en: 'the body is not valid JSON',
};

export const NO_BODY_WANTED: Bilingual = {
  'zh-CN': '此接口不接受请求内容',
  en: 'this takes no body',
};

export const UNSTORABLE_TEXT: Bilingual = {
  'zh-CN': '文字中含有无法保存的字符（空字符或残缺的 Unicode）',
  en: 'the text holds a character that cannot be stored: NUL, or half of a Unicode pair',
};

export const TERMINAL_ONLINE: Bilingual = {
  'zh-CN': '这台终端仍在线。请先关机；如果它已落入他人之手，请写 "online": "accept"',
  en: 'this terminal is still heard of: switch it off first, or, if it is in wrong hands, say "online": "accept"',
};

export const NOT_A_CURSOR: Bilingual = {
  'zh-CN': '翻页标记无效，请从第一页重新读取',
  en: 'this is no cursor of this list; start again from the first page',
};

export const NOT_AN_ETAG: Bilingual = {
  'zh-CN': '格式应为带引号的 ETag，例如 "3f2a…"，或 *',
  en: 'an ETag in quotation marks is wanted, such as "3f2a…", or *',
};

export const NOT_A_KEY: Bilingual = {
  'zh-CN': '请使用 1 到 255 个可见的 ASCII 字符',
  en: '1 to 255 visible ASCII characters',
};

export const PERIOD_UNFIT: Bilingual = {
  'zh-CN': '结束日期不能早于开始日期，且不超过 366 天',
  en: 'a period ends on or after its first day, and within 366 days',
};

export const EXPORT_NOT_READY: Bilingual = {
  'zh-CN': '文件尚未生成，或已过期、已取消；请查看导出状态，必要时重新导出',
  en: 'the file is not made yet, or expired, or was cancelled: look at the export, and ask again if need be',
};

export const EXPORT_OVER: Bilingual = {
  'zh-CN': '导出已结束，不能再取消',
  en: 'the export is over and cannot be stopped any more',
};

export const NOT_A_PERSON: Bilingual = {
  'zh-CN': '须为人员编号（UUID）',
  en: 'the id of a person is wanted, a UUID',
};

/** Of a program that says it acts for somebody. */
export const ON_BEHALF_TEXTS = {
  'on-behalf-not-allowed': {
    'zh-CN': '此接口应用不能代他人操作，请在管理后台开启',
    en: 'this program may not act for people; allow it in the console',
  },
  'on-behalf-unknown': {
    'zh-CN': '此人不在该接口应用的权限范围内',
    en: 'this person is not within the reach of the program',
  },
} as const;
