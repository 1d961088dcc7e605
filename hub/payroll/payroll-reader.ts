import { monthDayFrom } from '#contracts/attendance/month-mapper';
import { monthOf } from '#domain/attendance/month/month';
import { byCodePoint } from '#domain/attendance/text-order';
import { type Adjustments, adjustmentsIn } from '#domain/payroll/adjustment';
import { ATTEND_RESULT_TEXTS, attendResultOf } from '#domain/payroll/attend-result';
import { figuresOfMonth } from '#domain/payroll/figures';
import {
  type PayrollCells,
  type PayrollRow,
  type PayrollSheet,
  payrollCells,
} from '#domain/payroll/payroll-sheet';
import type {
  BookedDifference,
  DateSpan,
  PayrollRepository,
  PersonWords,
  SheetDay,
  Whose,
} from '#hub/storage/payroll-repository';
import type { SiteRepository } from '#hub/storage/site-repository';

export interface PayrollReaderDeps {
  readonly payroll: PayrollRepository;
  readonly site: SiteRepository;
}

/** What a payroll is asked for. */
export interface PayrollWanted {
  readonly sheet: PayrollSheet;
  readonly period: DateSpan;
  readonly language: 'zh-CN' | 'en';
}

/** One person's line, and what its readers have to know beside it. */
export interface PayrollLine extends PayrollCells {
  readonly personId: string;
  readonly employeeNo: string;
  /** Booked figures that no column of payroll shows. */
  readonly unplaced: readonly string[];
  readonly undecidedDays: number;
  readonly ruleVersions: ReadonlySet<number>;
}

/**
 * Adds up stored days into payroll's figures; nothing is computed again. Differences of locked days
 * belong to the period in which they were booked: a locked period itself never changes by them.
 */
export class PayrollReader {
  readonly #deps: PayrollReaderDeps;

  constructor(deps: PayrollReaderDeps) {
    this.#deps = deps;
  }

  /** In the order of the ids. */
  async lines(whose: Whose, wanted: PayrollWanted): Promise<readonly PayrollLine[]> {
    const { payroll } = this.#deps;
    const people = await payroll.words(whose);
    const days = Map.groupBy(await payroll.days(whose, wanted.period), (day) => day.personId);
    const booking = await this.bookingOf(wanted.period);
    const booked = Map.groupBy(await payroll.booked(whose, booking), (each) => each.personId);
    return people.map((person) =>
      lineOf(
        person,
        { days: days.get(person.personId) ?? [], booked: booked.get(person.personId) ?? [] },
        wanted,
      ),
    );
  }

  /** The moments between which what is booked belongs to a period, by the clock of the head office. */
  async bookingOf({ from, to }: DateSpan) {
    const { zone } = await this.#deps.site.get();
    const startMs = (date: Temporal.PlainDate): number =>
      date.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    const last = Temporal.PlainDate.from(to);
    return {
      fromMs: startMs(Temporal.PlainDate.from(from)),
      untilMs: startMs(last.add({ days: 1 })),
      zone,
    };
  }
}

interface Stored {
  readonly days: readonly SheetDay[];
  readonly booked: readonly BookedDifference[];
}

function lineOf(
  person: PersonWords,
  { days, booked }: Stored,
  { sheet, period, language }: PayrollWanted,
): PayrollLine {
  const figures = figuresOfMonth(
    monthOf(
      person.personId,
      days.map(({ part }) => monthDayFrom(part)),
    ),
  );
  const adjustments: Adjustments = adjustmentsIn(
    booked.map(({ figure, difference }) => ({ column: figure, difference })),
  );
  const isChinese = language === 'zh-CN';
  const texts: PayrollRow['texts'] = {
    employee_no: person.employeeNo,
    name: person.name,
    department: isChinese ? person.department : person.departmentEn,
    site: isChinese ? person.site : person.siteEn,
    rule_group: ruleNames(days, person.rule),
    period_from: period.from,
    period_to: period.to,
    attend_result: ATTEND_RESULT_TEXTS[attendResultOf(figures)][language],
  };
  return {
    ...payrollCells(sheet, { texts, period: figures, adjustment: adjustments.figures }),
    personId: person.personId,
    employeeNo: person.employeeNo,
    unplaced: adjustments.unplaced,
    undecidedDays: figures.undecided_days / 2,
    ruleVersions: new Set(days.flatMap(({ ruleVersion }) => ruleVersion ?? [])),
  };
}

/** Every rule that held on a day of the period. */
function ruleNames(days: readonly SheetDay[], own: string): string {
  const names = new Set(days.flatMap(({ rule }) => rule ?? []));
  return names.size === 0 ? own : [...names].toSorted(byCodePoint).join(', ');
}
