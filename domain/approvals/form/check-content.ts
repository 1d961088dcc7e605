import { judgeFileCount } from '#domain/approvals/attachment/attachment';
import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import { checkAnswers } from '#domain/approvals/form/check-answers';
import type { FormContent } from '#domain/approvals/form/form';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { ExtentUnit, Template } from '#domain/approvals/template/template';
import type { Extent } from '#domain/attendance/approval/approval';

export type ContentFaultCode =
  | 'kind'
  | 'leaveType'
  | 'extentReversed'
  | 'extentUnit'
  | 'extentTooLong'
  | 'evidence';

/** A year's leave is one form; more is a slip of the pen. */
export const FORM_DAYS_MAX = 366;

/** What is wrong with a form by itself, whoever hands it in and when. */
export function checkContent(content: FormContent, template: Template): readonly Fault[] {
  const { subject, answers, attachments } = content;
  if (subject.kind !== template.kind) return [fault('kind', 'subject.kind', OTHER_KIND)];
  return [
    ...subjectFaults(content, template),
    ...checkAnswers(template.fields, answers),
    ...judgeFileCount(attachments.length, template.attachments),
    ...(template.attachmentsRequired && attachments.length === 0 ? [NO_EVIDENCE] : []),
  ];
}

/** The leave type a form names, of those the template offers. */
export function leaveTypeOf({ subject }: FormContent, template: Template): LeaveType | null {
  if (subject.kind !== 'leave') return null;
  return template.leaveTypes.find(({ id }) => id === subject.leaveTypeId) ?? null;
}

function subjectFaults(content: FormContent, template: Template): readonly Fault[] {
  const { subject } = content;
  if (subject.kind === 'makeup') return [];
  const leaveType = leaveTypeOf(content, template);
  if (subject.kind === 'leave' && leaveType === null) {
    return [fault('leaveType', 'subject.leaveTypeId', NO_SUCH_LEAVE)];
  }
  return extentFaults(subject.extent, unitOf(leaveType, template));
}

function unitOf(leaveType: LeaveType | null, { unit }: Template): ExtentUnit {
  if (leaveType === null) return unit;
  return leaveType.unit === 'hour' ? 'minute' : leaveType.unit;
}

function extentFaults(extent: Extent, unit: ExtentUnit): readonly Fault<ContentFaultCode>[] {
  const say = (code: ContentFaultCode, text: Bilingual): readonly Fault<ContentFaultCode>[] => [
    fault(code, 'subject.extent', text),
  ];
  if (!isOfUnit(extent, unit)) return say('extentUnit', UNIT_TEXTS[unit]);
  if (isReversed(extent)) return say('extentReversed', REVERSED);
  const tooLong =
    extent.unit === 'day'
      ? extent.to - extent.from >= FORM_DAYS_MAX
      : extent.to - extent.from > FORM_DAYS_MAX * 86_400;
  return tooLong ? say('extentTooLong', TOO_LONG) : [];
}

function isOfUnit(extent: Extent, unit: ExtentUnit): boolean {
  if (unit === 'minute') return extent.unit === 'time';
  if (extent.unit === 'time') return false;
  return unit === 'halfDay' || (extent.starts === 'am' && extent.ends === 'pm');
}

/** Whether a stretch ends before it begins, or lasts no time. */
export function isReversed(extent: Extent): boolean {
  if (extent.unit === 'time' || extent.from !== extent.to) return extent.to <= extent.from;
  return extent.starts === 'pm' && extent.ends === 'am';
}

const OTHER_KIND = bilingual(
  '这不是该模板的表单类型，请重新选择模板',
  'this is another kind of form than the template; choose the template again',
);

const NO_SUCH_LEAVE = bilingual(
  '请选择模板中的假期类型',
  'choose one of the leave types that the template offers',
);

const UNIT_TEXTS: Readonly<Record<ExtentUnit, Bilingual>> = {
  minute: bilingual('请填写起止时刻，而不是日期', 'give times, from and to, not dates'),
  halfDay: bilingual('请按日期填写，可选上午或下午', 'give dates, with their halves if wanted'),
  day: bilingual('请按整天填写，不分上午下午', 'give whole days, without halves'),
};

const REVERSED = bilingual('结束必须晚于开始', 'the end must be later than the beginning');

const TOO_LONG = bilingual(
  `一张单最多 ${FORM_DAYS_MAX} 天，请分开提交`,
  `a form covers at most ${FORM_DAYS_MAX} days; hand in several`,
);

/** Evidence that is asked for and not there. */
export const NO_EVIDENCE: Fault<'evidence'> = fault(
  'evidence',
  'attachments',
  bilingual('请上传证明材料', 'attach the evidence that is asked for'),
);
