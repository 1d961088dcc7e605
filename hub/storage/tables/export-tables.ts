import type { Generated } from 'kysely';

interface PayrollTemplatesTable {
  readonly template_id: string;
  readonly version: number;
  readonly retired_at_ms: number | null;
}

interface PayrollTemplateVersionsTable {
  readonly template_id: string;
  readonly version: number;
  readonly body: string;
  readonly saved_by: string;
  readonly saved_at_ms: number;
}

interface ExportJobsTable {
  readonly export_id: string;
  readonly request: string;
  readonly template_version: number | null;
  readonly reach: string;
  readonly requested_by: string;
  readonly requested_at_ms: number;
  readonly state: string;
  readonly attempts: Generated<number>;
  readonly holder: string | null;
  readonly held_until_ms: number | null;
  readonly people_done: Generated<number>;
  readonly people_total: number | null;
  readonly period_state: Generated<string>;
  readonly file: string | null;
  readonly problem: string | null;
  readonly ended_at_ms: number | null;
  readonly expires_at_ms: number | null;
}

/** Tables of this area, see its migration. */
export interface ExportTables {
  readonly payroll_templates: PayrollTemplatesTable;
  readonly payroll_template_versions: PayrollTemplateVersionsTable;
  readonly export_jobs: ExportJobsTable;
}
