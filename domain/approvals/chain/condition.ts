import type { Condition } from '#domain/approvals/chain/chain';
import type { Answers } from '#domain/approvals/form/answer';
import { atLeastDays, type FormLength } from '#domain/approvals/form/length';

/** What the conditions of a chain may ask about a form. */
export interface ConditionFacts {
  readonly length: FormLength;
  readonly dayMinutes: number;
  readonly leaveTypeId: string | null;
  readonly answers: Answers;
}

/** Whether a condition of a chain holds; a question about an answer not given does not. */
export function holds(condition: Condition, facts: ConditionFacts): boolean {
  switch (condition.kind) {
    case 'lengthDays': {
      const reached = atLeastDays(facts.length, condition.days, facts.dayMinutes);
      return reached === (condition.is === 'atLeast');
    }
    case 'leaveType':
      return facts.leaveTypeId !== null && condition.leaveTypeIds.includes(facts.leaveTypeId);
    case 'choice': {
      const answer = facts.answers.get(condition.fieldId);
      const ticked = answer?.type === 'choice' ? answer.optionIds : [];
      return condition.optionIds.some((id) => ticked.includes(id));
    }
    case 'number': {
      const answer = facts.answers.get(condition.fieldId);
      if (answer?.type !== 'number') return false;
      return answer.value >= condition.value === (condition.is === 'atLeast');
    }
  }
}
