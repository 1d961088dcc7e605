import { z } from 'zod';
import { type RuleText, ruleText } from '#contracts/attendance/rule-contract';
import { byCodePoint } from '#domain/attendance/text-order';
import type { HubDatabase } from '#hub/storage/hub-database';

/** A rule group as published: in force from its date until the next version of the same group. */
export interface RuleVersion {
  readonly version: number;
  readonly ruleId: string;
  readonly effectiveFrom: string;
  readonly rule: RuleText;
}

const savedRule = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(ruleText);

/** Rule groups: one draft each, and every version ever published. */
export class AttendanceRuleRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async saveDraft(rule: RuleText, atMs: number): Promise<void> {
    await this.#db.now
      .insertInto('rule_drafts')
      .values({ rule_id: rule.id, body: JSON.stringify(rule), saved_at_ms: atMs })
      .onConflict((conflict) =>
        conflict.column('rule_id').doUpdateSet((row) => ({
          body: row.ref('excluded.body'),
          saved_at_ms: row.ref('excluded.saved_at_ms'),
        })),
      )
      .execute();
  }

  async draft(ruleId: string): Promise<RuleText | undefined> {
    const row = await this.#db.now
      .selectFrom('rule_drafts')
      .select('body')
      .where('rule_id', '=', ruleId)
      .executeTakeFirst();
    return row === undefined ? undefined : savedRule.parse(row.body);
  }

  async drafts(): Promise<RuleText[]> {
    const rows = await this.#db.now.selectFrom('rule_drafts').select('body').execute();
    return rows
      .map((row) => savedRule.parse(row.body))
      .toSorted((one, other) => byCodePoint(one.id, other.id));
  }

  async publish(rule: RuleText, effectiveFrom: string, atMs: number): Promise<number> {
    const { version } = await this.#db.now
      .insertInto('rule_versions')
      .values({
        rule_id: rule.id,
        effective_from: effectiveFrom,
        zone: rule.zone ?? null,
        body: JSON.stringify({ ...rule, effectiveFrom }),
        published_at_ms: atMs,
      })
      .returning('version')
      .executeTakeFirstOrThrow();
    return version;
  }

  /** Those that hold; a version published again for its date has replaced the one before. */
  async versions(): Promise<RuleVersion[]> {
    const newest = this.#db.now
      .selectFrom('rule_versions')
      .select((table) => table.fn.max('version').as('version'))
      .groupBy(['rule_id', 'effective_from']);
    const rows = await this.#db.now
      .selectFrom('rule_versions')
      .select(['version', 'rule_id', 'effective_from', 'body'])
      .where('version', 'in', newest)
      .execute();
    return rows
      .map((row) => ({
        version: row.version,
        ruleId: row.rule_id,
        effectiveFrom: row.effective_from,
        rule: savedRule.parse(row.body),
      }))
      .toSorted(byGroupAndDate);
  }

  /** By whose clocks a business date may be counted: the site's, and those rules name. */
  async zones(): Promise<string[]> {
    const { now } = this.#db;
    const rows = await now
      .selectFrom('sites')
      .select('zone')
      .union(
        now
          .selectFrom('rule_versions')
          .select((table) => table.ref('zone').$notNull().as('zone'))
          .where('zone', 'is not', null),
      )
      .execute();
    return rows.map((row) => row.zone);
  }
}

/** Here, since databases sort texts by the habits of a language. */
function byGroupAndDate(one: RuleVersion, other: RuleVersion): number {
  return (
    byCodePoint(one.ruleId, other.ruleId) || byCodePoint(one.effectiveFrom, other.effectiveFrom)
  );
}
