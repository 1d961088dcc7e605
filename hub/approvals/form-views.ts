import { formViewOf } from '#contracts/rest/v1/approval-view';
import type { Form } from '#contracts/rest/v1/approvals';
import type { Bilingual } from '#domain/approvals/bilingual';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import { type AttachmentRepository, shownAttachment } from '#hub/storage/attachment-repository';
import type { DelegationRepository } from '#hub/storage/delegation-repository';
import type { StoredFormRow } from '#hub/storage/form-repository';

interface ViewsDeps {
  readonly templates: ApprovalTemplateRepository;
  readonly attachments: AttachmentRepository;
  readonly delegations: DelegationRepository;
  readonly world: AttendanceWorld;
}

/** Puts together what people see of forms. */
export class FormViews {
  readonly #deps: ViewsDeps;

  constructor(deps: ViewsDeps) {
    this.#deps = deps;
  }

  async one(form: StoredFormRow): Promise<Form> {
    const [view] = await this.of([form]);
    if (view === undefined) throw new RangeError('one form has one view');
    return view;
  }

  async of(forms: readonly StoredFormRow[]): Promise<Form[]> {
    const { attachments, delegations, world } = this.#deps;
    const { now } = await world.today();
    const clock = await this.#clock();
    const asked = forms.flatMap(({ state }) => state.steps.flatMap((step) => step.approverIds));
    const lent = await delegations.touching([...new Set(asked)], now);
    const files = await attachments.ofForms(forms.map(({ formId }) => formId));
    const views: Form[] = [];
    for (const form of forms) {
      const { formId, templateId, kind, content, length, events } = form;
      const own = files.filter((file) => file.formId === formId).map(shownAttachment);
      const stored = { formId, templateId, kind, content, length, events, attachments: own };
      const stepNames = await this.#stepNames(form);
      views.push(formViewOf(stored, { stepNames, delegations: lent, clock, now }));
    }
    return views;
  }

  async #clock(): Promise<ZoneClock> {
    const { world } = await this.#deps.world.now();
    return world.clockOf(world.zone);
  }

  async #stepNames({ templateId, state }: StoredFormRow): Promise<ReadonlyMap<string, Bilingual>> {
    if (state.templateVersion === null) return new Map();
    const template = await this.#deps.templates.get(templateId, state.templateVersion);
    return new Map(template?.template.chain.steps.map(({ id, name }) => [id, name]));
  }
}
