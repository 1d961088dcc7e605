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
    { mime: 'application/pdf', bytes: 900, name: 'note.pdf', code: null, why: 'as asked for' },
    { mime: 'image/jpeg', bytes: 900, name: 'IMG 1.JPEG', code: null, why: 'endings in any case' },
    {
      mime: 'image/jpeg',
      bytes: 900,
      name: 'photo',
      code: null,
      why: 'a name without an ending promises nothing',
    },
    {
      mime: 'image/jpeg',
      bytes: 900,
      name: 'v1.2 final',
      code: null,
      why: 'nor does a dot in a sentence',
    },
    {
      mime: 'application/pdf',
      bytes: 0,
      name: 'note.pdf',
      code: 'attachmentEmpty',
      why: 'nothing in it',
    },
    {
      mime: 'application/pdf',
      bytes: 2001,
      name: 'note.pdf',
      code: 'attachmentTooLarge',
      why: 'too much in it',
    },
    {
      mime: null,
      bytes: 900,
      name: 'note.pdf',
      code: 'attachmentUnknown',
      why: 'says it is a document, and is none',
    },
    {
      mime: 'text/html',
      bytes: 900,
      name: 'note.html',
      code: 'attachmentUnknown',
      why: 'a page can do things',
    },
    {
      mime: 'image/png',
      bytes: 900,
      name: 'note.png',
      code: 'attachmentType',
      why: 'a picture, but not asked for',
    },
    {
      mime: 'image/jpeg',
      bytes: 900,
      name: 'note.pdf',
      code: 'attachmentNamedWrong',
      why: 'lies about its type',
    },
    {
      mime: 'application/pdf',
      bytes: 900,
      name: 'note.pdf.exe',
      code: 'attachmentNamedWrong',
      why: 'lies twice',
    },
  ])('$mime called $name: $code, $why', ({ mime, bytes, name, code }) => {
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
