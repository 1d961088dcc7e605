import { z } from 'zod';
import { type RuleText, ruleText } from '#contracts/attendance/rule-contract';
import type { SqliteDatabase } from '#platform/sqlite/database';

/** A rule group as published: in force from its date until the next version of the same group. */
export interface RuleVersion {
  readonly version: number;
  readonly ruleId: string;
  readonly effectiveFrom: string;
  readonly rule: RuleText;
}

interface VersionRow {
  readonly version: number;
  readonly rule_id: string;
  readonly effective_from: string;
  readonly body: string;
}

const savedRule = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(ruleText);

/** Rule groups: one draft each, and every version ever published. */
export class AttendanceRuleRepository {
  readonly #db: SqliteDatabase;
  readonly #zones;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#zones = db.prepare<[], { zone: string }>(
      'SELECT zone FROM site UNION SELECT zone FROM rule_versions WHERE zone IS NOT NULL',
    );
  }

  saveDraft(rule: RuleText, atMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO rule_drafts (rule_id, body, saved_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (rule_id) DO UPDATE SET body = excluded.body, saved_at_ms = excluded.saved_at_ms`,
      )
      .run(rule.id, JSON.stringify(rule), atMs);
  }

  draft(ruleId: string): RuleText | undefined {
    const row = this.#db
      .prepare<[string], { body: string }>('SELECT body FROM rule_drafts WHERE rule_id = ?')
      .get(ruleId);
    return row === undefined ? undefined : savedRule.parse(row.body);
  }

  drafts(): RuleText[] {
    return this.#db
      .prepare<[], { body: string }>('SELECT body FROM rule_drafts ORDER BY rule_id')
      .all()
      .map((row) => savedRule.parse(row.body));
  }

  publish(rule: RuleText, effectiveFrom: string, atMs: number): number {
    const body = JSON.stringify({ ...rule, effectiveFrom });
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO rule_versions (rule_id, effective_from, zone, body, published_at_ms)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(rule.id, effectiveFrom, rule.zone ?? null, body, atMs);
    return Number(lastInsertRowid);
  }

  /** Those that hold; a version published again for its date has replaced the one before. */
  versions(): RuleVersion[] {
    return this.#db
      .prepare<[], VersionRow>(
        `SELECT version, rule_id, effective_from, body FROM rule_versions v
         WHERE version = (SELECT max(version) FROM rule_versions w
           WHERE w.rule_id = v.rule_id AND w.effective_from = v.effective_from)
         ORDER BY rule_id, effective_from`,
      )
      .all()
      .map((row) => ({
        version: row.version,
        ruleId: row.rule_id,
        effectiveFrom: row.effective_from,
        rule: savedRule.parse(row.body),
      }));
  }

  /** By whose clocks a business date may be counted: the site's, and those rules name. */
  zones(): string[] {
    return this.#zones.all().map((row) => row.zone);
  }
}
