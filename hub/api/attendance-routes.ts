import { z } from 'zod';
import { computeDocument } from '#contracts/attendance/compute-document';
import { documentJsonSchema } from '#contracts/attendance/document-contract';
import type { Refusal } from '#contracts/attendance/refusal';
import {
  type AttendanceDays,
  attendanceRoutes,
  DAYS_RANGE_MAX,
  type daysQuery,
} from '#contracts/rest/v1/attendance';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { Reach } from '#domain/authority/reach';
import type { Result } from '#domain/result';
import { serveMonths } from '#hub/api/attendance-month-routes';
import { type GroupEventDeps, serveGroupEvents } from '#hub/api/group-event-routes';
import type { Handlers } from '#hub/api/handler';
import { requireEverybody } from '#hub/api/limits-of-reach';
import { ProblemError } from '#hub/api/problem';
import { servePunchPlacement } from '#hub/api/punch-placement-routes';
import type { RouteBook } from '#hub/api/route-book';
import type { MonthReader } from '#hub/attendance/month-reader';
import type { PeriodLock } from '#hub/attendance/period-lock';
import type { PlacementDesk } from '#hub/attendance/placement-desk';
import type { RecordDesk } from '#hub/attendance/record-desk';
import type { RuleDesk, WrittenFailure } from '#hub/attendance/rule-desk';
import type { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';

const PREVIEW_PERSON_DAYS_MAX = 3200; // half a second of the one thread that also acknowledges punches

export interface AttendanceRoutesDeps extends GroupEventDeps {
  readonly days: AttendanceDayRepository;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly ruleDesk: RuleDesk;
  readonly recordDesk: RecordDesk;
  readonly periodLock: PeriodLock;
  readonly monthReader: MonthReader;
  readonly placementDesk: PlacementDesk;
}

/** Trying rules, setting them, and what they come to. */
export function serveAttendance(book: RouteBook, deps: AttendanceRoutesDeps): void {
  book.serve(attendanceRoutes, {
    ...tried,
    ...ruleHandlers(deps),
    ...recordHandlers(deps),
    listDays: async ({ query, reach }) => ({ body: await daysOf({ ...query, reach }, deps) }),
    lockPeriod: async ({ body: { through, ...terms }, reach }) => {
      requireEverybody(reach); // the books of the whole company are closed
      const locked = await deps.periodLock.lock(through, terms);
      if (!locked.ok) throw refusedWith('conflict', [locked.failure]);
      return { body: { lockedThrough: through, days: locked.value } };
    },
  });
  serveMonths(book, deps.monthReader);
  serveGroupEvents(book, deps);
  servePunchPlacement(book, deps.placementDesk);
}

type Routes = typeof attendanceRoutes;

const tried: Handlers<Pick<Routes, 'attendanceSchema' | 'previewAttendance'>> = {
  attendanceSchema: () => ({ body: { ...documentJsonSchema() } }),
  previewAttendance: ({ body }) => {
    refuseLongWork(body);
    const computed = computeDocument(body);
    if (computed.ok) return { body: computed.value };
    throw refusedWith('invalid', computed.failure);
  },
};

const extent = z.object({
  period: z.object({ from: z.iso.date(), to: z.iso.date() }),
  people: z.array(z.unknown()).optional(),
});

/** A document of another shape is refused by the reader, which says why. */
function refuseLongWork(body: unknown): void {
  const { data } = extent.safeParse(body);
  if (data === undefined) return;
  const days = dayNumberOf(data.period.to) - dayNumberOf(data.period.from) + 1;
  if (days * (data.people?.length ?? 1) <= PREVIEW_PERSON_DAYS_MAX) return;
  throw refusedWith('invalid', [
    {
      path: 'people',
      'zh-CN': `在线试算最多 ${PREVIEW_PERSON_DAYS_MAX} 个人日；更多请用 lintel compute`,
      en: `at most ${PREVIEW_PERSON_DAYS_MAX} days of all people are tried here; lintel compute takes more`,
    },
  ]);
}

type RuleRoutes = Pick<Routes, 'listRules' | 'saveRuleDraft' | 'publishRule' | 'setCompanyDays'>;

function ruleHandlers({ rules, ruleDesk }: AttendanceRoutesDeps): Handlers<RuleRoutes> {
  return {
    listRules: async () => ({
      body: { drafts: await rules.drafts(), versions: await rules.versions() },
    }),
    saveRuleDraft: async ({ params, body }) => ({
      body: accepted(await ruleDesk.draft({ ...body, id: params.ruleId })),
    }),
    publishRule: async ({ params, body, reach }) => {
      requireEverybody(reach); // whom a rule is for is said by the rule, and may be anybody
      return { body: accepted(await ruleDesk.publish(params.ruleId, body.effectiveFrom)) };
    },
    setCompanyDays: async ({ body, reach }) => {
      requireEverybody(reach);
      await ruleDesk.setCompanyDays(body.days);
      return { body };
    },
  };
}

type RecordRoutes = Pick<Routes, 'setRoster' | 'setMember'>;

function recordHandlers({ recordDesk }: AttendanceRoutesDeps): Handlers<RecordRoutes> {
  return {
    setRoster: async ({ body, reach }) => ({
      body: { changed: accepted(await recordDesk.setRoster(body.entries, reach)) },
    }),
    setMember: async ({ params, body, reach }) => ({
      body: accepted(await recordDesk.setMember(params.personId, body, reach)),
    }),
  };
}

async function daysOf(
  query: z.output<typeof daysQuery> & { readonly reach: Reach },
  deps: AttendanceRoutesDeps,
): Promise<AttendanceDays> {
  const length = dayNumberOf(query.to) - dayNumberOf(query.from) + 1;
  if (length < 1 || length > DAYS_RANGE_MAX) {
    throw refusedWith('invalid', [
      {
        path: 'to',
        'zh-CN': `结束日期不能早于开始日期，且最多 ${DAYS_RANGE_MAX} 天`,
        en: `to cannot lie before from, and at most ${DAYS_RANGE_MAX} days are told at once`,
      },
    ]);
  }
  const { days, total } = await deps.days.between(query);
  const adjustments = await deps.days.adjustments(query);
  return {
    days: days.map(({ result, ruleVersion, inputsHash }) => ({
      ...result,
      ruleVersion,
      inputsHash,
    })),
    total,
    adjustments: adjustments.map(({ bookedAtMs, ...row }) => ({
      ...row,
      bookedAt: Temporal.Instant.fromEpochMilliseconds(bookedAtMs).toString(),
    })),
    waiting: await deps.work.count(),
    lockedThrough: (await deps.work.state()).lockedThrough ?? null,
  };
}

function accepted<T>(result: Result<T, WrittenFailure>): T {
  if (result.ok) return result.value;
  const { failure } = result;
  if (failure.kind === 'absent') throw new ProblemError('absent');
  throw refusedWith(failure.kind === 'conflict' ? 'conflict' : 'invalid', failure.refusals);
}

const ERRORS_MAX = 100; // of a document of thousands of mistakes the first are enough

function refusedWith(kind: 'invalid' | 'conflict', refusals: readonly Refusal[]): ProblemError {
  const errors = refusals.slice(0, ERRORS_MAX).map(({ path, ...reason }) => ({ path, reason }));
  return new ProblemError(kind, { errors });
}
