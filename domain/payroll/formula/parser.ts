import { fraction, ZERO } from '#domain/payroll/exact';
import {
  type ArithmeticOperator,
  type ComparisonOperator,
  type ConditionNode,
  isCondition,
  type Node,
  type NumberNode,
} from '#domain/payroll/formula/expression';
import type { FormulaFault, FormulaFaultReason } from '#domain/payroll/formula/fault';
import { type Token, tokensOf } from '#domain/payroll/formula/token';
import { failed, ok, type Result } from '#domain/result';

/** Brackets and signs inside each other: far beyond what anybody writes, far below any stack. */
export const FORMULA_DEPTH_MAX = 20;
const ARGUMENTS_MAX = 10;

/** Where the reader stands. The first fault moves it to the end, so that everything unwinds. */
interface Reading {
  readonly tokens: readonly Token[];
  readonly end: Token;
  readonly columns: ReadonlySet<string>;
  next: number;
  depth: number;
  fault: FormulaFault | null;
}

/**
 * Reads a formula over `columns`. Every text has an answer: an expression that yields a number, or
 * the first fault with its position.
 *
 * @see docs/payroll.md, "Formulas"
 */
export function parseFormula(
  text: string,
  columns: ReadonlySet<string>,
): Result<NumberNode, FormulaFault> {
  const cut = tokensOf(text);
  if (!cut.ok) return cut;
  const end: Token = { kind: 'end', text: '', at: text.length };
  const reading: Reading = { tokens: cut.value, end, columns, next: 0, depth: 0, fault: null };
  const node = asNumber(reading, expressionOf(reading));
  const rest = peek(reading);
  if (rest.kind !== 'end') fail(reading, 'endExpected', rest);
  return reading.fault === null ? ok(node) : failed(reading.fault);
}

/** A sum, or two sums compared. */
function expressionOf(reading: Reading): Node {
  const left = sumOf(reading);
  const sign = peek(reading);
  const operator = comparisonOf(sign);
  if (operator === null) return left;
  reading.next += 1;
  const right = sumOf(reading);
  return {
    kind: 'comparison',
    operator,
    left: asNumber(reading, left),
    right: asNumber(reading, right),
    at: sign.at,
  };
}

function sumOf(reading: Reading): Node {
  return chainOf(reading, productOf, ({ text }) => (text === '+' || text === '-' ? text : null));
}

function productOf(reading: Reading): Node {
  return chainOf(reading, factorOf, ({ text }) => (text === '*' || text === '/' ? text : null));
}

/** Operators of one rank, taken from left to right. */
function chainOf(
  reading: Reading,
  part: (reading: Reading) => Node,
  operatorOf: (sign: Token) => ArithmeticOperator | null,
): Node {
  let left = part(reading);
  for (;;) {
    const sign = peek(reading);
    const operator = operatorOf(sign);
    if (operator === null) return left;
    reading.next += 1;
    const [a, b] = [asNumber(reading, left), asNumber(reading, part(reading))];
    left = { kind: 'arithmetic', operator, left: a, right: b, at: sign.at };
  }
}

function factorOf(reading: Reading): Node {
  const token = peek(reading);
  reading.depth += 1;
  const node =
    reading.depth > FORMULA_DEPTH_MAX ? fail(reading, 'tooDeep', token) : read(reading, token);
  reading.depth -= 1;
  return node;
}

function read(reading: Reading, token: Token): Node {
  reading.next += 1;
  if (token.kind === 'number') return numberNode(token);
  if (token.kind === 'name') return nameOf(reading, token);
  if (token.text === '-')
    return { kind: 'negative', of: asNumber(reading, factorOf(reading)), at: token.at };
  if (token.text !== '(') return fail(reading, 'valueExpected', token);
  const inner = expressionOf(reading);
  take(reading, ')', 'closingExpected');
  return inner;
}

function numberNode({ text, at }: Token): NumberNode {
  const places = text.includes('.') ? text.length - 1 - text.indexOf('.') : 0;
  const value = fraction(BigInt(text.replace('.', '')), 10n ** BigInt(places));
  return { kind: 'number', value, at };
}

function nameOf(reading: Reading, token: Token): Node {
  if (peek(reading).text === '(') return callOf(reading, token);
  return reading.columns.has(token.text)
    ? { kind: 'column', name: token.text, at: token.at }
    : fail(reading, 'unknownColumn', token);
}

function callOf(reading: Reading, name: Token): Node {
  const build = FUNCTIONS.get(name.text);
  if (build === undefined) return fail(reading, 'unknownFunction', name);
  return build(reading, name, argumentsOf(reading));
}

function argumentsOf(reading: Reading): readonly Node[] {
  take(reading, '(', 'valueExpected');
  const given = [expressionOf(reading)];
  while (peek(reading).text === ',') {
    reading.next += 1;
    given.push(expressionOf(reading));
  }
  take(reading, ')', 'closingExpected');
  return given;
}

type Build = (reading: Reading, name: Token, given: readonly Node[]) => Node;

const FUNCTIONS: ReadonlyMap<string, Build> = new Map([
  ['if', choice],
  ['min', extreme('min')],
  ['max', extreme('max')],
  ['floor', cutting('floor')],
  ['ceil', cutting('ceil')],
  ['round', round],
  ['and', joined('and')],
  ['or', joined('or')],
  ['not', not],
]);

function choice(reading: Reading, name: Token, given: readonly Node[]): Node {
  const [when, chosen, otherwise, ...more] = given;
  if (when === undefined || chosen === undefined || otherwise === undefined || more.length > 0)
    return fail(reading, 'argumentCount', name);
  return {
    kind: 'choice',
    when: asCondition(reading, when),
    chosen: asNumber(reading, chosen),
    otherwise: asNumber(reading, otherwise),
    at: name.at,
  };
}

function extreme(which: 'min' | 'max'): Build {
  return (reading, name, given) =>
    given.length > ARGUMENTS_MAX
      ? fail(reading, 'argumentCount', name)
      : { kind: 'extreme', which, of: given.map((each) => asNumber(reading, each)), at: name.at };
}

function joined(which: 'and' | 'or'): Build {
  return (reading, name, given) =>
    given.length > ARGUMENTS_MAX
      ? fail(reading, 'argumentCount', name)
      : { kind: 'joined', which, of: given.map((each) => asCondition(reading, each)), at: name.at };
}

function cutting(which: 'floor' | 'ceil'): Build {
  return (reading, name, [of, ...more]) =>
    of === undefined || more.length > 0
      ? fail(reading, 'argumentCount', name)
      : { kind: 'whole', which, of: asNumber(reading, of), at: name.at };
}

function not(reading: Reading, name: Token, [of, ...more]: readonly Node[]): Node {
  return of === undefined || more.length > 0
    ? fail(reading, 'argumentCount', name)
    : { kind: 'not', of: asCondition(reading, of), at: name.at };
}

/** Without a step, to whole numbers. */
function round(reading: Reading, name: Token, [of, step, ...more]: readonly Node[]): Node {
  if (of === undefined || more.length > 0) return fail(reading, 'argumentCount', name);
  const one: Node = { kind: 'number', value: { over: 1n, under: 1n }, at: name.at };
  return {
    kind: 'round',
    of: asNumber(reading, of),
    step: asNumber(reading, step ?? one),
    at: name.at,
  };
}

function asNumber(reading: Reading, node: Node): NumberNode {
  if (!isCondition(node)) return node;
  return fail(reading, 'numberExpected', { kind: 'sign', text: '', at: node.at });
}

function asCondition(reading: Reading, node: Node): ConditionNode {
  if (isCondition(node)) return node;
  const nothing = fail(reading, 'conditionExpected', { kind: 'sign', text: '', at: node.at });
  return { kind: 'comparison', operator: '=', left: nothing, right: nothing, at: node.at };
}

function comparisonOf({ text }: Token): ComparisonOperator | null {
  switch (text) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '=':
    case '<>':
      return text;
    default:
      return null;
  }
}

function peek({ tokens, next, end }: Reading): Token {
  return tokens[next] ?? end;
}

function take(reading: Reading, text: string, reason: FormulaFaultReason): void {
  const token = peek(reading);
  if (token.text === text) reading.next += 1;
  else fail(reading, reason, token);
}

/** Only the first fault is told: what follows is often its echo. */
function fail(reading: Reading, reason: FormulaFaultReason, { at, text }: Token): NumberNode {
  reading.fault ??= { reason, at, found: text };
  reading.next = reading.tokens.length;
  return { kind: 'number', value: ZERO, at };
}
