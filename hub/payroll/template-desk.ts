import { randomUUID } from 'node:crypto';
import type { PayrollTemplateText, StoredPayrollTemplate } from '#contracts/rest/v1/payroll';
import { assert } from '#domain/assert';
import { DEFAULT_TEMPLATE } from '#domain/payroll/default-template';
import { type PayrollSheet, payrollSheet } from '#domain/payroll/payroll-sheet';
import type { PayrollTemplate } from '#domain/payroll/template';
import { failed, ok, type Result } from '#domain/result';
import type {
  PayrollTemplateRepository,
  SavedPayrollTemplate,
} from '#hub/storage/payroll-template-repository';
import type { Clock } from '#platform/clock/clock';

const TEMPLATES_MAX = 200; // what a list shows at once; a company has a handful

interface TemplateDeskDeps {
  readonly payrollTemplates: PayrollTemplateRepository;
  readonly clock: Clock;
}

/** A template to be calculated with, and what an export says of it. */
export interface ChosenTemplate {
  readonly sheet: PayrollSheet;
  /** null: the columns that are there from the start. */
  readonly named: Pick<SavedPayrollTemplate, 'templateId' | 'version'> | null;
  readonly name: string | null;
}

/** Payroll templates: added, changed version by version, taken off the list. */
export class PayrollTemplateDesk {
  readonly #deps: TemplateDeskDeps;

  constructor(deps: TemplateDeskDeps) {
    this.#deps = deps;
  }

  async list(): Promise<StoredPayrollTemplate[]> {
    return (await this.#deps.payrollTemplates.list()).map(shownOf);
  }

  async get(templateId: string): Promise<StoredPayrollTemplate | undefined> {
    const saved = await this.#deps.payrollTemplates.get(templateId);
    return saved === undefined ? undefined : shownOf(saved);
  }

  async versions(templateId: string): Promise<StoredPayrollTemplate[]> {
    return (await this.#deps.payrollTemplates.versions(templateId)).map(shownOf);
  }

  async add(
    template: PayrollTemplateText,
    by: string,
  ): Promise<Result<StoredPayrollTemplate, 'too-many'>> {
    const { payrollTemplates, clock } = this.#deps;
    if ((await payrollTemplates.count()) >= TEMPLATES_MAX) return failed('too-many');
    const templateId = randomUUID();
    const atMs = clock.now().epochMilliseconds;
    await payrollTemplates.add(templateId, template, { by, atMs });
    return ok(shownOf({ templateId, version: 1, template, savedAtMs: atMs }));
  }

  /** @param isExpected whether the version is the one its editor has seen */
  async change(
    templateId: string,
    template: PayrollTemplateText,
    { by, isExpected }: { readonly by: string; readonly isExpected: (version: string) => boolean },
  ): Promise<Result<StoredPayrollTemplate, 'absent' | 'stale'>> {
    const { payrollTemplates, clock } = this.#deps;
    const known = await payrollTemplates.get(templateId);
    if (known === undefined) return failed('absent');
    if (!isExpected(String(known.version))) return failed('stale');
    const atMs = clock.now().epochMilliseconds;
    const changed = { templateId, version: known.version + 1, template };
    await payrollTemplates.change(changed, { by, atMs });
    return ok(shownOf({ ...changed, savedAtMs: atMs }));
  }

  /** @returns whether it was there */
  async retire(templateId: string): Promise<boolean> {
    const { payrollTemplates, clock } = this.#deps;
    return await payrollTemplates.retire(templateId, clock.now().epochMilliseconds);
  }

  /** The template to calculate with; `version` null: the newest. */
  async chosen(
    templateId: string | null,
    version: number | null = null,
  ): Promise<ChosenTemplate | undefined> {
    if (templateId === null) return { sheet: sheetOf(DEFAULT_TEMPLATE), named: null, name: null };
    const { payrollTemplates } = this.#deps;
    const saved =
      version === null
        ? await payrollTemplates.get(templateId)
        : await payrollTemplates.version(templateId, version);
    if (saved === undefined) return undefined;
    return { sheet: sheetOf(saved.template), named: saved, name: saved.template.name };
  }
}

/** What was parsed can be calculated. */
export function sheetOf(template: PayrollTemplate): PayrollSheet {
  const sheet = payrollSheet(template);
  assert(sheet.ok, 'a template is checked before it is kept');
  return sheet.value;
}

function shownOf({
  templateId,
  version,
  template,
  savedAtMs,
}: SavedPayrollTemplate): StoredPayrollTemplate {
  const changedAt = Temporal.Instant.fromEpochMilliseconds(savedAtMs).toString();
  return { templateId, version, template, changedAt };
}
