import { type Reach, reaches } from '#domain/authority/reach';
import { employmentFault } from '#domain/people/employment';
import { reportingFault } from '#domain/people/reporting-line';
import { failed, ok, type Result } from '#domain/result';
import {
  BEYOND_REACH,
  CIRCLE_OF_MANAGERS,
  EMPLOYEE_NO_TAKEN,
  ENDS_BEFORE_IT_BEGINS,
  ERASED,
  NO_DEPARTMENT,
  NO_MANAGER,
  NO_RULE,
  NO_SITE,
  OVERLAPS_EARLIER,
  OWN_MANAGER,
  type PersonFailure,
  RULES_NOT_ALLOWED,
  refused,
} from '#hub/people/person-failure';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { DepartmentRepository } from '#hub/storage/department-repository';
import type { PersonRecord } from '#hub/storage/person-record';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { WorkplaceRepository } from '#hub/storage/workplace-repository';

/** How far whoever asks may reach: whose record they may change, and whose rule. */
export interface Asker {
  readonly people: Reach;
  readonly rules: Reach;
}

interface CheckDeps {
  readonly people: PersonRepository;
  readonly departments: DepartmentRepository;
  readonly workplaces: WorkplaceRepository;
  readonly rules: AttendanceRuleRepository;
}

type Checked = Result<undefined, PersonFailure>;
const FINE: Checked = ok(undefined);

/** Holds what is to become of a person against everything else that is stored. */
export class PersonCheck {
  readonly #deps: CheckDeps;

  constructor(deps: CheckDeps) {
    this.#deps = deps;
  }

  /** @param before undefined for somebody new */
  async check(
    before: PersonRecord | undefined,
    after: PersonRecord,
    asker: Asker,
  ): Promise<Checked> {
    if (before !== undefined && before.erasedAtMs !== null) return refused('conflict', ERASED);
    const steps = [
      () => datesChecked(after),
      () => this.#numberChecked(before, after),
      () => this.#placeChecked(before, after),
      () => this.#managerChecked(before, after),
      () => this.#ruleChecked(before, after, asker.rules),
      () => this.#reachChecked(before, after, asker.people),
    ];
    for (const step of steps) {
      const checked = await step();
      if (!checked.ok) return checked;
    }
    return FINE;
  }

  async #numberChecked(before: PersonRecord | undefined, after: PersonRecord): Promise<Checked> {
    if (before?.employeeNo === after.employeeNo) return FINE;
    const holder = await this.#deps.people.holderOf(after.employeeNo);
    const isFree = holder === undefined || holder === after.personId;
    return isFree ? FINE : refused('conflict', EMPLOYEE_NO_TAKEN);
  }

  /** What was there already may stay, closed or not. */
  async #placeChecked(before: PersonRecord | undefined, after: PersonRecord): Promise<Checked> {
    const { departments, workplaces } = this.#deps;
    const { departmentId, siteIds } = after;
    if (departmentId !== null && departmentId !== before?.departmentId) {
      const known = await departments.all();
      if (!known.some(({ id }) => id === departmentId)) return refused('invalid', NO_DEPARTMENT);
    }
    const added = siteIds.filter((id) => before?.siteIds.includes(id) !== true);
    if (added.length === 0) return FINE;
    const open = (await workplaces.all()).filter(({ isClosed }) => !isClosed);
    const areOpen = added.every((id) => open.some(({ siteId }) => siteId === id));
    return areOpen ? FINE : refused('invalid', NO_SITE);
  }

  async #managerChecked(before: PersonRecord | undefined, after: PersonRecord): Promise<Checked> {
    const { people } = this.#deps;
    const { personId, managerId } = after;
    if (managerId === null || managerId === before?.managerId) return FINE;
    if (managerId === personId) return refused('invalid', OWN_MANAGER);
    const manager = await people.record(managerId);
    if (manager === undefined || manager.leftAtMs !== null || manager.erasedAtMs !== null) {
      return refused('invalid', NO_MANAGER);
    }
    const above = await people.managersAbove(managerId);
    const fault = reportingFault((id) => above.get(id) ?? null, { personId, managerId });
    return fault === null ? FINE : refused('invalid', CIRCLE_OF_MANAGERS);
  }

  async #ruleChecked(
    before: PersonRecord | undefined,
    after: PersonRecord,
    reach: Reach,
  ): Promise<Checked> {
    const { rule, tags } = after;
    const hadTags = before?.tags ?? [];
    const isSame = rule === (before?.rule ?? null) && tags.join('\n') === hadTags.join('\n');
    if (isSame) return FINE;
    const mayRule = isWithin(reach, after) && (before === undefined || isWithin(reach, before));
    if (!mayRule) return refused('not-allowed', RULES_NOT_ALLOWED);
    if (rule === null || rule === before?.rule) return FINE;
    const known = await this.#deps.rules.versions();
    return known.some(({ ruleId }) => ruleId === rule) ? FINE : refused('invalid', NO_RULE);
  }

  async #reachChecked(
    before: PersonRecord | undefined,
    after: PersonRecord,
    reach: Reach,
  ): Promise<Checked> {
    const isMoved =
      before === undefined ||
      before.departmentId !== after.departmentId ||
      before.siteIds.join() !== after.siteIds.join();
    if (!isMoved || isWithin(reach, after)) return FINE;
    return refused('not-allowed', BEYOND_REACH);
  }
}

/** Whether somebody is within reach as they will be; the reach already holds what lies below. */
export function isWithin(reach: Reach, { personId, departmentId, siteIds }: PersonRecord): boolean {
  const departments = departmentId === null ? [] : [departmentId];
  return reaches(reach, { personId, departments, sites: siteIds });
}

function datesChecked({ career }: PersonRecord): Checked {
  const fault = employmentFault(career);
  if (fault === null) return FINE;
  const refusal = fault === 'overlaps-earlier' ? OVERLAPS_EARLIER : ENDS_BEFORE_IT_BEGINS;
  return failed({ kind: 'invalid', refusals: [refusal] });
}
