import { type Selectable, type SqlBool, sql } from 'kysely';
import { attachmentType } from '#contracts/rest/v1/approval-template';
import type { Attachment } from '#domain/approvals/attachment/attachment';
import { type FormViewer, visibleTo } from '#hub/storage/form-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

/** A file that was taken in; its bytes lie under its digest. */
export interface StoredAttachment extends Attachment {
  readonly digest: string;
  /** null: of no form yet. */
  readonly formId: string | null;
  readonly uploadedBy: string;
  readonly uploadedAtMs: number;
}

const IDS_AT_ONCE = 1000;

export class AttachmentRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async add(file: StoredAttachment): Promise<void> {
    await this.#db.now
      .insertInto('attachments')
      .values({
        attachment_id: file.id,
        digest: file.digest,
        type: file.type,
        bytes: file.bytes,
        name: file.name,
        form_id: file.formId,
        uploaded_by: file.uploadedBy,
        uploaded_at_ms: file.uploadedAtMs,
      })
      .execute();
  }

  /** Those that somebody may put into a form: their own that are in none, and those that are in it. */
  async usable(ids: readonly string[], by: string, formId: string): Promise<StoredAttachment[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('attachments')
      .selectAll()
      .where('attachment_id', 'in', ids.slice(0, IDS_AT_ONCE))
      .where((of) =>
        of.or([
          of('form_id', '=', formId),
          of.and([of('form_id', 'is', null), of('uploaded_by', '=', by)]),
        ]),
      )
      .execute();
    return rows.map(attachmentFrom);
  }

  /** From now on these are the files of a form; what it had before and has no more belongs to none. */
  async bind(formId: string, ids: readonly string[]): Promise<void> {
    await this.#db.now
      .updateTable('attachments')
      .set({ form_id: null })
      .where('form_id', '=', formId)
      .execute();
    if (ids.length === 0) return;
    await this.#db.now
      .updateTable('attachments')
      .set({ form_id: formId })
      .where('attachment_id', 'in', ids)
      .execute();
  }

  async ofForms(formIds: readonly string[]): Promise<StoredAttachment[]> {
    if (formIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('attachments')
      .selectAll()
      .where('form_id', 'in', formIds)
      .orderBy('uploaded_at_ms')
      .orderBy('attachment_id')
      .execute();
    return rows.map(attachmentFrom);
  }

  /** @returns undefined for one that is not there, or of a form that is not for these eyes */
  async seen(attachmentId: string, viewer: FormViewer): Promise<StoredAttachment | undefined> {
    const row = await this.#db.now
      .selectFrom('attachments as a')
      .selectAll('a')
      .where('a.attachment_id', '=', attachmentId)
      .where(
        sql<SqlBool>`((a.form_id IS NULL AND a.uploaded_by = ${viewer.by})
          OR EXISTS (SELECT 1 FROM forms f WHERE f.form_id = a.form_id AND ${visibleTo(viewer)}))`,
      )
      .executeTakeFirst();
    return row === undefined ? undefined : attachmentFrom(row);
  }

  /** Takes away what was sent before a moment and never put into a form. @returns how many */
  async dropUnused(beforeMs: number): Promise<number> {
    const gone = await this.#db.now
      .deleteFrom('attachments')
      .where('form_id', 'is', null)
      .where('uploaded_at_ms', '<', beforeMs)
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  /** Takes away the files of forms that came to their end before a moment; the forms stay. */
  async dropOf(beforeMs: number): Promise<number> {
    const gone = await this.#db.now
      .deleteFrom('attachments')
      .where(
        sql<SqlBool>`EXISTS (SELECT 1 FROM forms f WHERE f.form_id = attachments.form_id
          AND f.status NOT IN ('draft', 'submitted') AND f.changed_at_ms < ${beforeMs})`,
      )
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  /** Whether anything still stands for a file. */
  async isHeld(digest: string): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('attachments')
      .select('attachment_id')
      .where('digest', '=', digest)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** What somebody has sent and not put into a form. */
  async loose(by: string): Promise<number> {
    const { n } = await this.#db.now
      .selectFrom('attachments')
      .select((of) => of.fn.countAll<number>().as('n'))
      .where('uploaded_by', '=', by)
      .where('form_id', 'is', null)
      .executeTakeFirstOrThrow();
    return n;
  }
}

/** As people see it. */
export function shownAttachment({ id: attachmentId, type, bytes, name }: StoredAttachment) {
  return { attachmentId, type, bytes, name };
}

function attachmentFrom(row: Selectable<HubTables['attachments']>): StoredAttachment {
  return {
    id: row.attachment_id,
    digest: row.digest,
    type: attachmentType.parse(row.type),
    bytes: row.bytes,
    name: row.name,
    formId: row.form_id,
    uploadedBy: row.uploaded_by,
    uploadedAtMs: row.uploaded_at_ms,
  };
}
