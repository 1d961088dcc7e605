interface TemplateDraftsTable {
  readonly template_id: string;
  readonly body: string;
  readonly saved_at_ms: number;
}

interface TemplatesTable {
  readonly template_id: string;
  readonly version: number;
  readonly body: string;
  readonly published_at_ms: number;
}

interface FormsTable {
  readonly form_id: string;
  readonly template_id: string;
  readonly kind: string;
  readonly applicant_id: string;
  readonly status: string;
  readonly revision: number;
  readonly name: string;
  readonly content: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly leave_type_id: string | null;
  readonly length: string | null;
  readonly amounts: string;
  readonly source: string | null;
  readonly foreign_id: string | null;
  readonly begun_at_ms: number;
  readonly changed_at_ms: number;
}

interface FormEventsTable {
  readonly form_id: string;
  readonly seq: number;
  readonly kind: string;
  readonly by_id: string;
  readonly at_s: number;
  readonly body: string;
}

interface FormWaitsTable {
  readonly form_id: string;
  readonly person_id: string;
}

interface DelegationsTable {
  readonly delegation_id: string;
  readonly from_person_id: string;
  readonly to_person_id: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly kinds: string | null;
  readonly revoked_at_s: number | null;
  readonly by_id: string;
  readonly at_ms: number;
}

interface LeaveGrantsTable {
  readonly grant_id: string;
  readonly person_id: string;
  readonly leave_type_id: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly amount: number;
  readonly reason: string;
  readonly by_id: string;
  readonly at_ms: number;
}

interface AttachmentsTable {
  readonly attachment_id: string;
  readonly digest: string;
  readonly type: string;
  readonly bytes: number;
  readonly name: string;
  readonly form_id: string | null;
  readonly uploaded_by: string;
  readonly uploaded_at_ms: number;
}

/** Tables of this area, see its migration. */
export interface ApprovalTables {
  readonly approval_template_drafts: TemplateDraftsTable;
  readonly approval_templates: TemplatesTable;
  readonly forms: FormsTable;
  readonly form_events: FormEventsTable;
  readonly form_waits: FormWaitsTable;
  readonly approval_delegations: DelegationsTable;
  readonly leave_grants: LeaveGrantsTable;
  readonly attachments: AttachmentsTable;
}
