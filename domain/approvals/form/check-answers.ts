import { judgeFileCount } from '#domain/approvals/attachment/attachment';
import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { Answer, Answers } from '#domain/approvals/form/answer';
import type { Field } from '#domain/approvals/template/field';

export type AnswerFaultCode =
  | 'answerMissing'
  | 'answerUnknown'
  | 'answerType'
  | 'textTooLong'
  | 'numberRange'
  | 'numberDecimals'
  | 'timeRange'
  | 'choiceUnknown'
  | 'choiceCount'
  | 'attachmentCount';

type AnswerFault = Fault<AnswerFaultCode>;

/** Holds the answers of a form against the fields of the template version it was written on. */
export function checkAnswers(fields: readonly Field[], answers: Answers): readonly AnswerFault[] {
  const known = new Set(fields.map(({ id }) => id));
  const unknown = [...answers.keys()]
    .filter((id) => !known.has(id))
    .map((id) => fault('answerUnknown', `answers.${id}`, UNKNOWN));
  return [...unknown, ...fields.flatMap((field) => checkField(field, answers.get(field.id)))];
}

function checkField(field: Field, answer: Answer | undefined): readonly AnswerFault[] {
  const say = (code: AnswerFaultCode, text: Bilingual): readonly AnswerFault[] => [
    fault(code, `answers.${field.id}`, text),
  ];
  if (answer === undefined || isBlank(answer)) {
    return field.required ? say('answerMissing', missing(field)) : [];
  }
  const problem = problemOf(field, answer);
  return problem === null ? [] : say(...problem);
}

function isBlank(answer: Answer): boolean {
  if (answer.type === 'text') return answer.text.trim() === '';
  if (answer.type === 'choice') return answer.optionIds.length === 0;
  return answer.type === 'attachment' && answer.files.length === 0;
}

type Problem = readonly [AnswerFaultCode, Bilingual] | null;

function problemOf(field: Field, answer: Answer): Problem {
  if (field.type === 'text' && answer.type === 'text') return textProblem(field, answer.text);
  if (field.type === 'number' && answer.type === 'number') {
    return numberProblem(field, answer.value);
  }
  if (field.type === 'choice' && answer.type === 'choice') {
    return choiceProblem(field, answer.optionIds);
  }
  if (field.type === 'timeRange' && answer.type === 'timeRange') return rangeProblem(field, answer);
  if (field.type === 'attachment' && answer.type === 'attachment') {
    const [first] = judgeFileCount(answer.files.length, field.rule);
    return first === undefined ? null : ['attachmentCount', first];
  }
  return field.type === answer.type ? null : ['answerType', wrongType(field)];
}

function textProblem(field: Extract<Field, { type: 'text' }>, text: string): Problem {
  const { lengthMax } = field;
  if (Array.from(text).length <= lengthMax) return null;
  return [
    'textTooLong',
    bilingual(
      `“${field.label['zh-CN']}”最多 ${lengthMax} 个字`,
      `"${field.label.en}" takes at most ${lengthMax} characters`,
    ),
  ];
}

function numberProblem(field: Extract<Field, { type: 'number' }>, value: number): Problem {
  const { label, min, max, decimals } = field;
  if (!(value >= min && value <= max)) {
    return [
      'numberRange',
      bilingual(
        `“${label['zh-CN']}”应在 ${min} 到 ${max} 之间`,
        `"${label.en}" must lie between ${min} and ${max}`,
      ),
    ];
  }
  if (Number(value.toFixed(decimals)) === value) return null;
  return [
    'numberDecimals',
    bilingual(
      `“${label['zh-CN']}”最多 ${decimals} 位小数`,
      `"${label.en}" takes at most ${decimals} digits after the point`,
    ),
  ];
}

function choiceProblem(
  field: Extract<Field, { type: 'choice' }>,
  optionIds: readonly string[],
): Problem {
  const { label, options, countMax } = field;
  const ticked = new Set(optionIds);
  if (optionIds.some((id) => !options.some((option) => option.id === id))) {
    return [
      'choiceUnknown',
      bilingual(
        `“${label['zh-CN']}”中有一项已不在选项里，请重新选择`,
        `"${label.en}" names an option that is not offered; choose again`,
      ),
    ];
  }
  if (ticked.size <= countMax && ticked.size === optionIds.length) return null;
  return [
    'choiceCount',
    bilingual(
      `“${label['zh-CN']}”最多选 ${countMax} 项，且不能重复`,
      `"${label.en}" takes at most ${countMax} options, each once`,
    ),
  ];
}

function rangeProblem(
  field: Extract<Field, { type: 'timeRange' }>,
  { from, to }: { readonly from: number; readonly to: number },
): Problem {
  const { label, minutesMax } = field;
  if (to > from && to - from <= minutesMax * 60) return null;
  return [
    'timeRange',
    bilingual(
      `“${label['zh-CN']}”的结束应晚于开始，且不超过 ${minutesMax} 分钟`,
      `"${label.en}" must end after it begins, and last at most ${minutesMax} minutes`,
    ),
  ];
}

const UNKNOWN = bilingual(
  '模板里没有这一项（可能已更新），请刷新后重新填写',
  'the template has no such field; it may have changed: reload and fill it in again',
);

function missing({ label }: Field): Bilingual {
  return bilingual(`请填写“${label['zh-CN']}”`, `"${label.en}" is needed`);
}

function wrongType({ label }: Field): Bilingual {
  return bilingual(
    `“${label['zh-CN']}”的内容类型不对，请重新填写`,
    `"${label.en}" holds another kind of value; fill it in again`,
  );
}
