import type { DayMarks } from '#hub/attendance/day-marks';
import { DepartmentDesk } from '#hub/people/department-desk';
import { Leaving } from '#hub/people/leaving';
import { PeopleDesk } from '#hub/people/people-desk';
import { PersonCheck } from '#hub/people/person-check';
import { PersonWriter } from '#hub/people/person-writer';
import { DepartmentImport } from '#hub/people/sheet/department-import';
import { PeopleExport } from '#hub/people/sheet/people-export';
import { PeopleImport } from '#hub/people/sheet/people-import';
import { SiteDates } from '#hub/people/site-dates';
import { AccountRepository } from '#hub/storage/account-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { DepartmentRepository } from '#hub/storage/department-repository';
import { DirectoryRepository } from '#hub/storage/directory-repository';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { LeavingRepository } from '#hub/storage/leaving-repository';
import { PeopleViewRepository } from '#hub/storage/people-view-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import { WorkplaceRepository } from '#hub/storage/workplace-repository';
import type { EventBook } from '#hub/webhooks/event-book';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

export interface PeopleParts {
  readonly db: HubDatabase;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly downLog: DownLogRepository;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly marks: DayMarks;
  readonly eventBook: EventBook;
  readonly clock: Clock;
  readonly logger: Logger;
  /** After each commit that terminals have to hear of. */
  readonly onChange: () => void;
  /** After each commit by which days have to be computed. */
  readonly onMarked: () => void;
}

export type OpenedPeople = ReturnType<typeof openPeople>;

/** Everything about people and departments: what the routes need, and what lets people go. */
export function openPeople(parts: PeopleParts) {
  const { db, clock } = parts;
  const departments = new DepartmentRepository(db);
  const workplaces = new WorkplaceRepository(db);
  const views = new PeopleViewRepository(db);
  const accounts = new AccountRepository(db);
  const stored = { ...parts, accounts, departments, workplaces, views };
  const dates = new SiteDates({ workplaces, clock });
  const writer = new PersonWriter(stored);
  const check = new PersonCheck(stored);
  const directory = new DirectoryRepository(db);
  const leaving = new LeavingRepository(db);
  return {
    views,
    desk: new PeopleDesk({ ...stored, check, writer, dates }),
    departmentDesk: new DepartmentDesk(stored),
    peopleImport: new PeopleImport({ ...stored, directory, writer, dates }),
    peopleExport: new PeopleExport({ ...stored, directory }),
    departmentImport: new DepartmentImport({ departments, directory }),
    leaving: new Leaving({ ...stored, leaving, writer, dates }),
  };
}
