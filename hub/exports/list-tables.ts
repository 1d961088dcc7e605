import { monthDayFrom } from '#contracts/attendance/month-mapper';
import { monthOf } from '#domain/attendance/month/month';
import { kindName } from '#domain/exceptions/exception-kind';
import { adjustmentsIn } from '#domain/payroll/adjustment';
import { PAYROLL_COLUMN_NAMES, payrollColumn } from '#domain/payroll/column';
import { figuresOfMonth } from '#domain/payroll/figures';
import { columnIn, type ExportTable, personCells, personColumns } from '#hub/exports/export-table';
import {
  CASE_STATUSES,
  CLOCKS,
  DAY_CLASSES,
  DAY_STATES,
  DIRECTIONS,
  FORM_KINDS,
  FORM_STATUSES,
  PUNCH_METHODS,
  RESOLUTIONS,
} from '#hub/exports/export-words';
import type { PayrollReader } from '#hub/payroll/payroll-reader';
import type {
  ExportListRepository,
  ListedForm,
  ListedPunch,
} from '#hub/storage/export-list-repository';
import type {
  BookedDifference,
  DateSpan,
  PayrollRepository,
  PersonWords,
  SheetDay,
  Whose,
} from '#hub/storage/payroll-repository';
import type { SheetColumn, SheetRow } from '#platform/sheet/sheet';

export interface ListDeps {
  readonly payroll: PayrollRepository;
  readonly lists: ExportListRepository;
  readonly reader: PayrollReader;
}

export interface ListWanted {
  readonly period: DateSpan;
  readonly language: 'zh-CN' | 'en';
}

type Language = ListWanted['language'];

const DAY_MS = 86_400_000;

/** Something of somebody, in one row. */
interface Listing<Item> {
  readonly columns: readonly SheetColumn[];
  readonly read: (whose: Whose) => Promise<readonly Item[]>;
  readonly cells: (item: Item) => SheetRow;
}

/** Each person's rows behind one another, who they are in front of each. */
function listOf<Item extends { readonly personId: string }>(
  { columns, read, cells }: Listing<Item>,
  { payroll }: ListDeps,
  language: Language,
): ExportTable {
  return {
    columns: [...personColumns(language), ...columns],
    rowsOf: async (whose) => {
      const people: readonly PersonWords[] = await payroll.words(whose);
      const items = Map.groupBy(await read(whose), ({ personId }) => personId);
      return people.flatMap((person) =>
        (items.get(person.personId) ?? []).map((item) => [
          ...personCells(person, language),
          ...cells(item),
        ]),
      );
    },
    notes: async () => [],
  };
}

/** Every day of everybody. */
export function dayTable({ period, language }: ListWanted, deps: ListDeps): ExportTable {
  const { text, date, length, count } = columnIn(language);
  const columns = [
    date('日期', 'Date'),
    text('日期类型', 'Kind of day'),
    text('考勤结果', 'Result'),
    text('状态', 'State'),
    text('打卡规则', 'Rule'),
    text('班次', 'Shift'),
    length('标准工时', 'Time owed'),
    length('实际工时', 'Time worked'),
    length('计薪工时', 'Payable time'),
    length('迟到', 'Late'),
    length('早退', 'Early'),
    count('缺卡次数', 'Missing punches'),
    length('旷工', 'Absent'),
    length('请假', 'Leave'),
    length('加班', 'Overtime'),
    text('异常', 'Exceptions'),
  ];
  const read = async (whose: Whose): Promise<readonly SheetDay[]> =>
    await deps.payroll.days(whose, period);
  return listOf(
    { columns, read, cells: (day: SheetDay) => dayCells(day, language) },
    deps,
    language,
  );
}

function dayCells({ personId, part, ...day }: SheetDay, language: Language): SheetRow {
  const figures = figuresOfMonth(monthOf(personId, [monthDayFrom(part)]));
  const kinds = part.exceptions.map(({ kind }) => kindName(kind)[language]);
  return [
    day.date,
    part.class === null ? '' : DAY_CLASSES[part.class][language],
    day.outcome[language],
    DAY_STATES[day.state][language],
    day.rule ?? '',
    day.shift ?? '',
    part.standardSeconds,
    part.workedSeconds,
    part.payableSeconds,
    figures.late_sec,
    figures.early_sec,
    figures.missing_count,
    figures.absent_sec,
    figures.leave_sec,
    part.overtime.seconds,
    [...new Set(kinds)].join(language === 'zh-CN' ? '、' : ', '),
  ];
}

/** Every punch as it was given, those that do not count too. */
export function punchTable({ period, language }: ListWanted, deps: ListDeps): ExportTable {
  const { text, date } = columnIn(language);
  const columns = [
    date('日期', 'Date'),
    text('时间', 'Time'),
    text('方式', 'Method'),
    text('进出', 'Direction'),
    text('地点', 'Site'),
    text('终端', 'Terminal'),
    text('时钟', 'Clock'),
    text('本人否认', 'Withdrawn'),
    text('收到时间', 'Received'),
    text('记录编号', 'Record'),
  ];
  const read = async (whose: Whose) => {
    const { fromMs, untilMs, zone } = await deps.reader.bookingOf(period);
    // The date is that of the door, whose zone may be a day away from the head office's.
    const margin = { fromMs: fromMs - DAY_MS, untilMs: untilMs + DAY_MS };
    const given = await deps.lists.punches(whose, margin);
    return given
      .map((each) => ({ ...each, wall: wallOf(each.punchedAtMs, each.zone ?? zone) }))
      .filter(({ wall }) => period.from <= wall.date && wall.date <= period.to);
  };
  const cells = (punch: DatedPunch): SheetRow => [
    punch.wall.date,
    punch.wall.time,
    PUNCH_METHODS[punch.method][language],
    punch.direction === null ? '' : DIRECTIONS[punch.direction][language],
    punch.site[language],
    punch.terminal,
    CLOCKS[punch.clock][language],
    punch.isVoided ? YES[language] : '',
    Temporal.Instant.fromEpochMilliseconds(punch.receivedAtMs).toString(),
    punch.id,
  ];
  return listOf({ columns, read, cells }, deps, language);
}

type DatedPunch = ListedPunch & { readonly wall: { readonly date: string; readonly time: string } };

const YES = { 'zh-CN': '是', en: 'yes' };

function wallOf(ms: number, zone: string) {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return {
    date: at.toPlainDate().toString(),
    time: at.toPlainTime().toString({ smallestUnit: 'second' }),
  };
}

/** Forms that touch the period. */
export function formTable({ period, language }: ListWanted, deps: ListDeps): ExportTable {
  const { text, date, length, number } = columnIn(language);
  const columns = [
    text('类型', 'Kind'),
    text('名称', 'Form'),
    text('状态', 'Status'),
    date('开始日期', 'From'),
    date('结束日期', 'To'),
    length('时长', 'Length'),
    number({ 'zh-CN': '天数', en: 'Days' }, 1),
    text('外部编号', 'Id elsewhere'),
    text('审批单编号', 'Form id'),
  ];
  const read = async (whose: Whose) => await deps.lists.forms(whose, period);
  const cells = (form: ListedForm): SheetRow => [
    FORM_KINDS[form.kind][language],
    form.name,
    FORM_STATUSES[form.status][language],
    form.from,
    form.to,
    form.length?.unit === 'minutes' ? form.length.minutes * 60 : null,
    form.length?.unit === 'halfDays' ? form.length.halfDays * 5 : null, // halves as tenths
    form.foreignId,
    form.formId,
  ];
  return listOf({ columns, read, cells }, deps, language);
}

/** Cases of the period and what became of them. */
export function caseTable({ period, language }: ListWanted, deps: ListDeps): ExportTable {
  const { text, date } = columnIn(language);
  const columns = [
    date('日期', 'Date'),
    text('异常', 'Exception'),
    text('状态', 'Status'),
    text('处理结果', 'Resolution'),
    text('地点', 'Site'),
  ];
  const read = async (whose: Whose) => await deps.lists.cases(whose, period);
  return listOf(
    {
      columns,
      read,
      cells: (each) => [
        each.date,
        kindName(each.kind)[language],
        CASE_STATUSES[each.status][language],
        each.resolution === null ? '' : RESOLUTIONS[each.resolution][language],
        each.site[language],
      ],
    },
    deps,
    language,
  );
}

/** What was booked in the period for days locked before, one by one. */
export function adjustmentTable({ period, language }: ListWanted, deps: ListDeps): ExportTable {
  const { text, date, number } = columnIn(language);
  const columns = [
    date('所属日期', 'Day'),
    text('项目', 'Figure'),
    number({ 'zh-CN': '锁定时', en: 'Locked' }, 0),
    number({ 'zh-CN': '现在', en: 'Now' }, 0),
    number({ 'zh-CN': '差额', en: 'Difference' }, 0),
    date('入账日期', 'Booked'),
  ];
  const read = async (whose: Whose) => {
    const booking = await deps.reader.bookingOf(period);
    const booked = await deps.payroll.booked(whose, booking);
    return booked.map((each) => ({ ...each, on: wallOf(each.bookedAtMs, booking.zone).date }));
  };
  return listOf(
    {
      columns,
      read,
      cells: (each: BookedDifference & { readonly on: string }) => [
        each.date,
        figureName(each.figure, language),
        Math.round(each.locked),
        Math.round(each.now),
        Math.round(each.difference),
        each.on,
      ],
    },
    deps,
    language,
  );
}

/** By the first column of payroll that it is booked under; its own name where there is none. */
function figureName(figure: string, language: Language): string {
  const { figures } = adjustmentsIn([{ column: figure, difference: 1 }]);
  const name = PAYROLL_COLUMN_NAMES.find((each) => figures[each] !== 0);
  return name === undefined ? figure : `${payrollColumn(name).heading[language]} (${figure})`;
}
