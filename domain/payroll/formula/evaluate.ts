import {
  compare,
  type Exact,
  floorOf,
  minus,
  negative,
  per,
  plus,
  stepsOf,
  times,
} from '#domain/payroll/exact';
import type { ConditionNode, NumberNode } from '#domain/payroll/formula/expression';
import type { EvaluationFault, EvaluationFaultReason } from '#domain/payroll/formula/fault';
import { failed, ok, type Result } from '#domain/result';

/** The value of each column a formula may name; null: it has none in this row. */
export type ColumnValues = (name: string) => Exact | null;

/** What an evaluation reads, and the first thing that went wrong in it. */
interface Evaluation {
  readonly valueOf: ColumnValues;
  fault: EvaluationFault | null;
}

/**
 * The value of a formula for one row, exact to the end: nothing is rounded but by `floor`, `ceil` and
 * `round`. Only the chosen branch of `if` is looked at, so `if(n = 0, 0, x / n)` is safe.
 */
export function evaluate(node: NumberNode, valueOf: ColumnValues): Result<Exact, EvaluationFault> {
  const evaluation: Evaluation = { valueOf, fault: null };
  const value = numberOf(node, evaluation);
  return evaluation.fault === null ? ok(value) : failed(evaluation.fault);
}

function numberOf(node: NumberNode, evaluation: Evaluation): Exact {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'column':
      return evaluation.valueOf(node.name) ?? fault(evaluation, 'columnEmpty', node);
    case 'negative':
      return negative(numberOf(node.of, evaluation));
    case 'arithmetic':
      return arithmeticOf(node, evaluation);
    case 'choice':
      return numberOf(holds(node.when, evaluation) ? node.chosen : node.otherwise, evaluation);
    case 'extreme':
      return extremeOf(node, evaluation);
    case 'whole':
      return wholeOf(node, evaluation);
    case 'round':
      return roundOf(node, evaluation);
  }
}

type Of<K extends NumberNode['kind']> = Extract<NumberNode, { kind: K }>;

function arithmeticOf(node: Of<'arithmetic'>, evaluation: Evaluation): Exact {
  const left = numberOf(node.left, evaluation);
  const right = numberOf(node.right, evaluation);
  switch (node.operator) {
    case '+':
      return plus(left, right);
    case '-':
      return minus(left, right);
    case '*':
      return times(left, right);
    case '/':
      return right.over === 0n ? fault(evaluation, 'divisionByZero', node) : per(left, right);
  }
}

function extremeOf({ which, of }: Of<'extreme'>, evaluation: Evaluation): Exact {
  const wanted = which === 'min' ? -1 : 1;
  return of
    .map((each) => numberOf(each, evaluation))
    .reduce((best, each) => (compare(each, best) === wanted ? each : best));
}

function wholeOf(node: Of<'whole'>, evaluation: Evaluation): Exact {
  const value = numberOf(node.of, evaluation);
  return node.which === 'floor' ? floorOf(value) : negative(floorOf(negative(value)));
}

/** To the nearest step, a half away from zero. */
function roundOf(node: Of<'round'>, evaluation: Evaluation): Exact {
  const value = numberOf(node.of, evaluation);
  const step = numberOf(node.step, evaluation);
  if (step.over <= 0n) return fault(evaluation, 'stepNotPositive', node);
  return times({ over: stepsOf(value, step, 'nearest'), under: 1n }, step);
}

function holds(node: ConditionNode, evaluation: Evaluation): boolean {
  switch (node.kind) {
    case 'comparison':
      return comparisonHolds(node, evaluation);
    case 'joined':
      return node.which === 'and'
        ? node.of.every((each) => holds(each, evaluation))
        : node.of.some((each) => holds(each, evaluation));
    case 'not':
      return !holds(node.of, evaluation);
  }
}

function comparisonHolds(
  node: Extract<ConditionNode, { kind: 'comparison' }>,
  evaluation: Evaluation,
): boolean {
  const gap = compare(numberOf(node.left, evaluation), numberOf(node.right, evaluation));
  switch (node.operator) {
    case '<':
      return gap < 0;
    case '<=':
      return gap <= 0;
    case '>':
      return gap > 0;
    case '>=':
      return gap >= 0;
    case '=':
      return gap === 0;
    case '<>':
      return gap !== 0;
  }
}

/** The row gets no value; the rest is still walked, to no effect. */
function fault(evaluation: Evaluation, reason: EvaluationFaultReason, node: NumberNode): Exact {
  const found = node.kind === 'column' ? node.name : '';
  evaluation.fault ??= { reason, at: node.at, found };
  return { over: 0n, under: 1n };
}
