import type { AccountFacts } from '#domain/approvals/quota/leave-account';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import { type DayNumber, dayNumberOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import type { Applicant } from '#hub/storage/approver-repository';
import type { FormRepository } from '#hub/storage/form-repository';
import type { LeaveGrantRepository } from '#hub/storage/leave-grant-repository';

const LAST_DATE = dayNumberOf('9999-12-31');

interface AccountsDeps {
  readonly forms: FormRepository;
  readonly grants: LeaveGrantRepository;
  readonly templates: ApprovalTemplateRepository;
}

/** What an account of leave is reckoned from. Nothing of it is kept: it is read whenever it is asked. */
export class LeaveAccounts {
  readonly #deps: AccountsDeps;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /**
   * Counts from the year in which the template was offered first: what was before then, nobody here
   * knows, and an opening balance is granted by hand.
   *
   * @returns null where no account is kept
   */
  async of(
    applicant: Applicant,
    type: LeaveType,
    { templateId, clock }: { readonly templateId: string; readonly clock: ZoneClock },
  ): Promise<AccountFacts | null> {
    const { allowance, unit } = type;
    if (allowance === null) return null;
    const { forms, grants, templates } = this.#deps;
    const { personId, employedFrom, employedTo } = applicant;
    const firstMs = await templates.firstOfferedMs(templateId);
    const began = yearOf(Math.floor((firstMs ?? 0) / 1000), clock);
    const joined = employedFrom === null ? began : dayNumberOf(employedFrom);
    const uses = await forms.leaveUses(personId, type.id);
    const extras = (await grants.of(personId)).filter((each) => each.leaveTypeId === type.id);
    return {
      allowance,
      grain: unit === 'day' ? 2 : 1,
      serviceFrom: joined,
      opensOn: Math.max(began, joined),
      closesOn: employedTo === null ? LAST_DATE : dayNumberOf(employedTo),
      extras: extras.map(({ from, to, amount }) => ({
        from: dayNumberOf(from),
        to: dayNumberOf(to),
        amount,
      })),
      uses: uses.flatMap(({ formId, status, amounts }) =>
        amounts.map(({ date, amount }) => ({
          formId,
          date: dayNumberOf(date),
          amount,
          state: status === 'approved' ? ('approved' as const) : ('pending' as const),
        })),
      ),
    };
  }
}

/** The first day of the year of a moment. */
function yearOf(at: number, clock: ZoneClock): DayNumber {
  const { year } = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(clock.zone);
  return dayNumberOf(`${String(year).padStart(4, '0')}-01-01`);
}
