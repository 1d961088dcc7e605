import type { SqlMigration } from '#platform/sql/sql-migration';

/** Forms, their events, templates, delegations, quotas and attachments. */
export const approvalTables: SqlMigration = {
  version: 7,
  name: '0007-approvals',
  // oxlint-disable-next-line max-lines-per-function -- a list of statements, with nothing to decide in it
  statements: ({ integer, strict, keyed, refuse }) => [
    `CREATE TABLE approval_template_drafts (
        template_id TEXT PRIMARY KEY,
        body        TEXT NOT NULL,
        saved_at_ms ${integer} NOT NULL
      ) ${strict}`,
    // A form keeps the version it was handed in on; none is ever changed.
    `CREATE TABLE approval_templates (
        template_id     TEXT NOT NULL,
        version         ${integer} NOT NULL,
        body            TEXT NOT NULL,
        published_at_ms ${integer} NOT NULL,
        PRIMARY KEY (template_id, version)
      ) ${keyed}`,
    ...refuse({
      table: 'approval_templates',
      on: 'update',
      because: 'a published template is not changed',
    }),
    ...refuse({
      table: 'approval_templates',
      on: 'delete',
      because: 'a published template is not removed',
    }),
    // status, revision: what the events of the form add up to. amounts: what a leave takes, date by date.
    // name: as explanations call it. The row of approvals under the same id is what acts on days.
    `CREATE TABLE forms (
        form_id       TEXT PRIMARY KEY,
        template_id   TEXT NOT NULL,
        kind          TEXT NOT NULL,
        applicant_id  TEXT NOT NULL REFERENCES people,
        status        TEXT NOT NULL,
        revision      ${integer} NOT NULL,
        name          TEXT NOT NULL,
        content       TEXT NOT NULL,
        from_date     TEXT NOT NULL,
        to_date       TEXT NOT NULL,
        leave_type_id TEXT,
        length        TEXT,
        amounts       TEXT NOT NULL,
        source        TEXT,
        foreign_id    TEXT,
        begun_at_ms   ${integer} NOT NULL,
        changed_at_ms ${integer} NOT NULL,
        CHECK ((source IS NULL) = (foreign_id IS NULL))
      ) ${strict}`,
    `CREATE INDEX forms_by_applicant ON forms (applicant_id, from_date)`,
    `CREATE INDEX forms_by_age ON forms (begun_at_ms, form_id)`,
    `CREATE UNIQUE INDEX forms_by_foreign_id ON forms (source, foreign_id) WHERE source IS NOT NULL`,
    `CREATE TABLE form_events (
        form_id TEXT NOT NULL REFERENCES forms,
        seq     ${integer} NOT NULL,
        kind    TEXT NOT NULL,
        by_id   TEXT NOT NULL,
        at_s    ${integer} NOT NULL,
        body    TEXT NOT NULL,
        PRIMARY KEY (form_id, seq)
      ) ${keyed}`,
    `CREATE INDEX form_events_by_actor ON form_events (by_id, kind)`,
    ...refuse({ table: 'form_events', on: 'update', because: 'what happened is not changed' }),
    ...refuse({ table: 'form_events', on: 'delete', because: 'what happened is not removed' }),
    // Whose vote a form waits for just now.
    `CREATE TABLE form_waits (
        form_id   TEXT NOT NULL REFERENCES forms,
        person_id TEXT NOT NULL,
        PRIMARY KEY (form_id, person_id)
      ) ${keyed}`,
    `CREATE INDEX form_waits_by_person ON form_waits (person_id)`,
    // kinds: JSON, NULL for every kind.
    `CREATE TABLE approval_delegations (
        delegation_id  TEXT PRIMARY KEY,
        from_person_id TEXT NOT NULL REFERENCES people,
        to_person_id   TEXT NOT NULL REFERENCES people,
        from_s         ${integer} NOT NULL,
        to_s           ${integer} NOT NULL,
        kinds          TEXT,
        revoked_at_s   ${integer},
        by_id          TEXT NOT NULL,
        at_ms          ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX approval_delegations_by_lender ON approval_delegations (from_person_id, to_s)`,
    `CREATE INDEX approval_delegations_by_holder ON approval_delegations (to_person_id, to_s)`,
    `CREATE TABLE leave_grants (
        grant_id      TEXT PRIMARY KEY,
        person_id     TEXT NOT NULL REFERENCES people,
        leave_type_id TEXT NOT NULL,
        from_date     TEXT NOT NULL,
        to_date       TEXT NOT NULL,
        amount        ${integer} NOT NULL,
        reason        TEXT NOT NULL,
        by_id         TEXT NOT NULL,
        at_ms         ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX leave_grants_by_person ON leave_grants (person_id, leave_type_id)`,
    ...refuse({ table: 'leave_grants', on: 'update', because: 'a grant is set right by another' }),
    ...refuse({ table: 'leave_grants', on: 'delete', because: 'a grant is set right by another' }),
    // The file lies under its digest, once, however many forms it belongs to. form_id NULL: not handed in yet.
    `CREATE TABLE attachments (
        attachment_id  TEXT PRIMARY KEY,
        digest         TEXT NOT NULL,
        type           TEXT NOT NULL,
        bytes          ${integer} NOT NULL,
        name           TEXT NOT NULL,
        form_id        TEXT REFERENCES forms,
        uploaded_by    TEXT NOT NULL,
        uploaded_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX attachments_by_digest ON attachments (digest)`,
    `CREATE INDEX attachments_by_form ON attachments (form_id)`,
  ],
};
