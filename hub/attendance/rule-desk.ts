import type { Refusal } from '#contracts/attendance/refusal';
import type { RuleText, SpecialDayText } from '#contracts/attendance/rule-contract';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import { ruleFaults } from '#hub/attendance/written-faults';
import type { AttendanceRecordRepository } from '#hub/storage/attendance-record-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';

const BACKDATED_DAYS_MAX = 366; // everybody's days since then are computed again
const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';

interface RuleDeskDeps {
  readonly db: HubDatabase;
  readonly rules: AttendanceRuleRepository;
  readonly records: AttendanceRecordRepository;
  readonly work: AttendanceWorkRepository;
  readonly world: AttendanceWorld;
  readonly site: SiteRepository;
  readonly clock: Clock;
  /** Called after each commit that left days to compute. */
  readonly onMarked: () => void;
}

export type WrittenFailure =
  | { readonly kind: 'absent' }
  | { readonly kind: 'conflict'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Where rule groups, company days and locks are decided; what they touch is marked with them. */
export class RuleDesk {
  readonly #deps: RuleDeskDeps;

  constructor(deps: RuleDeskDeps) {
    this.#deps = deps;
  }

  async draft(rule: RuleText): Promise<Result<RuleText, WrittenFailure>> {
    const { rules, site, clock } = this.#deps;
    const refusals = ruleFaults(rule, await site.get());
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    await rules.saveDraft(rule, clock.now().epochMilliseconds);
    return ok(rule);
  }

  /** The draft as it stands takes effect on a date, and holds until the group's next version. */
  async publish(
    ruleId: string,
    effectiveFrom: string,
  ): Promise<Result<{ version: number }, WrittenFailure>> {
    const { db, onMarked } = this.#deps;
    const published = await db.transaction(async () => await this.#publish(ruleId, effectiveFrom));
    if (published.ok) onMarked();
    return published;
  }

  /** Judged and written in one transaction: no roster may take up a shift that goes meanwhile. */
  async #publish(
    ruleId: string,
    effectiveFrom: string,
  ): Promise<Result<{ version: number }, WrittenFailure>> {
    const { rules, clock } = this.#deps;
    const draft = await rules.draft(ruleId);
    if (draft === undefined) return failed({ kind: 'absent' });
    const refusals = await this.#publicationFaults(draft, effectiveFrom);
    if (refusals.length > 0) return failed({ kind: 'refused', refusals });
    const version = await rules.publish(draft, effectiveFrom, clock.now().epochMilliseconds);
    await this.#markFrom(ruleId, effectiveFrom);
    return ok({ version });
  }

  /** Days that the company as a whole works or rests. */
  async setCompanyDays(days: readonly SpecialDayText[]): Promise<void> {
    const { db, onMarked } = this.#deps;
    await db.transaction(async () => await this.#setCompanyDays(days));
    onMarked();
  }

  async #setCompanyDays(days: readonly SpecialDayText[]): Promise<void> {
    const { records, work } = this.#deps;
    const before = await records.companyDays();
    const [had, has] = [before.map(textOf), days.map(textOf)];
    const changed = [
      ...before.filter((day) => !has.includes(textOf(day))),
      ...days.filter((day) => !had.includes(textOf(day))),
    ];
    await records.saveCompanyDays(days);
    await work.moveRevision();
    for (const day of changed) {
      const [from, to] = [day.date ?? day.from, day.date ?? day.to];
      if (from === undefined || to === undefined) continue;
      const near = { from: isoOf(dayNumberOf(from) - 1), to: isoOf(dayNumberOf(to) + 1) };
      await work.markExisting(near);
    }
  }

  /** Within the transaction of the change: every date is counted on another clock now. */
  async clockChanged(): Promise<void> {
    const { work } = this.#deps;
    await work.markExisting({ from: FIRST_DATE, to: LAST_DATE });
  }

  async #publicationFaults(rule: RuleText, effectiveFrom: string): Promise<readonly Refusal[]> {
    const { records, rules, world } = this.#deps;
    const { day: today } = await world.today();
    const [path, late] = ['effectiveFrom', today - dayNumberOf(effectiveFrom) > BACKDATED_DAYS_MAX];
    if (late) {
      return [
        {
          path,
          'zh-CN': `生效日期最多可回溯 ${BACKDATED_DAYS_MAX} 天`,
          en: `a rule can take effect at most ${BACKDATED_DAYS_MAX} days back`,
        },
      ];
    }
    const others = (await rules.versions()).filter((each) => each.ruleId !== rule.id);
    const shifts = [rule, ...others.map((each) => each.rule)].flatMap((each) => each.shifts);
    const lost = await records.rosterBeyond(
      effectiveFrom,
      shifts.map((shift) => shift.id),
    );
    if (lost === undefined) return [];
    return [
      {
        path: 'shifts',
        'zh-CN': `排班仍在使用班次 ${lost}，请先修改排班`,
        en: `the roster still names shift ${lost}; change the roster first`,
      },
    ];
  }

  async #markFrom(ruleId: string, effectiveFrom: string): Promise<void> {
    const { rules, work, world } = this.#deps;
    await work.moveRevision();
    const versions = await rules.versions();
    const next = versions.find(
      (each) => each.ruleId === ruleId && each.effectiveFrom > effectiveFrom,
    );
    const today = isoOf((await world.today()).day);
    if ((await work.state()).seededThrough === undefined) await work.saveSeeded(today);
    const last = next === undefined || next.effectiveFrom > today ? today : next.effectiveFrom;
    await work.markEverybody(effectiveFrom, last);
    const eve = isoOf(dayNumberOf(effectiveFrom) - 1);
    await work.markExisting({ from: eve, to: next?.effectiveFrom ?? LAST_DATE });
  }
}

function textOf(day: SpecialDayText): string {
  return JSON.stringify(day);
}
