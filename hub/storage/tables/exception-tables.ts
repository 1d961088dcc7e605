interface ExceptionCasesTable {
  readonly case_key: string;
  readonly kind: string;
  readonly pressing: number;
  readonly mildness: number;
  readonly status: string;
  readonly person_id: string | null;
  readonly date: string;
  readonly terminal_id: string | null;
  readonly site_id: string | null;
  readonly assignee_id: string | null;
  readonly resolution: string | null;
  readonly origin: string;
  readonly state: string;
  readonly found_at_s: number;
  readonly changed_at_s: number;
}

interface ExceptionEventsTable {
  readonly case_key: string;
  readonly seq: number;
  readonly kind: string;
  readonly at_s: number;
  readonly body: string;
}

/** Tables of this area, see its migration. */
export interface ExceptionTables {
  readonly exception_cases: ExceptionCasesTable;
  readonly exception_events: ExceptionEventsTable;
}
