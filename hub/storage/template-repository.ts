import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';
import type { SqliteDatabase } from '#platform/sqlite/database';

export interface StoredTemplate {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  /** Little-endian float32 vector, base64url. */
  readonly vector: string;
}

interface TemplateRow {
  readonly template_id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly sealed: Buffer;
}

const KEY_BYTES = 32;

/**
 * Face templates, never in the clear on the disk: AES-256-GCM under a key of the person, which is
 * itself wrapped by the hub's key file. Erasing that key makes every copy of the file unreadable.
 */
export class TemplateRepository {
  readonly #db: SqliteDatabase;
  readonly #storageKey: Buffer;

  constructor(db: SqliteDatabase, storageKey: Buffer) {
    this.#db = db;
    this.#storageKey = storageKey;
  }

  add(
    template: StoredTemplate,
    enrolment: { readonly enrolmentId: string; readonly enrolledAtMs: number },
  ): void {
    const key = this.#keyOf(template.personId) ?? this.#mintKey(template.personId);
    const sealed = encrypt(template.vector, key, contextOf(template.personId, template.templateId));
    this.#db
      .prepare(
        `INSERT INTO templates (template_id, person_id, model_id, enrolment_id, sealed,
           enrolled_at_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (template_id) DO NOTHING`,
      )
      .run(
        template.templateId,
        template.personId,
        template.modelId,
        enrolment.enrolmentId,
        sealed,
        enrolment.enrolledAtMs,
      );
  }

  /** @returns undefined once it has been erased */
  get(templateId: string): StoredTemplate | undefined {
    const row = this.#db
      .prepare<[string], TemplateRow>('SELECT * FROM templates WHERE template_id = ?')
      .get(templateId);
    const key = row === undefined ? undefined : this.#keyOf(row.person_id);
    if (row === undefined || key === undefined) return undefined;
    return {
      templateId: row.template_id,
      personId: row.person_id,
      modelId: row.model_id,
      vector: decrypt(row.sealed, key, contextOf(row.person_id, row.template_id)).toString('utf8'),
    };
  }

  idsOf(personId: string): string[] {
    return this.#db
      .prepare<[string], { template_id: string }>(
        'SELECT template_id FROM templates WHERE person_id = ? ORDER BY enrolled_at_ms, template_id',
      )
      .all(personId)
      .map((row) => row.template_id);
  }

  /** @returns how many there were */
  dropModel(personId: string, modelId: string): number {
    return this.#db
      .prepare('DELETE FROM templates WHERE person_id = ? AND model_id = ?')
      .run(personId, modelId).changes;
  }

  /** Crypto-erasure: the person's key goes with the templates. @returns how many there were */
  erase(personId: string): number {
    const { changes } = this.#db.prepare('DELETE FROM templates WHERE person_id = ?').run(personId);
    this.#db.prepare('DELETE FROM template_keys WHERE person_id = ?').run(personId);
    return changes;
  }

  #keyOf(personId: string): Buffer | undefined {
    const row = this.#db
      .prepare<[string], { wrapped: Buffer }>(
        'SELECT wrapped FROM template_keys WHERE person_id = ?',
      )
      .get(personId);
    return row === undefined
      ? undefined
      : decrypt(row.wrapped, this.#storageKey, keyContextOf(personId));
  }

  #mintKey(personId: string): Buffer {
    const key = randomBytes(KEY_BYTES);
    this.#db
      .prepare('INSERT INTO template_keys (person_id, wrapped) VALUES (?, ?)')
      .run(personId, encrypt(key, this.#storageKey, keyContextOf(personId)));
    return key;
  }
}

function contextOf(personId: string, templateId: string): string {
  return `lintel/hub/template/${personId}/${templateId}`;
}

function keyContextOf(personId: string): string {
  return `lintel/hub/template-key/${personId}`;
}
