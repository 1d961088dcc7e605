import { describe, expect, test } from 'vitest';
import type { Delegation } from '#domain/approvals/delegation/delegation';
import {
  type Acted,
  comment,
  decide,
  resubmit,
  revoke,
  submit,
  transfer,
  withdraw,
} from '#domain/approvals/process/act';
import type { Decision, FormEvent } from '#domain/approvals/process/form-event';
import {
  type FormState,
  formStateOf,
  NO_FORM,
  waitingFor,
} from '#domain/approvals/process/form-state';

type Story = readonly FormEvent[];

const DRAFT: Story = [{ kind: 'drafted', at: 0, by: 'wang', applicantId: 'wang', resubmits: null }];
const TEMPLATE = {
  version: 3,
  chain: { steps: [], fallback: { kind: 'refuse' }, unattended: 'refuse' },
} as const;
const NOTHING_LENT = { delegations: [], kind: 'leave' } as const;

function play(story: Story, act: (state: FormState) => Acted): Story {
  const acted = act(formStateOf(story));
  if (!acted.ok) throw new Error(acted.failure.en);
  return [...story, ...acted.value];
}

function waiting(mode: 'any' | 'all', ...approverIds: readonly string[]): Story {
  const steps = [{ id: 'one', mode, approverIds, via: 'chain' as const }];
  return play(DRAFT, (state) => submit(state, { by: 'wang', at: 1 }, TEMPLATE, { steps }));
}

function says(by: string, decision: Decision, delegations: readonly Delegation[] = []) {
  const act = { by, at: 50, decision, comment: 'seen' };
  return (state: FormState): Acted => decide(state, act, { delegations, kind: 'leave' });
}

function lent(fromPersonId: string, toPersonId: string): Delegation {
  const id = `${fromPersonId}-${toPersonId}`;
  return { id, fromPersonId, toPersonId, from: 0, to: 100, kinds: null, revokedAt: null };
}

function codeOf(acted: Acted): string {
  return acted.ok ? 'done' : acted.failure.code;
}

const statusOf = (story: Story): string => formStateOf(story).status;
const codeAfter = (story: Story, act: (state: FormState) => Acted): string =>
  codeOf(act(formStateOf(story)));

const handIn = (state: FormState): Acted =>
  submit(state, { by: 'wang', at: 2 }, TEMPLATE, { steps: [] });

const takeBack =
  (by: string) =>
  (state: FormState): Acted =>
    withdraw(state, { by, at: 3, reason: '' });

const take =
  (by: string, reason = 'came back early', office = 'approver' as const) =>
  (state: FormState): Acted =>
    revoke(state, { by, at: 9, reason, office });

const say =
  (text: string) =>
  (state: FormState): Acted =>
    comment(state, { by: 'li', at: 4, text });

const hand =
  (from: string, to: string, by = from) =>
  (state: FormState): Acted =>
    transfer(state, { by, at: 4, from, to, reason: 'knows better' });

const again =
  (by: string) =>
  (state: FormState): Acted =>
    resubmit(state, { by, at: 10, formId: 'f1' });

const APPROVED = play(waiting('any', 'li'), says('li', 'approve'));
const REJECTED = play(waiting('any', 'li'), says('li', 'reject'));

describe('handing in', () => {
  test('keeps the version of the template', () => {
    expect(formStateOf(waiting('any', 'li')).templateVersion).toBe(3);
  });

  test('happens once', () => {
    expect(codeAfter(waiting('any', 'li'), handIn)).toBe('notDraft');
  });
});

describe('a decision', () => {
  test.each([
    [waiting('any', 'li'), 'li', 'done', 'the one who is asked'],
    [waiting('any', 'li'), 'zhao', 'notYours', 'somebody else'],
    [waiting('any', 'li'), 'wang', 'ownForm', 'the applicant'],
    [DRAFT, 'li', 'notSubmitted', 'a draft is nobody’s to decide'],
    [APPROVED, 'li', 'formEnded', 'all is said'],
  ])('case %#', (story, by, code, _why) => {
    expect(codeAfter(story, says(by, 'approve'))).toBe(code);
  });

  test('against somebody says why', () => {
    const silent = { by: 'li', at: 2, decision: 'reject', comment: ' ' } as const;
    const act = (state: FormState): Acted => decide(state, silent, NOTHING_LENT);
    expect(codeAfter(waiting('any', 'li'), act)).toBe('reasonMissing');
    expect(statusOf(REJECTED)).toBe('rejected');
  });

  test('may be made with a lent vote, and says whose it was', () => {
    const story = play(waiting('all', 'li'), says('zhao', 'approve', [lent('li', 'zhao')]));
    expect(story.at(-1)).toMatchObject({ kind: 'decided', by: 'zhao', for: 'li' });
    expect(statusOf(story)).toBe('approved');
  });

  test('counts for oneself and for those whose votes one holds', () => {
    const story = play(waiting('all', 'zhao', 'li'), says('zhao', 'approve', [lent('li', 'zhao')]));
    expect(story.slice(2)).toMatchObject([{ for: 'zhao' }, { for: 'li' }]);
    expect(statusOf(story)).toBe('approved');
  });

  test('casts no vote that changes nothing any more', () => {
    const story = play(waiting('any', 'zhao', 'li'), says('zhao', 'approve', [lent('li', 'zhao')]));
    expect(story.slice(2)).toMatchObject([{ for: 'zhao' }]);
  });

  test('is never the applicant’s, not even with a lent vote', () => {
    const act = says('wang', 'approve', [lent('li', 'wang')]);
    expect(codeAfter(waiting('any', 'li'), act)).toBe('ownForm');
  });
});

describe('withdrawing', () => {
  test.each([
    [DRAFT, 'wang', 'done', 'a draft is thrown away'],
    [waiting('any', 'li'), 'wang', 'done', 'nobody has decided'],
    [waiting('any', 'li'), 'li', 'notApplicant', 'an approver rejects instead'],
    [APPROVED, 'wang', 'formEnded', 'an approved form is revoked instead'],
    [[], 'wang', 'notApplicant', 'there is none'],
  ])('case %#', (story, by, code, _why) => {
    expect(codeAfter(story, takeBack(by))).toBe(code);
  });
});

describe('revoking', () => {
  test('takes an approved form back, by whoever approved it', () => {
    expect(statusOf(play(APPROVED, take('li')))).toBe('revoked');
  });

  test('is open to whoever’s vote was lent', () => {
    const story = play(waiting('all', 'li'), says('zhao', 'approve', [lent('li', 'zhao')]));
    expect(codeAfter(story, take('zhao'))).toBe('done');
    expect(codeAfter(story, take('li'))).toBe('done');
  });

  test('is an administrator’s without a vote', () => {
    const act = { by: 'hr', at: 9, reason: 'mistake', office: 'administrator' } as const;
    expect(codeAfter(APPROVED, (state) => revoke(state, act))).toBe('done');
  });

  test.each([
    [APPROVED, 'wang', 'x', 'ownForm', 'the applicant asks somebody'],
    [APPROVED, 'zhao', 'x', 'notYours', 'did not vote'],
    [APPROVED, 'li', ' ', 'reasonMissing', 'does not say why'],
    [waiting('any', 'li'), 'li', 'x', 'notApproved', 'not yet approved'],
  ])('case %#', (story, by, reason, code) => {
    expect(codeAfter(story, take(by, reason))).toBe(code);
  });
});

describe('a comment', () => {
  test.each([
    [DRAFT, 'hello', 'done', 'before'],
    [REJECTED, 'hello', 'done', 'after the end too'],
    [DRAFT, '  ', 'reasonMissing', 'says nothing'],
    [[], 'hello', 'formAbsent', 'there is no form'],
  ])('case %#', (story, text, code, _why) => {
    expect(codeAfter(story, say(text))).toBe(code);
  });
});

describe('handing a vote over', () => {
  test('asks the other instead', () => {
    const story = play(waiting('all', 'li', 'zhao'), hand('li', 'chen'));
    expect(waitingFor(formStateOf(story))).toEqual(['chen', 'zhao']);
  });

  test.each([
    ['li', 'wang', 'hr', 'ownForm', 'never to the applicant'],
    ['li', 'chen', 'wang', 'ownForm', 'never by the applicant'],
    ['li', 'zhao', 'li', 'notTransferable', 'the other votes already'],
    ['chen', 'sun', 'chen', 'notTransferable', 'has no vote'],
  ])('%s to %s by %s: %s, %s', (from, to, by, code) => {
    expect(codeAfter(waiting('all', 'li', 'zhao'), hand(from, to, by))).toBe(code);
  });

  test('is too late once it is cast', () => {
    const story = play(waiting('all', 'li', 'zhao'), says('li', 'approve'));
    expect(codeAfter(story, hand('li', 'chen'))).toBe('notTransferable');
  });
});

describe('handing in again', () => {
  test('is a new form that names the old one', () => {
    const acted = again('wang')(formStateOf(REJECTED));
    expect(acted.ok && formStateOf(acted.value)).toMatchObject({
      status: 'draft',
      applicantId: 'wang',
      resubmits: 'f1',
    });
  });

  test.each([
    [REJECTED, 'li', 'notApplicant', 'only the applicant'],
    [APPROVED, 'wang', 'notEnded', 'it holds'],
    [waiting('any', 'li'), 'wang', 'notEnded', 'it waits'],
    [
      play(waiting('any', 'li'), (s) => withdraw(s, { by: 'wang', at: 3, reason: '' })),
      'wang',
      'done',
      'taken back',
    ],
    [
      play(APPROVED, (s) => revoke(s, { by: 'li', at: 3, reason: 'x', office: 'approver' })),
      'wang',
      'done',
      'revoked',
    ],
  ])('case %#', (story, by, code, _why) => {
    expect(codeAfter(story, again(by))).toBe(code);
  });

  test('of nothing is nothing', () => {
    expect(codeOf(again('wang')({ ...NO_FORM, status: 'withdrawn' }))).toBe('notApplicant');
  });
});
