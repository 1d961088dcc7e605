import { relieve } from '#domain/approvals/process/leavers';
import { isoOf } from '#domain/attendance/time/day-number';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import type { ApproverRepository } from '#hub/storage/approver-repository';
import type { FormRepository, StoredFormRow } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';

interface ReliefDeps {
  readonly db: HubDatabase;
  readonly forms: FormRepository;
  readonly approvers: ApproverRepository;
  readonly templates: ApprovalTemplateRepository;
  readonly world: AttendanceWorld;
}

/** Keeps forms going when an approver leaves. */
export class VoteRelief {
  readonly #deps: ReliefDeps;

  constructor(deps: ReliefDeps) {
    this.#deps = deps;
  }

  /** Doing it again does nothing. @returns how many forms nobody could be found for */
  async handOn(): Promise<number> {
    const { db, approvers, forms, world } = this.#deps;
    return await db.transaction(async () => {
      const { day, now: at } = await world.today();
      const today = isoOf(day);
      let stuck = 0;
      for (const form of await forms.waitingFor(await approvers.leavers(today))) {
        stuck += Number(!(await this.#relieve(form, { today, at })));
      }
      return stuck;
    });
  }

  async #relieve(
    form: StoredFormRow,
    { today, at }: { readonly today: string; readonly at: number },
  ): Promise<boolean> {
    const { approvers, forms, templates } = this.#deps;
    const { templateVersion, steps } = form.state;
    const template = await templates.get(form.templateId, templateVersion ?? undefined);
    const fallback = template?.template.chain.fallback ?? { kind: 'refuse' as const };
    const standIns = fallback.kind === 'people' ? fallback.personIds : [];
    const named = [form.applicantId, ...steps.flatMap((step) => step.approverIds), ...standIns];
    const organisation = await approvers.organisation(named, today);
    const act = { by: 'system:approvals', at, reason: LEFT };
    const { transfers, stuck } = relieve(form.state, organisation, fallback, act);
    if (transfers.length > 0) await forms.append(form, transfers, at * 1000);
    return stuck.length === 0;
  }
}

/** Kept with the form for good, whoever reads it. */
const LEFT = '原审批人已离职，自动转交 · the approver has left; handed on';
