import type { NewExport } from '#contracts/rest/v1/export';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { ListedCase, ListedForm, ListedPunch } from '#hub/storage/export-list-repository';
import type { SheetDay } from '#hub/storage/payroll-repository';

function t(zh: string, en: string): Bilingual {
  return { 'zh-CN': zh, en };
}

/** What each export is called, in its file name and on its tab. */
export const KIND_NAMES: Readonly<Record<NewExport['kind'], Bilingual>> = {
  payroll: t('考勤月报', 'Payroll'),
  days: t('考勤日报', 'Days'),
  punches: t('打卡记录', 'Punches'),
  approvals: t('审批单', 'Approvals'),
  exceptions: t('考勤异常', 'Exceptions'),
  adjustments: t('补差明细', 'Adjustments'),
};

export const DAY_STATES: Readonly<Record<SheetDay['state'], Bilingual>> = {
  open: t('进行中', 'open'),
  pendingSync: t('等待终端上传', 'waiting for terminals'),
  provisional: t('未锁定', 'not locked'),
  final: t('已锁定', 'locked'),
};

export const DAY_CLASSES: Readonly<Record<NonNullable<SheetDay['part']['class']>, Bilingual>> = {
  workday: t('工作日', 'workday'),
  restday: t('休息日', 'rest day'),
  holiday: t('法定节假日', 'statutory holiday'),
};

export const PUNCH_METHODS: Readonly<Record<ListedPunch['method'], Bilingual>> = {
  face: t('人脸', 'face'),
  wifi: t('Wi-Fi', 'Wi-Fi'),
  pin: t('密码', 'PIN'),
  qr: t('二维码', 'QR code'),
  card: t('刷卡', 'card'),
  manager: t('管理员代打', 'by a manager'),
};

export const DIRECTIONS: Readonly<Record<'in' | 'out', Bilingual>> = {
  in: t('进', 'in'),
  out: t('出', 'out'),
};

export const CLOCKS: Readonly<Record<ListedPunch['clock'], Bilingual>> = {
  synced: t('可信', 'trusted'),
  estimated: t('推算', 'estimated'),
  lost: t('不可信', 'not trusted'),
};

export const FORM_KINDS: Readonly<Record<ListedForm['kind'], Bilingual>> = {
  leave: t('请假', 'leave'),
  trip: t('出差', 'business trip'),
  outing: t('外出', 'outing'),
  overtime: t('加班', 'overtime'),
  makeup: t('补卡', 'make-up'),
};

export const FORM_STATUSES: Readonly<Record<ListedForm['status'], Bilingual>> = {
  draft: t('草稿', 'draft'),
  submitted: t('审批中', 'under way'),
  approved: t('已通过', 'approved'),
  rejected: t('已驳回', 'rejected'),
  withdrawn: t('已撤回', 'withdrawn'),
  revoked: t('已撤销', 'revoked'),
};

export const CASE_STATUSES: Readonly<Record<ListedCase['status'], Bilingual>> = {
  open: t('待处理', 'open'),
  assigned: t('处理中', 'assigned'),
  resolved: t('已处理', 'resolved'),
  vanished: t('已消除', 'gone by itself'),
};

export const RESOLUTIONS: Readonly<Record<NonNullable<ListedCase['resolution']>, Bilingual>> = {
  explained: t('已说明', 'explained'),
  excused: t('予以免除', 'excused'),
  makeupAsked: t('已要求补卡', 'make-up asked for'),
  punchPlaced: t('已补定打卡时间', 'punch placed'),
  confirmed: t('确认属实', 'confirmed'),
  rejected: t('不予认可', 'rejected'),
};
