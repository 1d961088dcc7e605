import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';

/** What a file may be, by its content; a name proves nothing. */
export type AttachmentType = 'pdf' | 'jpeg' | 'png' | 'webp' | 'heic' | 'docx' | 'xlsx' | 'pptx';

interface TypeFacts {
  /** As content detection reports it; the first is what is sent when the file is read back. */
  readonly mimes: readonly string[];
  readonly extensions: readonly string[];
}

/** Documents and pictures that run nothing when opened: no HTML, no SVG, no macros, no archives. */
export const ATTACHMENT_TYPES: Readonly<Record<AttachmentType, TypeFacts>> = {
  pdf: { mimes: ['application/pdf'], extensions: ['pdf'] },
  jpeg: { mimes: ['image/jpeg'], extensions: ['jpg', 'jpeg'] },
  png: { mimes: ['image/png'], extensions: ['png'] },
  webp: { mimes: ['image/webp'], extensions: ['webp'] },
  heic: { mimes: ['image/heic', 'image/heif'], extensions: ['heic', 'heif'] },
  docx: {
    mimes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    extensions: ['docx'],
  },
  xlsx: {
    mimes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    extensions: ['xlsx'],
  },
  pptx: {
    mimes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    extensions: ['pptx'],
  },
};

/** Which files a form takes. */
export interface AttachmentRule {
  readonly types: ReadonlySet<AttachmentType>;
  readonly bytesMax: number;
  readonly countMax: number;
}

/** What the product takes at most, whatever a template allows. */
export const ATTACHMENT_BYTES_MAX = 20 * 1024 * 1024; // a photographed page of a modern phone, with room
export const ATTACHMENT_COUNT_MAX = 20; // a hospital stay's papers
export const ATTACHMENT_NAME_MAX = 120; // one line on a wide screen

/** A file that was taken in and is kept. */
export interface Attachment {
  readonly id: string;
  readonly type: AttachmentType;
  readonly bytes: number;
  /** Cleaned, for display only; the file lies under its id. */
  readonly name: string;
}

export type AttachmentFaultCode =
  | 'attachmentEmpty'
  | 'attachmentTooLarge'
  | 'attachmentUnknown'
  | 'attachmentType'
  | 'attachmentNamedWrong'
  | 'attachmentCount';

/** The type behind what content detection found, or none that is taken. */
export function attachmentTypeOf(mime: string | null): AttachmentType | null {
  const entries: readonly AttachmentType[] = TYPE_NAMES;
  return (
    entries.find((type) => mime !== null && ATTACHMENT_TYPES[type].mimes.includes(mime)) ?? null
  );
}

const TYPE_NAMES = ['pdf', 'jpeg', 'png', 'webp', 'heic', 'docx', 'xlsx', 'pptx'] as const;

/** A file as it arrived. */
export interface ArrivedFile {
  /** What its content is, as detected; null: unknown. */
  readonly mime: string | null;
  readonly bytes: number;
  /** As the sender called it. */
  readonly name: string;
}

/** Whether a file is taken; a name that promises another type than the content is refused. */
export function judgeFile(
  file: ArrivedFile,
  rule: AttachmentRule,
): readonly Fault<AttachmentFaultCode>[] {
  const say = (
    code: AttachmentFaultCode,
    text: Bilingual,
  ): readonly Fault<AttachmentFaultCode>[] => [fault(code, 'file', text)];
  const bytesMax = Math.min(rule.bytesMax, ATTACHMENT_BYTES_MAX);
  if (file.bytes === 0) return say('attachmentEmpty', EMPTY);
  if (file.bytes > bytesMax) return say('attachmentTooLarge', tooLarge(bytesMax));
  const type = attachmentTypeOf(file.mime);
  if (type === null) return say('attachmentUnknown', unknownType(rule));
  if (!rule.types.has(type)) return say('attachmentType', notTaken(type, rule));
  const extension = extensionOf(file.name);
  if (extension !== null && !ATTACHMENT_TYPES[type].extensions.includes(extension)) {
    return say('attachmentNamedWrong', namedWrong(extension, type));
  }
  return [];
}

/** Whether so many files are taken. */
export function judgeFileCount(
  count: number,
  rule: AttachmentRule,
): readonly Fault<AttachmentFaultCode>[] {
  const countMax = Math.min(rule.countMax, ATTACHMENT_COUNT_MAX);
  if (count <= countMax) return [];
  return [
    fault(
      'attachmentCount',
      'attachments',
      bilingual(`最多 ${countMax} 个附件，请删去多余的`, `at most ${countMax} files; remove some`),
    ),
  ];
}

/** What an ending says, where it says anything: at most ten letters and digits after the last dot. */
function extensionOf(name: string): string | null {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name.trim())?.[1]?.toLowerCase() ?? null;
}

function named(rule: AttachmentRule): string {
  return TYPE_NAMES.filter((type) => rule.types.has(type))
    .map((type) => type.toUpperCase())
    .join('、');
}

const EMPTY = bilingual('文件是空的，请重新选择', 'the file is empty; choose it again');

function tooLarge(bytesMax: number): Bilingual {
  const size =
    bytesMax >= 1024 * 1024
      ? `${Math.floor(bytesMax / 1024 / 1024)} MB`
      : `${Math.floor(bytesMax / 1024)} KB`;
  return bilingual(
    `文件超过 ${size}，请压缩或拍小一些再上传`,
    `the file is larger than ${size}; compress it and try again`,
  );
}

function unknownType(rule: AttachmentRule): Bilingual {
  return bilingual(
    `无法识别的文件，请上传 ${named(rule)}`,
    `this is no kind of file that is taken; send ${named(rule).replaceAll('、', ', ')}`,
  );
}

function notTaken(type: AttachmentType, rule: AttachmentRule): Bilingual {
  return bilingual(
    `这里不收 ${type.toUpperCase()}，请上传 ${named(rule)}`,
    `${type.toUpperCase()} is not taken here; send ${named(rule).replaceAll('、', ', ')}`,
  );
}

function namedWrong(extension: string, type: AttachmentType): Bilingual {
  return bilingual(
    `文件名写着 .${extension}，内容却是 ${type.toUpperCase()}；请改正文件名后再上传`,
    `the file is called .${extension} but is ${type.toUpperCase()}; rename it and send it again`,
  );
}
