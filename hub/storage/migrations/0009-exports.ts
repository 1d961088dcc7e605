import type { SqlMigration } from '#platform/sql/sql-migration';

/** Export templates, jobs and their files. */
export const exportTables: SqlMigration = {
  version: 9,
  name: '0009-exports',
  statements: ({ integer, strict, keyed, refuse }) => [
    // version: the newest one. What is taken off the list stays readable for exports that used it.
    `CREATE TABLE payroll_templates (
        template_id    TEXT PRIMARY KEY,
        version        ${integer} NOT NULL,
        retired_at_ms  ${integer}
      ) ${strict}`,
    `CREATE TABLE payroll_template_versions (
        template_id TEXT NOT NULL REFERENCES payroll_templates,
        version     ${integer} NOT NULL,
        body        TEXT NOT NULL,
        saved_by    TEXT NOT NULL,
        saved_at_ms ${integer} NOT NULL,
        PRIMARY KEY (template_id, version)
      ) ${keyed}`,
    ...refuse({
      table: 'payroll_template_versions',
      on: 'update',
      because: 'a version of a template is not changed',
    }),
    ...refuse({
      table: 'payroll_template_versions',
      on: 'delete',
      because: 'a version of a template is not removed',
    }),
    // request: JSON. reach: whose rows the asker could see on asking. holder, held_until_ms: who makes
    // it just now, and until when that is believed without another sign of life.
    `CREATE TABLE export_jobs (
        export_id        TEXT PRIMARY KEY,
        request          TEXT NOT NULL,
        template_version ${integer},
        reach            TEXT NOT NULL,
        requested_by     TEXT NOT NULL,
        requested_at_ms  ${integer} NOT NULL,
        state            TEXT NOT NULL CHECK (state IN
          ('waiting', 'running', 'ready', 'failed', 'cancelled', 'expired')),
        attempts         ${integer} NOT NULL DEFAULT 0,
        holder           TEXT,
        held_until_ms    ${integer},
        people_done      ${integer} NOT NULL DEFAULT 0,
        people_total     ${integer},
        period_state     TEXT NOT NULL DEFAULT 'open' CHECK (period_state IN ('open', 'locked')),
        file             TEXT,
        problem          TEXT,
        ended_at_ms      ${integer},
        expires_at_ms    ${integer}
      ) ${strict}`,
    `CREATE INDEX export_jobs_to_do ON export_jobs (requested_at_ms, export_id)
       WHERE state IN ('waiting', 'running')`,
    `CREATE INDEX export_jobs_by_asker ON export_jobs (requested_by, requested_at_ms, export_id)`,
    `CREATE INDEX export_jobs_by_age ON export_jobs (requested_at_ms, export_id)`,
    `CREATE INDEX export_jobs_to_expire ON export_jobs (expires_at_ms) WHERE state = 'ready'`,
    // What was booked for locked days is asked for by the moment of booking.
    `CREATE INDEX attendance_adjustments_by_booking
       ON attendance_adjustments (booked_at_ms, person_id)`,
  ],
};
