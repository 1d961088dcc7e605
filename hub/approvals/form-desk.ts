import { randomUUID } from 'node:crypto';
import { contentOf, type FormContentText } from '#contracts/rest/v1/approval-form';
import type { NewForm } from '#contracts/rest/v1/approvals';
import { ATTACHMENT_TYPES, judgeFile } from '#domain/approvals/attachment/attachment';
import { bilingual } from '#domain/approvals/bilingual';
import type { Delegation } from '#domain/approvals/delegation/delegation';
import { type Fault, fault } from '#domain/approvals/fault';
import type { FormContent } from '#domain/approvals/form/form';
import { type Acted, resubmit, submit } from '#domain/approvals/process/act';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { formStateOf } from '#domain/approvals/process/form-state';
import { type Preview, previewOf } from '#domain/approvals/submission/submission';
import type { Template } from '#domain/approvals/template/template';
import { isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import { failed, ok, type Result } from '#domain/result';
import type { Caller } from '#hub/approvals/caller';
import { takeEffect } from '#hub/approvals/form-effect';
import type { ApprovalFailure } from '#hub/approvals/form-failure';
import { horizonFaults } from '#hub/approvals/form-horizon';
import { datesOf, type SubmissionReader } from '#hub/approvals/submission-reader';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { RecordDesk } from '#hub/attendance/record-desk';
import type {
  ApprovalTemplateRepository,
  StoredTemplate,
} from '#hub/storage/approval-template-repository';
import type { Applicant, ApproverRepository } from '#hub/storage/approver-repository';
import type { AttachmentRepository } from '#hub/storage/attachment-repository';
import type { DelegationRepository } from '#hub/storage/delegation-repository';
import type { FormRepository, StoredFormRow } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';

export interface FormDeskDeps {
  readonly db: HubDatabase;
  readonly forms: FormRepository;
  readonly templates: ApprovalTemplateRepository;
  readonly attachments: AttachmentRepository;
  readonly delegations: DelegationRepository;
  readonly approvers: ApproverRepository;
  readonly submissions: SubmissionReader;
  readonly recordDesk: RecordDesk;
  readonly world: AttendanceWorld;
  /** Called after each commit that left days to compute. */
  readonly onMarked: () => void;
}

export type FormAnswer = Result<StoredFormRow, ApprovalFailure>;

/** What an act is judged by beside the form itself. */
export interface ActSetting {
  readonly by: string;
  /** Epoch second. */
  readonly at: number;
  /** Of everybody who is asked. */
  readonly delegations: readonly Delegation[];
  /** Whether the applicant lies in what the caller is in charge of. */
  readonly isInOffice: boolean;
}

/**
 * Where forms are written, handed in and decided. Each act is judged and written in one unit of work,
 * and what it means for days is written with it.
 */
export class FormDesk {
  readonly #deps: FormDeskDeps;

  constructor(deps: FormDeskDeps) {
    this.#deps = deps;
  }

  async preview(
    caller: Caller,
    given: NewForm,
  ): Promise<Result<{ preview: Preview; template: Template }, ApprovalFailure>> {
    const { db, submissions } = this.#deps;
    return await db.transaction(async () => {
      const begun = await this.#begun(caller, given);
      if (!begun.ok) return begun;
      const { template, applicant, content } = begun.value;
      const held = { formId: given.resubmits ?? '', applicant, content };
      const facts = await submissions.read(held, template);
      return ok({ preview: previewOf(content, facts), template: template.template });
    });
  }

  async begin(caller: Caller, given: NewForm): Promise<FormAnswer> {
    const { db, forms, attachments } = this.#deps;
    return await db.transaction(async () => {
      const begun = await this.#begun(caller, given);
      if (!begun.ok) return begun;
      const { applicant, template, content, clock } = begun.value;
      const at = await this.#now();
      const formId = randomUUID();
      const drafted = await this.#drafted(caller, { given, applicant, at });
      if (!drafted.ok) return drafted;
      const form: Omit<StoredFormRow, 'state'> = {
        formId,
        templateId: template.id,
        kind: template.template.kind,
        applicantId: applicant.personId,
        name: nameOf(template.template, given.content, applicant),
        content: given.content,
        ...columnsOf(content, clock),
        length: null,
        amounts: [],
        foreign: null,
        begunAtMs: at * 1000,
        events: drafted.value,
      };
      await forms.add(form);
      await attachments.bind(formId, filesIn(given.content));
      return ok({ ...form, state: formStateOf(form.events) });
    });
  }

  /** @param isExpected whether the draft is the one the caller has seen */
  async change(
    caller: Caller,
    { formId, content: text }: { readonly formId: string; readonly content: FormContentText },
    isExpected: (form: StoredFormRow) => boolean,
  ): Promise<FormAnswer> {
    const { db, forms, attachments, templates } = this.#deps;
    return await db.transaction(async () => {
      const form = await forms.seen(formId, caller);
      if (form === undefined) return failed({ kind: 'absent' });
      if (!isExpected(form)) return failed({ kind: 'stale' });
      if (!isWriter(form, caller)) return failed({ kind: 'conflict', faults: [NOT_YOURS] });
      if (form.state.status !== 'draft') return failed({ kind: 'conflict', faults: [NOT_DRAFT] });
      const template = await templates.get(form.templateId);
      if (template === undefined) return failed({ kind: 'absent' });
      const read = await this.#contentOf(caller, text, { formId, template });
      if (!read.ok) return read;
      const changed = {
        ...form,
        content: text,
        ...columnsOf(read.value.content, read.value.clock),
      };
      await forms.rewrite(changed, (await this.#now()) * 1000);
      await attachments.bind(formId, filesIn(text));
      return ok(changed);
    });
  }

  async submit(
    caller: Caller,
    { formId, revision }: { readonly formId: string; readonly revision: number },
  ): Promise<FormAnswer> {
    return await this.#commit(async () => {
      const { forms, templates, approvers, submissions } = this.#deps;
      const form = await forms.seen(formId, caller);
      if (form === undefined) return failed({ kind: 'absent' });
      if (form.state.revision !== revision) return failed({ kind: 'stale' });
      if (!isWriter(form, caller)) return failed({ kind: 'conflict', faults: [NOT_YOURS] });
      const template = await templates.get(form.templateId);
      const applicant = await approvers.applicant(form.applicantId, EVERYBODY);
      if (template === undefined || applicant === undefined) return failed({ kind: 'absent' });
      const read = await this.#contentOf(caller, form.content, { formId, template });
      if (!read.ok) return read;
      const { content } = read.value;
      const facts = await submissions.read({ formId, applicant, content }, template);
      const preview = previewOf(content, facts);
      const at = await this.#now();
      if (preview.chain === null || preview.faults.length > 0) {
        return failed({ kind: 'conflict', faults: preview.faults });
      }
      const acted = submit(form.state, { by: caller.by, at }, template.template, preview.chain);
      if (!acted.ok) return failed({ kind: 'conflict', faults: [acted.failure] });
      const judged = { ...form, length: preview.length, amounts: amountsOf(preview) };
      const named = { ...judged, name: nameOf(template.template, form.content, applicant) };
      await forms.rewrite(named, at * 1000);
      return ok(await this.#append(named, acted.value));
    });
  }

  /** One act on a form that somebody can see. */
  async act(
    caller: Caller,
    { formId, revision }: { readonly formId: string; readonly revision: number | undefined },
    judge: (form: StoredFormRow, setting: ActSetting) => Acted,
  ): Promise<FormAnswer> {
    return await this.#commit(async () => {
      const { forms, approvers, delegations } = this.#deps;
      const form = await forms.seen(formId, caller);
      if (form === undefined) return failed({ kind: 'absent' });
      if (revision !== undefined && form.state.revision !== revision) {
        return failed({ kind: 'stale' });
      }
      const at = await this.#now();
      const asked = form.state.steps.flatMap((step) => step.approverIds);
      const lent = await delegations.touching([...new Set(asked)], at);
      const inOffice = await approvers.applicant(form.applicantId, caller.office);
      const setting = { by: caller.by, at, delegations: lent, isInOffice: inOffice !== undefined };
      const acted = judge(form, setting);
      if (!acted.ok) return failed({ kind: 'conflict', faults: [acted.failure] });
      return ok(await this.#append(form, acted.value));
    });
  }

  /** Somebody a vote can be handed to. */
  async isApprover(personId: string): Promise<boolean> {
    const { approvers, world } = this.#deps;
    const { day: today } = await world.today();
    const { people } = await approvers.organisation([personId], isoOf(today));
    return people.get(personId)?.employed === true;
  }

  async #append(form: StoredFormRow, events: readonly FormEvent[]): Promise<StoredFormRow> {
    const { forms, recordDesk } = this.#deps;
    const at = await this.#now();
    const next = await forms.append(form, events, at * 1000);
    if (next.state.status !== form.state.status) {
      await takeEffect(next, recordDesk, await this.#clock());
    }
    return next;
  }

  async #commit(work: () => Promise<FormAnswer>): Promise<FormAnswer> {
    const { db, onMarked } = this.#deps;
    const answer = await db.transaction(work);
    if (answer.ok) onMarked();
    return answer;
  }

  async #begun(caller: Caller, given: NewForm): Promise<Result<Begun, ApprovalFailure>> {
    const { templates, approvers } = this.#deps;
    const applicantId = given.applicantId ?? caller.personId;
    if (applicantId === null) return failed({ kind: 'invalid', faults: [NO_APPLICANT] });
    const reach = applicantId === caller.personId ? EVERYBODY : caller.office;
    const applicant = await approvers.applicant(applicantId, reach);
    const template = await templates.get(given.templateId);
    if (applicant === undefined || template === undefined) return failed({ kind: 'absent' });
    const read = await this.#contentOf(caller, given.content, { formId: '', template });
    return read.ok ? ok({ ...read.value, applicant, template }) : read;
  }

  async #contentOf(
    caller: Caller,
    text: FormContentText,
    { formId, template }: { readonly formId: string; readonly template: StoredTemplate },
  ): Promise<Result<Pick<Begun, 'content' | 'clock'>, ApprovalFailure>> {
    if (text.subject.kind !== template.template.kind) {
      return failed({ kind: 'invalid', faults: [OTHER_KIND] });
    }
    const ids = filesIn(text);
    const files = await this.#deps.attachments.usable(ids, caller.by, formId);
    if (new Set(files.map(({ id }) => id)).size < new Set(ids).size) {
      return failed({ kind: 'invalid', faults: [NO_SUCH_FILE] });
    }
    const clock = await this.#clock();
    const content = contentOf(text, clock, new Map(files.map((file) => [file.id, file])));
    const beyond = horizonFaults(content.subject, clock);
    const faults = [...beyond, ...fileFaults(content, template.template)];
    return faults.length > 0 ? failed({ kind: 'invalid', faults }) : ok({ content, clock });
  }

  /** A form that takes up another one begins where that one ended. */
  async #drafted(
    caller: Caller,
    { given, applicant, at }: { given: NewForm; applicant: Applicant; at: number },
  ): Promise<Result<readonly FormEvent[], ApprovalFailure>> {
    const { by } = caller;
    const { personId: applicantId } = applicant;
    if (given.resubmits === undefined) {
      return ok([{ kind: 'drafted', at, by, applicantId, resubmits: null }]);
    }
    const before = await this.#deps.forms.seen(given.resubmits, caller);
    if (before === undefined) return failed({ kind: 'absent' });
    const again = resubmit(before.state, { by, at, formId: before.formId });
    return again.ok ? again : failed({ kind: 'conflict', faults: [again.failure] });
  }

  async #now(): Promise<number> {
    return (await this.#deps.world.today()).now;
  }

  async #clock(): Promise<ZoneClock> {
    const { world } = await this.#deps.world.now();
    return world.clockOf(world.zone);
  }
}

interface Begun {
  readonly applicant: Applicant;
  readonly template: StoredTemplate;
  readonly content: FormContent;
  readonly clock: ZoneClock;
}

const EVERYBODY = { kind: 'everybody', except: new Set<string>() } as const;

/** The applicant, or whoever began it for them. */
function isWriter({ applicantId, events }: StoredFormRow, { by }: Caller): boolean {
  return applicantId === by || events[0]?.by === by;
}

function filesIn({ attachmentIds, answers }: FormContentText): readonly string[] {
  const answered = Object.values(answers).flatMap((answer) =>
    answer.type === 'attachment' ? answer.attachmentIds : [],
  );
  return [...new Set([...attachmentIds, ...answered])];
}

/** Each file was taken by what any form may hold; this form may take less. */
function fileFaults({ attachments, answers }: FormContent, template: Template): readonly Fault[] {
  const given = [
    { files: attachments, rule: template.attachments },
    ...template.fields.flatMap((field) => {
      const answer = answers.get(field.id);
      if (field.type !== 'attachment' || answer?.type !== 'attachment') return [];
      return [{ files: answer.files, rule: field.rule }];
    }),
  ];
  return given.flatMap(({ files, rule }) =>
    files.flatMap(({ type, bytes, name }) =>
      judgeFile({ mime: ATTACHMENT_TYPES[type].mimes[0] ?? null, bytes, name }, rule),
    ),
  );
}

function columnsOf({ subject }: FormContent, clock: ZoneClock) {
  const { from, to } = datesOf(subject, clock);
  return {
    range: { from: isoOf(from), to: isoOf(to) },
    leaveTypeId: subject.kind === 'leave' ? subject.leaveTypeId : null,
  };
}

/** As explanations call the form, in the language of whoever applied. */
function nameOf(template: Template, { subject }: FormContentText, { locale }: Applicant): string {
  const leave =
    subject.kind === 'leave'
      ? template.leaveTypes.find(({ id }) => id === subject.leaveTypeId)
      : undefined;
  return (leave ?? template).name[locale];
}

function amountsOf({ amounts }: Preview) {
  return amounts.map(({ date, amount }) => ({ date: isoOf(date), amount }));
}

const NO_APPLICANT: Fault = fault(
  'applicant',
  'applicantId',
  bilingual(
    '此账号没有对应的员工，请写明为谁申请',
    'this account belongs to no member of staff; say for whom the form is',
  ),
);
const OTHER_KIND: Fault = fault(
  'kind',
  'content.subject.kind',
  bilingual(
    '这不是该模板的表单类型，请重新选择模板',
    'the template is of another kind; choose another template',
  ),
);
const NO_SUCH_FILE: Fault = fault(
  'attachmentAbsent',
  'content.attachmentIds',
  bilingual(
    '有附件不存在或不属于您，请重新上传',
    'a file is not there, or is not yours; send it again',
  ),
);
const NOT_YOURS: Fault = fault(
  'notApplicant',
  '',
  bilingual('只有申请人本人可以这样做', 'only the applicant can do this'),
);
const NOT_DRAFT: Fault = fault(
  'notDraft',
  '',
  bilingual(
    '这张单已经提交过了，请撤回后重新填写',
    'this form was handed in already; withdraw it and write a new one',
  ),
);
