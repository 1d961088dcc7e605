import { decimalText } from '#domain/payroll/exact';
import type { Node, NumberNode } from '#domain/payroll/formula/expression';

const RANKS = { '+': 1, '-': 1, '*': 2, '/': 2 } as const;
const RANK_OF_SIGN = 3;

/**
 * Writes an expression with no bracket too many. Reading what was written gives the same expression,
 * so a formula can be stored, shown and edited without changing what it says.
 */
export function printFormula(node: Node): string {
  switch (node.kind) {
    case 'number':
      return decimalText(node.value);
    case 'column':
      return node.name;
    case 'negative':
      return `-${inside(node.of, RANK_OF_SIGN)}`;
    case 'arithmetic': {
      const rank = RANKS[node.operator];
      return `${inside(node.left, rank)} ${node.operator} ${inside(node.right, rank + 1)}`;
    }
    case 'comparison':
      return `${printFormula(node.left)} ${node.operator} ${printFormula(node.right)}`;
    case 'choice':
      return call('if', [node.when, node.chosen, node.otherwise]);
    case 'round':
      return call('round', isOne(node.step) ? [node.of] : [node.of, node.step]);
    case 'not':
      return call('not', [node.of]);
    case 'whole':
      return call(node.which, [node.of]);
    case 'extreme':
    case 'joined':
      return call(node.which, node.of);
  }
}

function call(name: string, given: readonly Node[]): string {
  return `${name}(${given.map(printFormula).join(', ')})`;
}

/** What is the same without being written. */
function isOne(node: NumberNode): boolean {
  return node.kind === 'number' && node.value.over === 1n && node.value.under === 1n;
}

/** A part of something of `rank`, in brackets where it would be torn apart. */
function inside(node: NumberNode, rank: number): string {
  const printed = printFormula(node);
  return rankOf(node) < rank ? `(${printed})` : printed;
}

function rankOf(node: NumberNode): number {
  return node.kind === 'arithmetic' ? RANKS[node.operator] : RANK_OF_SIGN;
}
