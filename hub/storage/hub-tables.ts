import type { Generated } from 'kysely';
import type { ApprovalTables } from '#hub/storage/tables/approval-tables';
import type { AuthorityTables } from '#hub/storage/tables/authority-tables';
import type { ExceptionTables } from '#hub/storage/tables/exception-tables';
import type { ExportTables } from '#hub/storage/tables/export-tables';
import type { NoticeTables } from '#hub/storage/tables/notice-tables';
import type { PeopleTables } from '#hub/storage/tables/people-tables';

interface SitesTable {
  readonly site_id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly zone: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly radius_meters: Generated<number>;
  readonly networks: Generated<string>;
  readonly address: Generated<string>;
  readonly closed_at_ms: number | null;
  readonly created_at_ms: Generated<number>;
  readonly version: Generated<number>;
}

interface TerminalsTable {
  readonly terminal_id: string;
  readonly site_id: string | null;
  readonly sign_key: string | null;
  readonly seal_key: string | null;
  readonly joined_at_ms: number | null;
  readonly name: Generated<string>;
  readonly online: Generated<number>;
  readonly last_contact_ms: number | null;
  readonly log_id: string | null;
  readonly app: string | null;
  readonly queue_depth: Generated<number>;
  readonly gallery_rev: Generated<number>;
  readonly camera: Generated<string>;
  readonly disk: Generated<string>;
  readonly clock: string | null;
  readonly refusal_count: Generated<number>;
  readonly refusal_reason: string | null;
  readonly refused_at_ms: number | null;
  readonly complete_through_ms: number | null;
  readonly retired_at_ms: number | null;
}

interface RetirementsTable {
  readonly id: Generated<number>;
  readonly terminal_id: string;
  readonly sign_key: string;
  readonly joined_at_ms: number;
  readonly retired_at_ms: number;
  readonly retired_by: string;
  readonly readmitted_at_ms: number | null;
  readonly readmitted_by: string | null;
}

interface UpLogsTable {
  readonly log_id: string;
  readonly terminal_id: string;
  readonly upto: Generated<number>;
}

interface UpEntriesTable {
  readonly log_id: string;
  readonly seq: number;
  readonly kind: string;
  readonly prev: string;
  readonly hash: string;
  readonly entry: string;
  readonly received_at_ms: number;
}

interface EntryRemarksTable {
  readonly log_id: string;
  readonly seq: number;
  readonly remark: string;
}

interface PunchesTable {
  readonly log_id: string;
  readonly seq: number;
  readonly terminal_id: string;
  readonly site_id: string;
  readonly person_id: string;
  readonly method: string;
  readonly direction: string | null;
  readonly punched_at_ms: number;
  readonly received_at_ms: number;
  readonly clock_trust: string;
  readonly confidence: number | null;
  readonly liveness: number | null;
  readonly wifi: string | null;
  readonly hash: string;
  readonly error_ms: Generated<number>;
  readonly event_id: string | null;
  readonly at_ms: Generated<number>;
  readonly retimed_by: string | null;
  readonly boot_id: string | null;
  readonly mono_ms: number | null;
  readonly wall_ms: number | null;
}

interface BootAnchorsTable {
  readonly terminal_id: string;
  readonly boot_id: string;
  readonly mono_ms: number;
  readonly wall_ms: number;
  readonly at_ms: number;
  readonly error_ms: number;
}

interface PunchPlacementsTable {
  readonly id: Generated<number>;
  readonly log_id: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly note: string;
  readonly placed_by: string;
  readonly placed_at_ms: number;
}

interface GroupEventsTable {
  readonly event_id: string;
  readonly version: number;
  readonly state: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly body: string;
  readonly written_at_ms: number;
  readonly written_by: string;
}

interface VoidsTable {
  readonly log_id: string;
  readonly punch_seq: number;
  readonly seq: number;
}

interface ConsentsTable {
  readonly log_id: string;
  readonly seq: number;
  readonly consent_id: string;
  readonly person_id: string;
  readonly given: number;
}

interface TemplateKeysTable {
  readonly person_id: string;
  readonly wrapped: Buffer;
}

interface TemplatesTable {
  readonly template_id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly enrolment_id: string;
  readonly sealed: Buffer;
  readonly enrolled_at_ms: number;
}

interface DownLogTable {
  readonly rev: Generated<number>;
  readonly site_id: string;
  readonly terminal_id: string | null;
  readonly kind: string;
  readonly person_id: string | null;
  readonly template_id: string | null;
  readonly scope: string | null;
  readonly written_at_ms: number;
}

interface CursorsTable {
  readonly terminal_id: string;
  readonly rev: number;
  readonly at_ms: number;
}

interface QuarantineTable {
  readonly id: Generated<number>;
  readonly terminal_id: string;
  readonly reason: string;
  readonly digest: string;
  readonly bytes: number;
  readonly received_at_ms: number;
}

interface RuleDraftsTable {
  readonly rule_id: string;
  readonly body: string;
  readonly saved_at_ms: number;
}

interface RuleVersionsTable {
  readonly version: Generated<number>;
  readonly rule_id: string;
  readonly effective_from: string;
  readonly zone: string | null;
  readonly body: string;
  readonly published_at_ms: number;
}

interface AttendanceMembersTable {
  readonly person_id: string;
  readonly body: string;
}

interface RosterTable {
  readonly person_id: string;
  readonly date: string;
  readonly shift_id: string | null;
}

interface ApprovalsTable {
  readonly approval_id: string;
  readonly person_id: string;
  readonly state: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly body: string;
  readonly written_at_ms: number;
}

interface AttendanceStateTable {
  readonly id: number;
  readonly revision: number;
  readonly company_days: string;
  readonly national_days: string;
  readonly seeded_through: string | null;
  readonly locked_through: string | null;
}

interface AttendanceDirtyTable {
  readonly person_id: string;
  readonly date: string;
}

interface AttendanceDaysTable {
  readonly person_id: string;
  readonly date: string;
  readonly state: string;
  readonly rule_version: number | null;
  readonly inputs_hash: string;
  readonly figures: string;
  readonly result: string;
  readonly settles_s: number | null;
  readonly review_s: number | null;
}

interface AttendanceAdjustmentsTable {
  readonly id: Generated<number>;
  readonly person_id: string;
  readonly date: string;
  readonly figure: string;
  readonly locked: number;
  readonly now: number;
  readonly difference: number;
  readonly inputs_hash: string;
  readonly booked_at_ms: number;
}

interface ApiAnswersTable {
  readonly caller: string;
  readonly key: string;
  readonly request_digest: string;
  readonly begun_at_ms: number;
  readonly status: number | null;
  readonly headers: string | null;
  readonly body: string | null;
}

/** Every table of the hub, as its queries know it: one row a shape, nulls where the store has nulls. */
export interface HubTables
  extends AuthorityTables,
    ApprovalTables,
    ExceptionTables,
    ExportTables,
    NoticeTables,
    PeopleTables {
  readonly sites: SitesTable;
  readonly terminals: TerminalsTable;
  readonly retirements: RetirementsTable;
  readonly up_logs: UpLogsTable;
  readonly up_entries: UpEntriesTable;
  readonly entry_remarks: EntryRemarksTable;
  readonly punches: PunchesTable;
  readonly boot_anchors: BootAnchorsTable;
  readonly punch_placements: PunchPlacementsTable;
  readonly group_events: GroupEventsTable;
  readonly voids: VoidsTable;
  readonly consents: ConsentsTable;
  readonly template_keys: TemplateKeysTable;
  readonly templates: TemplatesTable;
  readonly down_log: DownLogTable;
  readonly cursors: CursorsTable;
  readonly quarantine: QuarantineTable;
  readonly rule_drafts: RuleDraftsTable;
  readonly rule_versions: RuleVersionsTable;
  readonly attendance_members: AttendanceMembersTable;
  readonly roster: RosterTable;
  readonly approvals: ApprovalsTable;
  readonly attendance_state: AttendanceStateTable;
  readonly attendance_dirty: AttendanceDirtyTable;
  readonly attendance_days: AttendanceDaysTable;
  readonly attendance_adjustments: AttendanceAdjustmentsTable;
  readonly api_answers: ApiAnswersTable;
}
