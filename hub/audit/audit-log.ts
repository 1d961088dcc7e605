import type { AuditRecord, AuditValue } from '#domain/authority/audit-entry';
import type { AuditRepository } from '#hub/storage/audit-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';
import { type AuditEntry, appendAudit } from '#platform/crypto/audit-chain';

export interface AuditLogDeps {
  readonly db: HubDatabase;
  readonly audit: AuditRepository;
  readonly clock: Clock;
}

/** Where acts are written down: each with what it changed, or neither. */
export class AuditLog {
  readonly #deps: AuditLogDeps;

  constructor(deps: AuditLogDeps) {
    this.#deps = deps;
  }

  /**
   * A unit of work that will end in an entry. It takes the log first, so that two units that write
   * to it follow one another instead of meeting at its end.
   */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    return await this.#deps.db.transaction(async () => {
      await this.#deps.audit.hold();
      return await work();
    });
  }

  /** Joins the unit that is open, so that the entry comes and goes with it. */
  async append(record: AuditRecord): Promise<void> {
    const { audit, clock } = this.#deps;
    await this.unit(async () => {
      const entry = appendAudit(await audit.head(), clock.now(), record);
      await audit.add(textOf(entry));
    });
  }
}

/** The entry as JSON has it, where nothing is read-only. */
function textOf({ act, ...rest }: AuditEntry<AuditRecord>) {
  const changes = act.changes.map((change) =>
    'before' in change
      ? { field: change.field, before: valueOf(change.before), after: valueOf(change.after) }
      : { field: change.field },
  );
  return { ...rest, act: { ...act, changes } };
}

function valueOf(value: AuditValue) {
  return typeof value === 'object' && value !== null ? [...value] : value;
}
