import { randomBytes } from 'node:crypto';
import { type PersonBody, personBody, templateBody } from '#contracts/wire/v1/down-log';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';
import type { TerminalDatabase } from '#terminal/storage/terminal-database';

const DATA_KEY_BYTES = 32;

/** A face template of one person, in the clear: in memory only. */
export interface Template {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  readonly vector: Float32Array;
}

interface PersonRow {
  readonly personId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
}
interface TemplateRow {
  readonly templateId: string;
  readonly personId: string;
  readonly sealed: Buffer;
}

const sealedTemplate = templateBody.pick({ modelId: true, vector: true });

/** What each ciphertext is bound to, so that rows cannot be swapped. */
const context = {
  key: (person: string) => `terminal/key/${person}`,
  person: (person: string) => `terminal/person/${person}`,
  template: (person: string, template: string) => `terminal/template/${person}/${template}`,
} as const;

/**
 * People and templates, sealed at rest: each person's rows under a data key of their own, that key
 * wrapped by the device key. Whoever destroys the wrapped key has erased every copy, backups included
 * that lack the device key's file.
 *
 * Writes are plain statements, meant to run inside the transaction that says why they happen.
 */
export class PeopleRepository {
  readonly #db: TerminalDatabase;
  readonly #deviceKey: Buffer;

  constructor(db: TerminalDatabase, deviceKey: string) {
    this.#db = db;
    this.#deviceKey = Buffer.from(deviceKey, 'base64url');
  }

  people(): readonly PersonBody[] {
    return this.#personRows().map((row) => this.#open(row));
  }

  person(personId: string): PersonBody | undefined {
    const row = this.#personRow(personId);
    return row && this.#open(row);
  }

  templates(): readonly Template[] {
    const keys = new Map(this.#personRows().map((row) => [row.personId, this.#unwrap(row)]));
    const rows = this.#db
      .prepare<[], TemplateRow>(
        'SELECT template_id AS templateId, person_id AS personId, sealed FROM template',
      )
      .all();
    return rows.flatMap((row) => {
      const key = keys.get(row.personId);
      return key === undefined ? [] : [openTemplate(row, key)];
    });
  }

  templatesOf(personId: string): readonly Template[] {
    const key = this.#keyOf(personId);
    if (key === undefined) return [];
    return this.#db
      .prepare<[string], TemplateRow>(
        `SELECT template_id AS templateId, person_id AS personId, sealed
           FROM template WHERE person_id = ?`,
      )
      .all(personId)
      .map((row) => openTemplate(row, key));
  }

  putPerson(person: PersonBody): void {
    const { personId } = person;
    const key = this.#keyOf(personId) ?? randomBytes(DATA_KEY_BYTES);
    this.#db
      .prepare<[string, Buffer, Buffer]>(
        `INSERT INTO person (person_id, wrapped_key, sealed) VALUES (?, ?, ?)
         ON CONFLICT (person_id) DO UPDATE
            SET wrapped_key = excluded.wrapped_key, sealed = excluded.sealed`,
      )
      .run(
        personId,
        encrypt(key, this.#deviceKey, context.key(personId)),
        encrypt(JSON.stringify(person), key, context.person(personId)),
      );
  }

  /** @returns false for a template of nobody known here */
  putTemplate(template: Template): boolean {
    const { personId, templateId, modelId, vector } = template;
    const key = this.#keyOf(personId);
    if (key === undefined) return false;
    const plain = JSON.stringify({ modelId, vector: encodeVector(vector) });
    this.#db
      .prepare<[string, string, Buffer]>(
        `INSERT INTO template (template_id, person_id, sealed) VALUES (?, ?, ?)
         ON CONFLICT (template_id) DO UPDATE
            SET person_id = excluded.person_id, sealed = excluded.sealed`,
      )
      .run(templateId, personId, encrypt(plain, key, context.template(personId, templateId)));
    return true;
  }

  /** Takes the face away for good: the record moves to a new key and the old one is destroyed. */
  eraseTemplates(person: PersonBody): void {
    this.erasePerson(person.personId);
    this.putPerson(person);
  }

  /** The templates go with the person, by the foreign key. */
  erasePerson(personId: string): void {
    this.#db.prepare<[string]>('DELETE FROM person WHERE person_id = ?').run(personId);
  }

  /** Forgets everybody; the hub is asked for all of them again. */
  eraseAll(): void {
    this.#db.prepare('DELETE FROM person').run();
  }

  /** The write-ahead log still holds what was erased until it is folded into the database. */
  foldAway(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  #personRows(): readonly PersonRow[] {
    return this.#db
      .prepare<[], PersonRow>(
        'SELECT person_id AS personId, wrapped_key AS wrappedKey, sealed FROM person',
      )
      .all();
  }

  #personRow(personId: string): PersonRow | undefined {
    return this.#db
      .prepare<[string], PersonRow>(
        `SELECT person_id AS personId, wrapped_key AS wrappedKey, sealed
           FROM person WHERE person_id = ?`,
      )
      .get(personId);
  }

  #keyOf(personId: string): Buffer | undefined {
    const row = this.#personRow(personId);
    return row && this.#unwrap(row);
  }

  #open(row: PersonRow): PersonBody {
    const plain = decrypt(row.sealed, this.#unwrap(row), context.person(row.personId));
    return personBody.parse(JSON.parse(plain.toString('utf8')));
  }

  #unwrap(row: PersonRow): Buffer {
    return decrypt(row.wrappedKey, this.#deviceKey, context.key(row.personId));
  }
}

function openTemplate(row: TemplateRow, key: Buffer): Template {
  const plain = decrypt(row.sealed, key, context.template(row.personId, row.templateId));
  const { modelId, vector } = sealedTemplate.parse(JSON.parse(plain.toString('utf8')));
  return {
    templateId: row.templateId,
    personId: row.personId,
    modelId,
    vector: decodeVector(vector),
  };
}

/** Little-endian float32, base64url: how vectors are stored and travel. */
export function encodeVector(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64url');
}

export function decodeVector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64url');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
    bytes.readFloatLE(i * 4),
  );
}
