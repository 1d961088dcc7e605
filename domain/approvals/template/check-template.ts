import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_COUNT_MAX,
} from '#domain/approvals/attachment/attachment';
import { type Bilingual, bilingual, isSaid } from '#domain/approvals/bilingual';
import type { Condition } from '#domain/approvals/chain/chain';
import { type Fault, fault } from '#domain/approvals/fault';
import type { Field } from '#domain/approvals/template/field';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { Template } from '#domain/approvals/template/template';
import { failed, ok, type Result } from '#domain/result';

/** What makes a template contradict itself; none of it may be published. */
export function checkTemplate(template: Template): readonly Fault[] {
  return [
    ...unsaid(template),
    ...repeated(template),
    ...template.fields.flatMap((field, index) => checkField(field, `fields[${index}]`)),
    ...checkLeaveTypes(template),
    ...checkFiles(template),
    ...checkChain(template),
  ];
}

/**
 * The version after `published`. Fields keep their type under their id for good, so that an old form
 * and a new one can be shown, exported and compared column by column.
 */
export function succeed(
  published: Template | null,
  draft: Template,
): Result<Template, readonly Fault[]> {
  const faults = [...checkTemplate(draft), ...(published === null ? [] : broken(published, draft))];
  if (faults.length > 0) return failed(faults);
  return ok({ ...draft, version: (published?.version ?? 0) + 1 });
}

function broken(published: Template, draft: Template): readonly Fault[] {
  if (published.kind !== draft.kind) return [fault('kindChanged', 'kind', KIND_CHANGED)];
  return draft.fields.flatMap((field, index) => {
    const before = published.fields.find(({ id }) => id === field.id);
    return before === undefined || before.type === field.type
      ? []
      : [fault('fieldTypeChanged', `fields[${index}].type`, TYPE_CHANGED)];
  });
}

function unsaid(template: Template): readonly Fault[] {
  const texts: readonly (readonly [string, Bilingual])[] = [
    ['name', template.name],
    ...template.fields.map((field, i) => [`fields[${i}].label`, field.label] as const),
    ...template.leaveTypes.map((type, i) => [`leaveTypes[${i}].name`, type.name] as const),
    ...template.chain.steps.map((step, i) => [`chain.steps[${i}].name`, step.name] as const),
  ];
  return texts.filter(([, text]) => !isSaid(text)).map(([path]) => fault('unsaid', path, UNSAID));
}

function repeated({ fields, leaveTypes, chain }: Template): readonly Fault[] {
  return [
    ...repeatedIn(fields, 'fields'),
    ...repeatedIn(leaveTypes, 'leaveTypes'),
    ...repeatedIn(chain.steps, 'chain.steps'),
    ...fields.flatMap((field, index) =>
      field.type === 'choice' ? repeatedIn(field.options, `fields[${index}].options`) : [],
    ),
  ];
}

function repeatedIn(entries: readonly { readonly id: string }[], path: string): readonly Fault[] {
  return entries.flatMap(({ id }, index) =>
    entries.findIndex((entry) => entry.id === id) === index
      ? []
      : [fault('repeated', `${path}[${index}].id`, REPEATED)],
  );
}

function checkField(field: Field, path: string): readonly Fault[] {
  if (field.type === 'number' && field.min > field.max) {
    return [fault('range', `${path}.max`, RANGE)];
  }
  if (field.type !== 'choice') return [];
  const tooMany = field.countMax > field.options.length;
  return tooMany ? [fault('options', `${path}.options`, OPTIONS)] : [];
}

function checkLeaveTypes({ kind, leaveTypes }: Template): readonly Fault[] {
  if ((kind === 'leave') !== leaveTypes.length > 0) {
    return [fault('leaveTypes', 'leaveTypes', kind === 'leave' ? NO_TYPES : TYPES_UNUSED)];
  }
  return leaveTypes.flatMap((type, index) => tierFaults(type, `leaveTypes[${index}].allowance`));
}

function tierFaults({ allowance, unit }: LeaveType, path: string): readonly Fault[] {
  const tiers = allowance?.tiers ?? [];
  const rising = tiers.every((tier, index) => tier.fromYears > (tiers[index - 1]?.fromYears ?? -1));
  const whole = unit !== 'day' || tiers.every(({ amount }) => amount % 2 === 0);
  return [
    ...(rising ? [] : [fault('tiers', `${path}.tiers`, TIERS)]),
    ...(whole ? [] : [fault('wholeDays', `${path}.tiers`, WHOLE_DAYS)]),
  ];
}

function checkFiles({ attachments, attachmentsRequired, fields }: Template): readonly Fault[] {
  const rules = [
    { path: 'attachments', rule: attachments, needed: attachmentsRequired },
    ...fields.flatMap((field, index) =>
      field.type === 'attachment'
        ? [{ path: `fields[${index}].rule`, rule: field.rule, needed: true }]
        : [],
    ),
  ];
  return rules.flatMap(({ path, rule, needed }) => {
    const impossible = needed && (rule.countMax === 0 || rule.types.size === 0);
    const beyond = rule.bytesMax > ATTACHMENT_BYTES_MAX || rule.countMax > ATTACHMENT_COUNT_MAX;
    return [
      ...(impossible ? [fault('noFiles', path, NO_FILES)] : []),
      ...(beyond ? [fault('filesBeyond', path, FILES_BEYOND)] : []),
    ];
  });
}

function checkChain({ chain, fields, leaveTypes }: Template): readonly Fault[] {
  const fromSteps = chain.steps.flatMap((step, index) => {
    const path = `chain.steps[${index}]`;
    const empty = step.approvers.length === 0 ? [fault('noApprover', path, NO_APPROVER)] : [];
    const lost = step.when.flatMap((condition, at) =>
      isAskable(condition, fields, leaveTypes)
        ? []
        : [fault('condition', `${path}.when[${at}]`, CONDITION)],
    );
    return [...empty, ...lost];
  });
  const nobody = chain.steps.length === 0 && chain.unattended === 'refuse';
  return [...fromSteps, ...(nobody ? [fault('noSteps', 'chain.steps', NO_STEPS)] : [])];
}

function isAskable(
  condition: Condition,
  fields: readonly Field[],
  leaveTypes: readonly LeaveType[],
): boolean {
  if (condition.kind === 'lengthDays') return true;
  if (condition.kind === 'leaveType') {
    return condition.leaveTypeIds.every((id) => leaveTypes.some((type) => type.id === id));
  }
  const field = fields.find(({ id }) => id === condition.fieldId);
  if (condition.kind === 'number') return field?.type === 'number';
  if (field?.type !== 'choice') return false;
  return condition.optionIds.every((id) => field.options.some((option) => option.id === id));
}

const UNSAID = bilingual('请写上中文和英文名称', 'give it a name in Chinese and in English');
const REPEATED = bilingual('编号重复，请换一个', 'this id is taken; choose another');
const RANGE = bilingual('最大值不能小于最小值', 'the maximum lies below the minimum');
const OPTIONS = bilingual(
  '可选数多于选项数，请补充选项或减少可选数',
  'more may be chosen than there are options; add options or choose fewer',
);
const NO_TYPES = bilingual('请假模板至少要有一种假期', 'a leave template needs a leave type');
const TYPES_UNUSED = bilingual('只有请假模板才有假期类型', 'only leave templates have leave types');
const TIERS = bilingual('工龄档次必须从小到大', 'lines of service must rise');
const WHOLE_DAYS = bilingual(
  '按天请的假，额度应为整天',
  'leave by whole days is granted in whole days',
);
const NO_FILES = bilingual(
  '要求附件，却不允许任何文件；请放宽类型或数量',
  'files are asked for but none is allowed; allow a type and a count',
);
const FILES_BEYOND = bilingual(
  `每个附件最大 ${ATTACHMENT_BYTES_MAX / 1024 / 1024} MB，最多 ${ATTACHMENT_COUNT_MAX} 个`,
  `at most ${ATTACHMENT_COUNT_MAX} files of ${ATTACHMENT_BYTES_MAX / 1024 / 1024} MB each`,
);
const NO_APPROVER = bilingual('这一步没有指定审批人', 'this step names no approver');
const CONDITION = bilingual(
  '条件引用了模板里没有的字段、选项或假期',
  'the condition names a field, option or leave type that the template does not have',
);
const NO_STEPS = bilingual(
  '审批流程至少要有一步；若确需免审，请明确选择“无人审批时自动通过”',
  'the chain needs a step; if forms are to pass by themselves, say so in "unattended"',
);
const KIND_CHANGED = bilingual(
  '模板的类型不能更改，请新建模板',
  'the kind of a template stays; make a new template',
);
const TYPE_CHANGED = bilingual(
  '字段类型不能更改，请换一个编号新建字段',
  'the type of a field stays; add a field with another id',
);
