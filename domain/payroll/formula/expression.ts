import type { Exact } from '#domain/payroll/exact';

/** Where in the text something stands, counted from 0. */
export interface Placed {
  readonly at: number;
}

/** What yields a number. */
export type NumberNode = Placed &
  (
    | { readonly kind: 'number'; readonly value: Exact }
    | { readonly kind: 'column'; readonly name: string }
    | { readonly kind: 'negative'; readonly of: NumberNode }
    | {
        readonly kind: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly left: NumberNode;
        readonly right: NumberNode;
      }
    | {
        readonly kind: 'choice';
        readonly when: ConditionNode;
        readonly chosen: NumberNode;
        readonly otherwise: NumberNode;
      }
    | { readonly kind: 'extreme'; readonly which: Extreme; readonly of: readonly NumberNode[] }
    | { readonly kind: 'whole'; readonly which: Whole; readonly of: NumberNode }
    | { readonly kind: 'round'; readonly of: NumberNode; readonly step: NumberNode }
  );

/** What is so or is not; it can only stand where something is decided. */
export type ConditionNode = Placed &
  (
    | {
        readonly kind: 'comparison';
        readonly operator: ComparisonOperator;
        readonly left: NumberNode;
        readonly right: NumberNode;
      }
    | { readonly kind: 'joined'; readonly which: Joined; readonly of: readonly ConditionNode[] }
    | { readonly kind: 'not'; readonly of: ConditionNode }
  );

export type Node = NumberNode | ConditionNode;

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '=' | '<>';
export type Extreme = 'min' | 'max';
export type Whole = 'floor' | 'ceil';
export type Joined = 'and' | 'or';

export function isCondition(node: Node): node is ConditionNode {
  return node.kind === 'comparison' || node.kind === 'joined' || node.kind === 'not';
}
