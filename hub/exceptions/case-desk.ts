import { exceptionViewOf } from '#contracts/rest/v1/exception-view';
import type {
  ExceptionAct,
  ExceptionBulkResult,
  ExceptionCase,
  LockWarningText,
} from '#contracts/rest/v1/exceptions';
import { bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import { dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import { handleCases } from '#domain/exceptions/handle-case';
import { lockWarningOf } from '#domain/exceptions/lock-warning';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { CaseReach, CaseRepository, StoredCase } from '#hub/storage/case-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRepository } from '#hub/storage/person-repository';

interface CaseDeskDeps {
  readonly db: HubDatabase;
  readonly cases: CaseRepository;
  readonly people: PersonRepository;
  readonly world: AttendanceWorld;
}

export type CaseFailure =
  | { readonly kind: 'absent' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'conflict'; readonly faults: readonly Fault[] };

/** The cases, and where they are handled. */
export interface Exceptions {
  readonly cases: CaseRepository;
  readonly caseDesk: CaseDesk;
}

/** Who handles cases, and how far they reach. */
export interface CaseHandler {
  readonly by: string;
  readonly reach: CaseReach;
}

/** Where cases are handled. No act changes a day. */
export class CaseDesk {
  readonly #deps: CaseDeskDeps;

  constructor(deps: CaseDeskDeps) {
    this.#deps = deps;
  }

  async shown(cases: readonly StoredCase[]): Promise<ExceptionCase[]> {
    const { world } = await this.#deps.world.now();
    const clock = world.clockOf(world.zone);
    return cases.map((each) => exceptionViewOf(each, each, clock));
  }

  /** @param isExpected whether the case is as the caller has seen it */
  async handle(
    { by, reach }: CaseHandler,
    { key, act }: { readonly key: string; readonly act: ExceptionAct },
    isExpected: (found: StoredCase) => boolean,
  ): Promise<Result<StoredCase, CaseFailure>> {
    const { db, cases } = this.#deps;
    return await db.transaction(async (): Promise<Result<StoredCase, CaseFailure>> => {
      const found = (await cases.within([key], reach)).get(key);
      if (found === undefined) return failed({ kind: 'absent' });
      if (!isExpected(found)) return failed({ kind: 'stale' });
      const [refusal] = (await this.#act(new Map([[key, found]]), act, by)).refused;
      if (refusal !== undefined) return failed({ kind: 'conflict', faults: [refusal.fault] });
      const now = (await cases.within([key], reach)).get(key);
      return now === undefined ? failed({ kind: 'absent' }) : ok(now);
    });
  }

  /** Those that do not fit, and those out of reach, are told one by one; the others are done. */
  async handleAll(
    { by, reach }: CaseHandler,
    keys: readonly string[],
    act: ExceptionAct,
  ): Promise<ExceptionBulkResult> {
    const { db, cases } = this.#deps;
    return await db.transaction(async () => {
      const asked = [...new Set(keys)];
      const found = await cases.within(asked, reach);
      const { done, refused } = await this.#act(found, act, by);
      const absent = asked.filter((key) => !found.has(key)).map((key) => ({ key, fault: ABSENT }));
      return { done, refused: [...refused, ...absent].map(refusalText) };
    });
  }

  async lockWarning(through: string): Promise<LockWarningText> {
    const warning = lockWarningOf(await this.#deps.cases.unsettled(through), dayNumberOf(through));
    if (warning === null) return null;
    const byKind = warning.byKind.map((each) => ({ ...each }));
    return { ...warning, byKind, oldest: isoOf(warning.oldest), text: { ...warning.text } };
  }

  async #act(found: ReadonlyMap<string, StoredCase>, act: ExceptionAct, by: string) {
    const { cases, people, world } = this.#deps;
    const isToNobody =
      act.kind === 'assign' && act.to !== null && (await people.get(act.to)) === undefined;
    if (isToNobody) {
      return { done: 0, refused: [...found.keys()].map((key) => ({ key, fault: NO_ASSIGNEE })) };
    }
    const { now: at } = await world.today();
    const states = new Map([...found].map(([key, { state }]) => [key, state]));
    const { events, refused } = handleCases(states, act, { by, at });
    await cases.record(events, found, 'day');
    return { done: events.length, refused };
  }
}

function refusalText({ key, fault: why }: { readonly key: string; readonly fault: Fault }) {
  const { code, 'zh-CN': zh, en } = why;
  return { key, fault: { code, 'zh-CN': zh, en } };
}

const ABSENT: Fault = fault(
  'caseAbsent',
  '',
  bilingual('没有这条异常，或不在您的管理范围内', 'there is no such exception in your scope'),
);
const NO_ASSIGNEE: Fault = fault(
  'assigneeAbsent',
  'to',
  bilingual('没有这位员工，请重新选择负责人', 'there is no such person; choose somebody else'),
);
