import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { computeDocument } from '#contracts/attendance/compute-document';
import { documentJsonSchema } from '#contracts/attendance/document-contract';
import type { Refusal } from '#contracts/attendance/refusal';
import {
  type AttendanceDays,
  approvalChange,
  attendanceMember,
  companyDays,
  DAYS_RANGE_MAX,
  daysQuery,
  newApproval,
  periodLock,
  rosterChange,
  ruleDraft,
  rulePublication,
} from '#contracts/rest/v1/attendance';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { Result } from '#domain/result';
import { ProblemError, parsed } from '#hub/api/problem';
import type { PeriodLock } from '#hub/attendance/period-lock';
import type { RecordDesk } from '#hub/attendance/record-desk';
import type { RuleDesk, WrittenFailure } from '#hub/attendance/rule-desk';
import type { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';

const PATH = '/api/v1/attendance';
const PREVIEW_BYTES_MAX = 512 * 1024; // a month of a hundred people, four punches a day
const PREVIEW_PERSON_DAYS_MAX = 3200; // half a second of the one thread that also acknowledges punches
const PREVIEWS_PER_MINUTE = 30;

export interface AttendanceRoutesDeps {
  readonly days: AttendanceDayRepository;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly ruleDesk: RuleDesk;
  readonly recordDesk: RecordDesk;
  readonly periodLock: PeriodLock;
}

/** Trying rules, setting them, and what they come to. */
export function attendanceRoutes(app: FastifyInstance, deps: AttendanceRoutesDeps): void {
  previewRoutes(app);
  ruleRoutes(app, deps);
  recordRoutes(app, deps);
  app.get(`${PATH}/days`, (request) => daysOf(parsed(daysQuery, request.query), deps));
  app.post(`${PATH}/lock`, async (request, reply) => {
    const { through, pending } = parsed(periodLock, request.body);
    const locked = await deps.periodLock.lock(through, pending);
    if (!locked.ok) throw refusedWith('conflict', [locked.failure]);
    return reply.code(202).send({ lockedThrough: through, days: locked.value });
  });
}

function previewRoutes(app: FastifyInstance): void {
  app.get(`${PATH}/schema`, () => documentJsonSchema());
  const config = { rateLimit: { max: PREVIEWS_PER_MINUTE, timeWindow: '1 minute' } };
  app.post(`${PATH}/preview`, { bodyLimit: PREVIEW_BYTES_MAX, config }, (request) => {
    refuseLongWork(request.body);
    const computed = computeDocument(request.body);
    if (computed.ok) return computed.value;
    throw refusedWith('invalid', computed.failure);
  });
}

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

function ruleRoutes(app: FastifyInstance, { rules, ruleDesk }: AttendanceRoutesDeps): void {
  app.get(`${PATH}/rules`, async () => ({
    drafts: await rules.drafts(),
    versions: await rules.versions(),
  }));
  app.put(`${PATH}/rules/:id`, async (request) => {
    const draft = parsed(ruleDraft, request.body);
    return accepted(await ruleDesk.draft({ ...draft, id: idOf(request) }));
  });
  app.post(`${PATH}/rules/:id/publish`, async (request, reply) => {
    const { effectiveFrom } = parsed(rulePublication, request.body);
    return reply.code(201).send(accepted(await ruleDesk.publish(idOf(request), effectiveFrom)));
  });
  app.put(`${PATH}/company-days`, async (request) => {
    const { days } = parsed(companyDays, request.body);
    await ruleDesk.setCompanyDays(days);
    return { days };
  });
}

function recordRoutes(app: FastifyInstance, { recordDesk }: AttendanceRoutesDeps): void {
  app.post(`${PATH}/approvals`, async (request, reply) => {
    const { personId, form } = parsed(newApproval, request.body);
    const { range: _, ...approval } = accepted(await recordDesk.addApproval(personId, form));
    return reply.code(201).send(approval);
  });
  app.patch(`${PATH}/approvals/:id`, async (request) => {
    const { state } = parsed(approvalChange, request.body);
    const changed = accepted(await recordDesk.setApprovalState(idOf(request), state));
    const { range: _, ...approval } = changed;
    return approval;
  });
  app.delete(`${PATH}/approvals/:id`, async (request) => {
    const withdrawn = accepted(await recordDesk.setApprovalState(idOf(request), 'withdrawn'));
    const { range: _, ...approval } = withdrawn;
    return approval;
  });
  app.put(`${PATH}/roster`, async (request) => {
    const { entries } = parsed(rosterChange, request.body);
    return { changed: accepted(await recordDesk.setRoster(entries)) };
  });
  app.put(`${PATH}/members/:id`, async (request) => {
    const member = parsed(attendanceMember, request.body);
    return accepted(await recordDesk.setMember(idOf(request), member));
  });
}

async function daysOf(
  query: z.output<typeof daysQuery>,
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

const named = z.object({ id: z.string().min(1).max(80) });

/** An id that is none names nothing. */
function idOf(request: FastifyRequest): string {
  const params = named.safeParse(request.params);
  if (!params.success) throw new ProblemError('absent');
  return params.data.id;
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
