import type { z } from 'zod';
import {
  type TemplateDraft,
  templateOf,
  type template as templateText,
} from '#contracts/rest/v1/approval-template';
import { checkTemplate, succeed } from '#domain/approvals/template/check-template';
import { failed, ok, type Result } from '#domain/result';
import { firstTemplates } from '#hub/approvals/first-templates';
import type { ApprovalFailure } from '#hub/approvals/form-failure';
import type {
  ApprovalTemplateRepository,
  StoredTemplate,
} from '#hub/storage/approval-template-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';

interface TemplateDeskDeps {
  readonly db: HubDatabase;
  readonly templates: ApprovalTemplateRepository;
  readonly clock: Clock;
}

export type TemplateText = z.output<typeof templateText>;
type Shown = Result<TemplateText, ApprovalFailure>;

/** Where forms are laid out. A version that is offered is never changed. */
export class TemplateDesk {
  readonly #deps: TemplateDeskDeps;

  constructor(deps: TemplateDeskDeps) {
    this.#deps = deps;
  }

  /** A company that has no forms yet gets the five. Doing it again changes nothing. */
  async found(): Promise<void> {
    const { db, templates } = this.#deps;
    await db.transaction(async () => {
      if ((await templates.offered()).length > 0) return;
      const atMs = this.#atMs();
      for (const [id, draft] of firstTemplates()) {
        await templates.publish({ id, version: 1 }, draft, atMs);
      }
    });
  }

  async list(): Promise<{ templates: TemplateText[]; drafts: TemplateText[] }> {
    const { templates } = this.#deps;
    return {
      templates: (await templates.offered()).map(shown),
      drafts: (await templates.drafts()).map(shown),
    };
  }

  /** What contradicts itself is told at once; it could not be offered anyway. */
  async draft(id: string, draft: TemplateDraft): Promise<Shown> {
    const faults = checkTemplate(templateOf({ id, version: 0 }, draft));
    if (faults.length > 0) return failed({ kind: 'invalid', faults });
    await this.#deps.templates.saveDraft(id, draft, this.#atMs());
    return ok({ ...draft, id, version: 0, publishedAt: null });
  }

  async publish(id: string): Promise<Shown> {
    const { db, templates } = this.#deps;
    return await db.transaction(async (): Promise<Shown> => {
      const draft = await templates.draft(id);
      if (draft === undefined) return failed({ kind: 'absent' });
      const before = await templates.get(id);
      const next = succeed(before?.template ?? null, draft.template);
      if (!next.ok) return failed({ kind: 'conflict', faults: next.failure });
      const { version } = next.value;
      const atMs = this.#atMs();
      await templates.publish({ id, version }, draft.draft, atMs);
      return ok(shown({ ...draft, version, publishedAtMs: atMs }));
    });
  }

  #atMs(): number {
    return this.#deps.clock.now().epochMilliseconds;
  }
}

function shown({ id, version, draft, publishedAtMs }: StoredTemplate): TemplateText {
  const publishedAt =
    publishedAtMs === null
      ? null
      : Temporal.Instant.fromEpochMilliseconds(publishedAtMs).toString();
  return { ...draft, id, version, publishedAt };
}
