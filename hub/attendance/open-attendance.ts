import type { AttendanceRoutesDeps } from '#hub/api/attendance-routes';
import { AttendanceWorld } from '#hub/attendance/attendance-world';
import { DayKeeper } from '#hub/attendance/day-keeper';
import { DayMarks } from '#hub/attendance/day-marks';
import { EventDesk } from '#hub/attendance/event-desk';
import { EventReader } from '#hub/attendance/event-reader';
import { MonthReader } from '#hub/attendance/month-reader';
import { PeriodLock } from '#hub/attendance/period-lock';
import { PersonReader } from '#hub/attendance/person-reader';
import { PlacementDesk } from '#hub/attendance/placement-desk';
import { PunchTimes } from '#hub/attendance/punch-times';
import { Recompute } from '#hub/attendance/recompute';
import { RecordDesk } from '#hub/attendance/record-desk';
import { RuleDesk } from '#hub/attendance/rule-desk';
import { CaseDesk } from '#hub/exceptions/case-desk';
import { DayCases } from '#hub/exceptions/day-cases';
import { DoorCases } from '#hub/exceptions/door-cases';
import { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import { AttendanceMonthRepository } from '#hub/storage/attendance-month-repository';
import { AttendanceRecordRepository } from '#hub/storage/attendance-record-repository';
import { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { CaseRepository } from '#hub/storage/case-repository';
import { GroupEventRepository } from '#hub/storage/group-event-repository';
import { type HubDatabase } from '#hub/storage/hub-database';
import type { Store } from '#hub/storage/open-store';
import { PunchPlacementRepository } from '#hub/storage/punch-placement-repository';
import { PunchTimeRepository } from '#hub/storage/punch-time-repository';
import { chinaCalendar } from '#platform/calendar/china-calendar';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

export type Attendance = ReturnType<typeof openAttendance>;

/** The day calculation: what it reads, what it writes, and who may change its rules. */
export function openAttendance(
  db: HubDatabase,
  store: Store,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
) {
  const work = new AttendanceWorkRepository(db);
  const rules = new AttendanceRuleRepository(db);
  const records = new AttendanceRecordRepository(db);
  const days = new AttendanceDayRepository(db);
  const events = new GroupEventRepository(db);
  const times = new PunchTimeRepository(db);
  const placements = new PunchPlacementRepository(db);
  const kept = { work, rules, records, days, events, times, placements };
  const stored = { ...store, ...kept, db, clock };
  const world = new AttendanceWorld({ ...stored, calendar: chinaCalendar() });
  const reader = new PersonReader(stored);
  const marks = new DayMarks(stored);
  const keeper = new DayKeeper(stored);
  const cases = new CaseRepository(db);
  const found = { cases: new DayCases({ cases, clock }) };
  const recompute = new Recompute({ ...stored, ...found, world, reader, keeper, logger });
  const doors = new DoorCases({ ...store, cases, clock });
  const parts = {
    ...stored,
    world,
    reader,
    marks,
    onMarked: () => db.whenCommitted(() => recompute.wake()),
  };
  const ruleDesk = new RuleDesk(parts);
  const routes: AttendanceRoutesDeps = {
    days,
    rules,
    work,
    ruleDesk,
    recordDesk: new RecordDesk(parts),
    periodLock: new PeriodLock({ ...parts, cases }),
    monthReader: new MonthReader({ db, months: new AttendanceMonthRepository(db) }),
    eventDesk: new EventDesk(parts),
    eventReader: new EventReader(parts),
    placementDesk: new PlacementDesk(parts),
  };
  const { onMarked } = parts;
  const exceptions = { cases, caseDesk: new CaseDesk({ ...parts, cases }) };
  const followed = { marks, doors, exceptions, recompute, times: new PunchTimes(parts) };
  return { ...routes, ...followed, routes, world, reader, onMarked };
}
