import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTACHMENT_NAME_MAX } from '#domain/approvals/attachment/attachment';
import { displayNameOf } from '#domain/approvals/attachment/display-name';

describe('displayNameOf', () => {
  test.each([
    ['病假条.pdf', '病假条.pdf', 'a good name stays'],
    ['C:\\Users\\li\\note.pdf', 'note.pdf', 'a path of one kind'],
    ['../../etc/passwd', 'passwd', 'and of the other'],
    ['  two   spaces .pdf ', 'two spaces .pdf', 'spaces'],
    ['a\u202Egnp.exe', 'agnp.exe', 'nothing reads backwards'],
    ['line\nbreak\u0000.pdf', 'linebreak.pdf', 'one line'],
    ['..hidden', 'hidden', 'nothing hides'],
    ['/', '', 'nothing is left'],
  ])('%j is shown as %j: %s', (name, shown, _why) => {
    expect(displayNameOf(name)).toBe(shown);
  });

  test('a long one keeps its ending', () => {
    const shown = displayNameOf(`${'长'.repeat(300)}.docx`);
    expect(Array.from(shown)).toHaveLength(ATTACHMENT_NAME_MAX);
    expect(shown).toMatch(/^长+…长+\.docx$/);
  });

  test('is never more than a line, and the same when asked again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const shown = displayNameOf(name);
        expect(Array.from(shown).length).toBeLessThanOrEqual(ATTACHMENT_NAME_MAX);
        expect(shown).not.toMatch(/[\n\r/\\]/u);
        expect(displayNameOf(shown)).toBe(shown);
      }),
    );
  });
});
