import { join } from 'node:path';
import { adoptForms } from '#hub/approvals/adopt-forms';
import { ApprovalKeeper } from '#hub/approvals/approval-keeper';
import { AttachmentDesk } from '#hub/approvals/attachment-desk';
import { Callers } from '#hub/approvals/caller';
import { DelegationDesk } from '#hub/approvals/delegation-desk';
import { FormDesk } from '#hub/approvals/form-desk';
import { FormViews } from '#hub/approvals/form-views';
import { ImportDesk } from '#hub/approvals/import-desk';
import { LeaveAccounts } from '#hub/approvals/leave-accounts';
import { QuotaDesk } from '#hub/approvals/quota-desk';
import { SubmissionReader } from '#hub/approvals/submission-reader';
import { TemplateDesk } from '#hub/approvals/template-desk';
import { VoteRelief } from '#hub/approvals/vote-relief';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { PersonReader } from '#hub/attendance/person-reader';
import type { RecordDesk } from '#hub/attendance/record-desk';
import { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import { ApproverRepository } from '#hub/storage/approver-repository';
import { AttachmentRepository } from '#hub/storage/attachment-repository';
import { AttendanceRecordRepository } from '#hub/storage/attendance-record-repository';
import { DelegationRepository } from '#hub/storage/delegation-repository';
import { FormRepository } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { LeaveGrantRepository } from '#hub/storage/leave-grant-repository';
import type { Clock } from '#platform/clock/clock';
import { DigestStore } from '#platform/files/digest-store';
import type { Logger } from '#platform/log/logger';

export interface ApprovalsDeps {
  readonly db: HubDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where files lie that belong to forms. */
  readonly dataDir: string;
  readonly world: AttendanceWorld;
  readonly reader: PersonReader;
  readonly recordDesk: RecordDesk;
  readonly onMarked: () => void;
}

export type Approvals = ReturnType<typeof openApprovals>;

/** Forms and everything about them. */
export function openApprovals(deps: ApprovalsDeps) {
  const { db, dataDir } = deps;
  const stores = {
    forms: new FormRepository(db),
    templates: new ApprovalTemplateRepository(db),
    delegations: new DelegationRepository(db),
    grants: new LeaveGrantRepository(db),
    attachments: new AttachmentRepository(db),
    approvers: new ApproverRepository(db),
    files: new DigestStore(join(dataDir, 'attachments')),
  };
  const stored = { ...deps, ...stores };
  const accounts = new LeaveAccounts(stored);
  const submissions = new SubmissionReader({ ...stored, accounts });
  const parts = { ...stored, accounts, submissions };
  const relief = new VoteRelief(parts);
  const templateDesk = new TemplateDesk(parts);
  const records = new AttendanceRecordRepository(db);
  const attachmentDesk = new AttachmentDesk(parts);
  return {
    keeper: new ApprovalKeeper({ relief, attachmentDesk, logger: deps.logger }),
    forms: stores.forms,
    callers: new Callers(parts),
    relief,
    formDesk: new FormDesk(parts),
    views: new FormViews(parts),
    templateDesk,
    /** Before anybody asks: the forms of a new company, and those of an older hub. */
    found: async () => {
      await templateDesk.found();
      await adoptForms({ ...parts, records });
    },
    delegationDesk: new DelegationDesk(parts),
    quotaDesk: new QuotaDesk(parts),
    attachmentDesk,
    importDesk: new ImportDesk(parts),
  };
}
