import type { z } from 'zod';
import { instantText } from '#contracts/attendance/day-mapper';
import type { attachment, FormContentText } from '#contracts/rest/v1/approval-form';
import type { Form, FormHistory, FormPreview } from '#contracts/rest/v1/approvals';
import type { Bilingual } from '#domain/approvals/bilingual';
import type { ResolvedStep } from '#domain/approvals/chain/resolve-chain';
import { type Delegation, standInsOf } from '#domain/approvals/delegation/delegation';
import type { FormLength } from '#domain/approvals/form/length';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { formStateOf, waitingFor } from '#domain/approvals/process/form-state';
import type { Preview } from '#domain/approvals/submission/submission';
import type { FormKind, Template } from '#domain/approvals/template/template';
import { assert } from '#domain/assert';
import { isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** What is stored of a form beside its events. */
export interface StoredForm {
  readonly formId: string;
  readonly templateId: string;
  readonly kind: FormKind;
  readonly content: FormContentText;
  readonly attachments: z.output<typeof attachment>[];
  readonly length: FormLength | null;
  readonly events: readonly FormEvent[];
}

/** What a form is shown with. */
export interface FormSetting {
  /** Of the template version it was submitted on. */
  readonly stepNames: ReadonlyMap<string, Bilingual>;
  readonly delegations: readonly Delegation[];
  readonly clock: ZoneClock;
  /** Epoch second. */
  readonly now: number;
}

/** A form as people see it: where it stands, whom it waits for, and how it got there. */
export function formViewOf(stored: StoredForm, setting: FormSetting): Form {
  const { events, ...content } = stored;
  const { delegations, clock, now } = setting;
  const state = formStateOf(events);
  const { status, applicantId, origin, resubmits, revision, templateVersion } = state;
  assert(status !== 'none' && applicantId !== null, 'a stored form begins with its first event');
  const moment = (at: number | null) => (at === null ? null : instantText(at, clock));
  return {
    ...content,
    status,
    applicantId,
    origin,
    resubmits,
    revision,
    templateVersion,
    submittedAt: moment(state.submittedAt),
    endedAt: moment(state.endedAt),
    steps: state.steps.map(({ votes, ...step }) => ({
      ...stepViewOf(step, setting.stepNames),
      votes: votes.map((vote) => ({ ...vote, at: instantText(vote.at, clock) })),
    })),
    waitingFor: waitingFor(state).map((personId) => ({
      personId,
      standIns: [...standInsOf(personId, delegations, { at: now, kind: stored.kind })],
    })),
    history: events.map((event) => historyOf(event, clock)),
  };
}

/** What a form would come to, as it is shown while it is written. */
export function previewViewOf(preview: Preview, { chain }: Pick<Template, 'chain'>): FormPreview {
  const names = new Map(chain.steps.map(({ id, name }) => [id, name]));
  return {
    length: preview.length,
    amounts: preview.amounts.map(({ date, amount }) => ({ date: isoOf(date), amount })),
    leftAfter: preview.leftAfter,
    overlaps: [...preview.overlaps],
    chain:
      preview.chain === null
        ? null
        : {
            steps: preview.chain.steps.map((step) => stepViewOf(step, names)),
            dropped: [...preview.chain.dropped],
          },
    faults: [...preview.faults],
  };
}

/** A step goes by the name its template gave it; one without a name by its id. */
function stepViewOf(
  { id, mode, approverIds, via }: ResolvedStep,
  names: ReadonlyMap<string, Bilingual>,
): Omit<Form['steps'][number], 'votes'> {
  return {
    id,
    name: names.get(id) ?? { 'zh-CN': id, en: id },
    mode,
    approverIds: [...approverIds],
    via,
  };
}

function historyOf(event: FormEvent, clock: ZoneClock): FormHistory {
  const { kind, by } = event;
  const line = { kind, by, at: instantText(event.at, clock) };
  switch (event.kind) {
    case 'decided': {
      const { decision, comment } = event;
      return { ...line, for: event.for, decision, text: comment };
    }
    case 'transferred':
      return { ...line, for: event.from, to: event.to, text: event.reason };
    case 'commented':
      return { ...line, text: event.text };
    case 'withdrawn':
    case 'revoked':
      return { ...line, text: event.reason };
    case 'imported':
      return { ...line, text: `${event.source} ${event.foreignId}` };
    case 'amended':
      return { ...line, fields: [...event.fields] };
    case 'drafted':
    case 'submitted':
      return line;
  }
}
