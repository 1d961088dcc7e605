import { randomBytes } from 'node:crypto';
import type { HubDatabase } from '#hub/storage/hub-database';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';

export interface StoredTemplate {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  /** Little-endian float32 vector, base64url. */
  readonly vector: string;
}

const KEY_BYTES = 32;

/**
 * Face templates, never in the clear on the disk: AES-256-GCM under a key of the person, which is
 * itself wrapped by the hub's key file. Erasing that key makes every copy of the file unreadable.
 */
export class TemplateRepository {
  readonly #db: HubDatabase;
  readonly #storageKey: Buffer;

  constructor(db: HubDatabase, storageKey: Buffer) {
    this.#db = db;
    this.#storageKey = storageKey;
  }

  async add(
    template: StoredTemplate,
    enrolment: { readonly enrolmentId: string; readonly enrolledAtMs: number },
  ): Promise<void> {
    const { templateId, personId, modelId, vector } = template;
    await this.#db.transaction(async () => {
      const key = (await this.#keyOf(personId)) ?? (await this.#mintKey(personId));
      await this.#db.now
        .insertInto('templates')
        .values({
          template_id: templateId,
          person_id: personId,
          model_id: modelId,
          enrolment_id: enrolment.enrolmentId,
          sealed: encrypt(vector, key, contextOf(personId, templateId)),
          enrolled_at_ms: enrolment.enrolledAtMs,
        })
        .onConflict((conflict) => conflict.column('template_id').doNothing())
        .execute();
    });
  }

  /** @returns undefined once it has been erased */
  async get(templateId: string): Promise<StoredTemplate | undefined> {
    const row = await this.#db.now
      .selectFrom('templates as t')
      .innerJoin('template_keys as k', 'k.person_id', 't.person_id')
      .select(['t.person_id', 't.model_id', 't.sealed', 'k.wrapped'])
      .where('t.template_id', '=', templateId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { person_id: personId, model_id: modelId } = row;
    const key = this.#unwrapped(personId, row.wrapped);
    const vector = decrypt(row.sealed, key, contextOf(personId, templateId)).toString('utf8');
    return { templateId, personId, modelId, vector };
  }

  async idsOf(personId: string): Promise<string[]> {
    const rows = await this.#db.now
      .selectFrom('templates')
      .select('template_id')
      .where('person_id', '=', personId)
      .orderBy('enrolled_at_ms')
      .orderBy('template_id')
      .execute();
    return rows.map((row) => row.template_id);
  }

  /** Every template with whose it is. */
  async owned(): Promise<{ personId: string; templateId: string }[]> {
    const rows = await this.#db.now
      .selectFrom('templates')
      .select(['person_id', 'template_id'])
      .orderBy('person_id')
      .orderBy('enrolled_at_ms')
      .orderBy('template_id')
      .execute();
    return rows.map((row) => ({ personId: row.person_id, templateId: row.template_id }));
  }

  /** @returns how many there were */
  async dropModel(personId: string, modelId: string): Promise<number> {
    const dropped = await this.#db.now
      .deleteFrom('templates')
      .where('person_id', '=', personId)
      .where('model_id', '=', modelId)
      .executeTakeFirst();
    return Number(dropped.numDeletedRows);
  }

  /** Crypto-erasure: the person's key goes with the templates. @returns how many there were */
  async erase(personId: string): Promise<number> {
    return await this.#db.transaction(async () => {
      const erased = await this.#db.now
        .deleteFrom('templates')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      await this.#db.now.deleteFrom('template_keys').where('person_id', '=', personId).execute();
      return Number(erased.numDeletedRows);
    });
  }

  async #keyOf(personId: string): Promise<Buffer | undefined> {
    const row = await this.#db.now
      .selectFrom('template_keys')
      .select('wrapped')
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row === undefined ? undefined : this.#unwrapped(personId, row.wrapped);
  }

  #unwrapped(personId: string, wrapped: Buffer): Buffer {
    return decrypt(wrapped, this.#storageKey, keyContextOf(personId));
  }

  async #mintKey(personId: string): Promise<Buffer> {
    const key = randomBytes(KEY_BYTES);
    const wrapped = encrypt(key, this.#storageKey, keyContextOf(personId));
    await this.#db.now
      .insertInto('template_keys')
      .values({ person_id: personId, wrapped })
      .execute();
    return key;
  }
}

function contextOf(personId: string, templateId: string): string {
  return `lintel/hub/template/${personId}/${templateId}`;
}

function keyContextOf(personId: string): string {
  return `lintel/hub/template-key/${personId}`;
}
