import { z } from 'zod';
import {
  type TemplateDraft,
  templateDraft,
  templateOf,
} from '#contracts/rest/v1/approval-template';
import type { Template } from '#domain/approvals/template/template';
import type { HubDatabase } from '#hub/storage/hub-database';

/** A version as it was published, or a draft: version 0. */
export interface StoredTemplate {
  readonly id: string;
  readonly version: number;
  readonly draft: TemplateDraft;
  /** As the rules take it. */
  readonly template: Template;
  readonly publishedAtMs: number | null;
}

const savedDraft = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(templateDraft);

/** What forms ask: versions that are never changed, and one draft each. */
export class ApprovalTemplateRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Of each template the version that is offered now. */
  async offered(): Promise<StoredTemplate[]> {
    const rows = await this.#db.now
      .selectFrom('approval_templates as t')
      .selectAll('t')
      .where((of) =>
        of.not(
          of.exists(
            of
              .selectFrom('approval_templates as later')
              .select('later.version')
              .whereRef('later.template_id', '=', 't.template_id')
              .whereRef('later.version', '>', 't.version'),
          ),
        ),
      )
      .orderBy('t.template_id')
      .execute();
    return rows.map((row) => storedOf({ ...row, published_at_ms: row.published_at_ms }));
  }

  /** The version that is offered now, or a certain one. */
  async get(templateId: string, version?: number): Promise<StoredTemplate | undefined> {
    const row = await this.#db.now
      .selectFrom('approval_templates')
      .selectAll()
      .where('template_id', '=', templateId)
      .$if(version !== undefined, (all) => all.where('version', '=', version ?? 0))
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : storedOf(row);
  }

  /** When a template was offered for the first time. */
  async firstOfferedMs(templateId: string): Promise<number | undefined> {
    const row = await this.#db.now
      .selectFrom('approval_templates')
      .select((of) => of.fn.min('published_at_ms').as('first'))
      .where('template_id', '=', templateId)
      .executeTakeFirst();
    return row?.first ?? undefined;
  }

  async drafts(): Promise<StoredTemplate[]> {
    const rows = await this.#db.now
      .selectFrom('approval_template_drafts')
      .selectAll()
      .orderBy('template_id')
      .execute();
    return rows.map((row) => storedOf({ ...row, version: 0, published_at_ms: null }));
  }

  async draft(templateId: string): Promise<StoredTemplate | undefined> {
    return (await this.drafts()).find(({ id }) => id === templateId);
  }

  async saveDraft(templateId: string, draft: TemplateDraft, atMs: number): Promise<void> {
    await this.#db.now
      .insertInto('approval_template_drafts')
      .values({ template_id: templateId, body: JSON.stringify(draft), saved_at_ms: atMs })
      .onConflict((conflict) =>
        conflict.column('template_id').doUpdateSet((row) => ({
          body: row.ref('excluded.body'),
          saved_at_ms: row.ref('excluded.saved_at_ms'),
        })),
      )
      .execute();
  }

  async publish(
    { id, version }: Pick<StoredTemplate, 'id' | 'version'>,
    draft: TemplateDraft,
    atMs: number,
  ): Promise<void> {
    await this.#db.now
      .insertInto('approval_templates')
      .values({ template_id: id, version, body: JSON.stringify(draft), published_at_ms: atMs })
      .execute();
    await this.#db.now
      .deleteFrom('approval_template_drafts')
      .where('template_id', '=', id)
      .execute();
  }
}

function storedOf(row: {
  readonly template_id: string;
  readonly version: number;
  readonly body: string;
  readonly published_at_ms: number | null;
}): StoredTemplate {
  const { template_id: id, version } = row;
  const draft = savedDraft.parse(row.body);
  return {
    id,
    version,
    draft,
    template: templateOf({ id, version }, draft),
    publishedAtMs: row.published_at_ms,
  };
}
