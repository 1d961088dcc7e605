import { describe, expect, test } from 'vitest';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_TYPES,
  type AttachmentRule,
  attachmentTypeOf,
  judgeFile,
  judgeFileCount,
} from '#domain/approvals/attachment/attachment';

const RULE: AttachmentRule = { types: new Set(['pdf', 'jpeg']), bytesMax: 2000, countMax: 2 };

describe('a file', () => {
  test.each([
    ['application/pdf', 900, 'note.pdf', null, 'as asked for'],
    ['image/jpeg', 900, 'IMG 1.JPEG', null, 'endings in any case'],
    ['image/jpeg', 900, 'photo', null, 'a name without an ending promises nothing'],
    ['image/jpeg', 900, 'v1.2 final', null, 'nor does a dot in a sentence'],
    ['application/pdf', 0, 'note.pdf', 'attachmentEmpty', 'nothing in it'],
    ['application/pdf', 2001, 'note.pdf', 'attachmentTooLarge', 'too much in it'],
    [null, 900, 'note.pdf', 'attachmentUnknown', 'says it is a document, and is none'],
    ['text/html', 900, 'note.html', 'attachmentUnknown', 'a page can do things'],
    ['image/png', 900, 'note.png', 'attachmentType', 'a picture, but not asked for'],
    ['image/jpeg', 900, 'note.pdf', 'attachmentNamedWrong', 'lies about its type'],
    ['application/pdf', 900, 'note.pdf.exe', 'attachmentNamedWrong', 'lies twice'],
  ])('%s of %i bytes called %s: %s, %s', (mime, bytes, name, code) => {
    expect(judgeFile({ mime, bytes, name }, RULE).at(0)?.code ?? null).toBe(code);
  });

  test('is told its limit in a round figure', () => {
    const [small] = judgeFile({ mime: null, bytes: 3000, name: '' }, RULE);
    expect(small?.en).toContain('1 KB');
    const wide = { ...RULE, bytesMax: Infinity };
    const [large] = judgeFile({ mime: null, bytes: ATTACHMENT_BYTES_MAX + 1, name: '' }, wide);
    expect(large?.['zh-CN']).toContain('20 MB');
  });

  test('is known by its content, whatever is taken', () => {
    for (const [type, { mimes }] of Object.entries(ATTACHMENT_TYPES)) {
      expect(mimes.map(attachmentTypeOf)).toEqual(mimes.map(() => type));
    }
    expect(attachmentTypeOf(null)).toBeNull();
  });
});

describe('files', () => {
  test.each([
    [2, 0],
    [3, 1],
  ])('%i of two are %i too many', (count, faults) => {
    expect(judgeFileCount(count, RULE)).toHaveLength(faults);
  });
});
