import { describe, expect, test } from 'vitest';
import { formViewOf, previewViewOf, type StoredForm } from '#contracts/rest/v1/approval-view';
import { form, formPreview } from '#contracts/rest/v1/approvals';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { zoneClock } from '#domain/attendance/time/zone-clock';

const clock = zoneClock('Asia/Shanghai');
const FORM_ID = '3f0e8a52-3f0b-4f4d-9a51-2f8c35a8f0aa';
const NAME = { 'zh-CN': '直属主管', en: 'Manager' };
const AT = 1_772_413_200; // 2026-03-02T09:00+08:00

const BEGUN: readonly FormEvent[] = [
  { kind: 'drafted', at: AT, by: 'wang', applicantId: 'wang', resubmits: null },
  {
    kind: 'submitted',
    at: AT + 60,
    by: 'wang',
    templateVersion: 2,
    steps: [{ id: 'lead', mode: 'all', approverIds: ['li', 'sun'], via: 'chain' }],
    unattended: 'refuse',
  },
];

function stored(...more: readonly FormEvent[]): StoredForm {
  return {
    formId: FORM_ID,
    templateId: 'leave',
    kind: 'leave',
    content: {
      subject: { kind: 'leave', leaveTypeId: 'annual', from: '2026-03-02', to: '2026-03-02' },
      reason: '',
      answers: {},
      attachmentIds: [],
    },
    attachments: [],
    length: { unit: 'halfDays', halfDays: 2 },
    events: [...BEGUN, ...more],
  };
}

const setting = {
  stepNames: new Map([['lead', NAME]]),
  delegations: [
    {
      id: 'd1',
      fromPersonId: 'li',
      toPersonId: 'zhao',
      from: AT,
      to: AT + 3600,
      kinds: null,
      revokedAt: null,
    },
  ],
  clock,
  now: AT + 120,
};

const VOTE: FormEvent = {
  kind: 'decided',
  at: AT + 120,
  by: 'zhao',
  stepId: 'lead',
  for: 'li',
  decision: 'approve',
  comment: 'fine',
};

describe('a form over the wire', () => {
  test('says whom it waits for, and who may stand in', () => {
    const view = formViewOf(stored(), setting);
    expect(form.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      status: 'submitted',
      templateVersion: 2,
      submittedAt: '2026-03-02T09:01:00+08:00',
      endedAt: null,
      steps: [{ id: 'lead', name: NAME, votes: [] }],
      waitingFor: [
        { personId: 'li', standIns: ['zhao'] },
        { personId: 'sun', standIns: [] },
      ],
    });
  });

  test('tells its whole history, each vote with whose it was', () => {
    const view = formViewOf(
      stored(
        VOTE,
        { kind: 'commented', at: AT + 130, by: 'wang', text: 'thanks' },
        {
          kind: 'transferred',
          at: AT + 140,
          by: 'sun',
          stepId: 'lead',
          from: 'sun',
          to: 'wu',
          reason: 'away',
        },
        { ...VOTE, at: AT + 150, by: 'wu', for: 'wu' },
        { kind: 'revoked', at: AT + 160, by: 'wu', reason: 'came back' },
      ),
      setting,
    );
    expect(form.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      status: 'revoked',
      endedAt: '2026-03-02T09:02:40+08:00',
      waitingFor: [],
    });
    expect(view.history.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['drafted', 'wang', undefined],
      ['submitted', 'wang', undefined],
      ['decided', 'zhao', 'fine'],
      ['commented', 'wang', 'thanks'],
      ['transferred', 'sun', 'away'],
      ['decided', 'wu', 'fine'],
      ['revoked', 'wu', 'came back'],
    ]);
    expect(view.history[2]).toMatchObject({ for: 'li', decision: 'approve' });
  });

  test('of another system says where it came from and what was changed', () => {
    const events: readonly FormEvent[] = [
      { kind: 'imported', at: AT, by: 'oa', applicantId: 'wang', source: 'oa', foreignId: 'F-1' },
      { kind: 'amended', at: AT + 60, by: 'oa', fields: ['to'] },
    ];
    const view = formViewOf({ ...stored(), events }, setting);
    expect(form.parse(view)).toEqual(view);
    expect(view).toMatchObject({ origin: 'foreign', status: 'approved', templateVersion: null });
    expect(view.history).toMatchObject([{ text: 'oa F-1' }, { fields: ['to'] }]);
  });

  test('a step without a name goes by its id', () => {
    const view = formViewOf(stored(), { ...setting, stepNames: new Map() });
    expect(view.steps[0]?.name).toEqual({ 'zh-CN': 'lead', en: 'lead' });
  });
});

describe('a preview over the wire', () => {
  const chain = {
    steps: [{ id: 'lead', name: NAME, mode: 'any', approvers: [], when: [] }],
    fallback: { kind: 'refuse' },
    unattended: 'refuse',
  } as const;
  const preview = {
    length: { unit: 'halfDays', halfDays: 2 },
    amounts: [{ date: 20_514, amount: 2 }],
    leftAfter: 8,
    overlaps: [],
    faults: [],
  } as const;

  test('names the steps as the template does', () => {
    const steps = [{ id: 'lead', mode: 'any', approverIds: ['li'], via: 'chain' }] as const;
    const resolved = { steps, dropped: [] };
    const view = previewViewOf({ ...preview, chain: resolved }, { chain });
    expect(formPreview.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      amounts: [{ date: '2026-03-02', amount: 2 }],
      chain: { steps: [{ name: NAME }] },
    });
  });

  test('of a refused form asks nobody', () => {
    const fault = { code: 'evidence', path: 'attachments', 'zh-CN': '请上传', en: 'attach it' };
    const view = previewViewOf({ ...preview, chain: null, faults: [fault] }, { chain });
    expect(formPreview.parse(view)).toMatchObject({ chain: null, faults: [fault] });
  });
});
