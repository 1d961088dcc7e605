import { randomUUID } from 'node:crypto';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_COUNT_MAX,
  ATTACHMENT_TYPES,
  attachmentTypeOf,
  judgeFile,
} from '#domain/approvals/attachment/attachment';
import { displayNameOf } from '#domain/approvals/attachment/display-name';
import { bilingual } from '#domain/approvals/bilingual';
import { fault } from '#domain/approvals/fault';
import { failed, ok, type Result } from '#domain/result';
import type { Caller } from '#hub/approvals/caller';
import type { ApprovalFailure } from '#hub/approvals/form-failure';
import type { AttachmentRepository, StoredAttachment } from '#hub/storage/attachment-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';
import { contentTypeOf } from '#platform/files/content-type';
import type { DigestStore } from '#platform/files/digest-store';

const LOOSE_MAX = 100; // of one sender, in no form yet: five forms full of files, and no storage for others
const LOOSE_MS = 24 * 3600 * 1000; // whoever has not handed a form in by tomorrow sends its files again
const KEPT_MS = 3 * 366 * 24 * 3600 * 1000; // after the end of a form: wage records are kept two years, with room

interface AttachmentDeskDeps {
  readonly db: HubDatabase;
  readonly attachments: AttachmentRepository;
  readonly files: DigestStore;
  readonly clock: Clock;
}

/** A file that came in, on the disk and not yet in the books. */
export interface ArrivedAttachment {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Everything any template may allow; what a certain one allows is judged with the form. */
const ANY_RULE = {
  types: new Set(attachmentTypes()),
  bytesMax: ATTACHMENT_BYTES_MAX,
  countMax: ATTACHMENT_COUNT_MAX,
};

/** Takes files in and hands them out. The books hold what they are, the disk what is in them. */
export class AttachmentDesk {
  readonly #deps: AttachmentDeskDeps;

  constructor(deps: AttachmentDeskDeps) {
    this.#deps = deps;
  }

  /** On the disk first, so that the books never name what is not there. */
  async take(
    caller: Caller,
    { name, content }: ArrivedAttachment,
  ): Promise<Result<StoredAttachment, ApprovalFailure>> {
    const mime = await contentTypeOf(content);
    const faults = judgeFile({ mime, bytes: content.length, name }, ANY_RULE);
    const type = attachmentTypeOf(mime);
    if (faults.length > 0 || type === null) return failed({ kind: 'invalid', faults });
    const { attachments, files, clock } = this.#deps;
    if ((await attachments.loose(caller.by)) >= LOOSE_MAX) {
      return failed({ kind: 'invalid', faults: [TOO_MANY] });
    }
    const digest = await files.keep(content);
    return ok({
      id: randomUUID(),
      digest,
      type,
      bytes: content.length,
      name: displayNameOf(name),
      formId: null,
      uploadedBy: caller.by,
      uploadedAtMs: clock.now().epochMilliseconds,
    });
  }

  /** Enters what was taken, within the unit of work of the request. */
  async enter(file: StoredAttachment): Promise<void> {
    await this.#deps.attachments.add(file);
  }

  async read(
    caller: Caller,
    attachmentId: string,
  ): Promise<Result<{ content: Uint8Array; name: string; mediaType: string }, ApprovalFailure>> {
    const { attachments, files } = this.#deps;
    const file = await attachments.seen(attachmentId, caller);
    const content = file === undefined ? undefined : await files.read(file.digest);
    if (file === undefined || content === undefined) return failed({ kind: 'absent' });
    const { mimes, extensions } = ATTACHMENT_TYPES[file.type];
    const name = file.name === '' ? `${file.id}.${extensions[0] ?? file.type}` : file.name;
    return ok({ content, name, mediaType: mimes[0] ?? 'application/octet-stream' });
  }

  /** What was never put into a form, what has been kept long enough, and files that nothing names. */
  async sweep(): Promise<void> {
    const { db, attachments, files, clock } = this.#deps;
    const nowMs = clock.now().epochMilliseconds;
    await db.transaction(async () => {
      await attachments.dropUnused(nowMs - LOOSE_MS);
      await attachments.dropOf(nowMs - KEPT_MS);
    });
    await files.sweep(nowMs - LOOSE_MS, async (digest) => await attachments.isHeld(digest));
  }
}

function attachmentTypes() {
  return Object.values(ATTACHMENT_TYPES).flatMap(
    ({ mimes }) => attachmentTypeOf(mimes[0] ?? '') ?? [],
  );
}

const TOO_MANY = fault(
  'attachmentsLoose',
  'file',
  bilingual(
    `已上传 ${LOOSE_MAX} 个尚未使用的文件，请先提交表单或明天再传`,
    `${LOOSE_MAX} files of yours are in no form yet; hand a form in, or send more tomorrow`,
  ),
);
