import { z } from 'zod';
import { type PayrollTemplateText, payrollTemplate } from '#contracts/rest/v1/payroll';
import type { HubDatabase } from '#hub/storage/hub-database';

/** One version of a payroll template. */
export interface SavedPayrollTemplate {
  readonly templateId: string;
  readonly version: number;
  readonly template: PayrollTemplateText;
  readonly savedAtMs: number;
}

/** Who saved it, and when. */
export interface Saving {
  readonly by: string;
  readonly atMs: number;
}

const savedTemplate = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(payrollTemplate);

/** Templates of payroll sheets: versions that are never changed. They hold nothing about anybody. */
export class PayrollTemplateRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** The newest version of each that is on the list. */
  async list(): Promise<SavedPayrollTemplate[]> {
    const rows = await this.#newest().orderBy('t.template_id').execute();
    return rows.map(templateFrom);
  }

  async count(): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('payroll_templates')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('retired_at_ms', 'is', null)
      .executeTakeFirstOrThrow();
    return n;
  }

  async get(templateId: string): Promise<SavedPayrollTemplate | undefined> {
    const row = await this.#newest().where('t.template_id', '=', templateId).executeTakeFirst();
    return row === undefined ? undefined : templateFrom(row);
  }

  /** Newest first, also of what is off the list. */
  async versions(templateId: string): Promise<SavedPayrollTemplate[]> {
    const rows = await this.#db.now
      .selectFrom('payroll_template_versions')
      .selectAll()
      .where('template_id', '=', templateId)
      .orderBy('version', 'desc')
      .execute();
    return rows.map(templateFrom);
  }

  async version(templateId: string, version: number): Promise<SavedPayrollTemplate | undefined> {
    const row = await this.#db.now
      .selectFrom('payroll_template_versions')
      .selectAll()
      .where('template_id', '=', templateId)
      .where('version', '=', version)
      .executeTakeFirst();
    return row === undefined ? undefined : templateFrom(row);
  }

  async add(templateId: string, template: PayrollTemplateText, saving: Saving): Promise<void> {
    await this.#db.now
      .insertInto('payroll_templates')
      .values({ template_id: templateId, version: 1 })
      .execute();
    await this.#addVersion({ templateId, version: 1, template }, saving);
  }

  async change(changed: Omit<SavedPayrollTemplate, 'savedAtMs'>, saving: Saving): Promise<void> {
    await this.#db.now
      .updateTable('payroll_templates')
      .set({ version: changed.version })
      .where('template_id', '=', changed.templateId)
      .execute();
    await this.#addVersion(changed, saving);
  }

  /** @returns whether it was on the list */
  async retire(templateId: string, atMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.now
      .updateTable('payroll_templates')
      .set({ retired_at_ms: atMs })
      .where('template_id', '=', templateId)
      .where('retired_at_ms', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  #newest() {
    return this.#db.now
      .selectFrom('payroll_templates as t')
      .innerJoin('payroll_template_versions as v', (on) =>
        on.onRef('v.template_id', '=', 't.template_id').onRef('v.version', '=', 't.version'),
      )
      .select(['v.template_id', 'v.version', 'v.body', 'v.saved_at_ms'])
      .where('t.retired_at_ms', 'is', null);
  }

  async #addVersion(
    { templateId, version, template }: Omit<SavedPayrollTemplate, 'savedAtMs'>,
    { by, atMs }: Saving,
  ): Promise<void> {
    const body = JSON.stringify(template);
    await this.#db.now
      .insertInto('payroll_template_versions')
      .values({ template_id: templateId, version, body, saved_by: by, saved_at_ms: atMs })
      .execute();
  }
}

function templateFrom(row: {
  readonly template_id: string;
  readonly version: number;
  readonly body: string;
  readonly saved_at_ms: number;
}): SavedPayrollTemplate {
  return {
    templateId: row.template_id,
    version: row.version,
    template: savedTemplate.parse(row.body),
    savedAtMs: row.saved_at_ms,
  };
}
