import { ATTACHMENT_NAME_MAX } from '#domain/approvals/attachment/attachment';

/** Control characters, and those that turn the direction of a line: `gnp.exe` read backwards is a trick. */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A sender's file name made fit to be shown: the last part of a path, nothing invisible, one line, not
 * endless. For display only; no file is ever stored or opened under it.
 *
 * @returns an empty text where nothing is left; the caller then shows the type
 */
export function displayNameOf(name: string): string {
  const last = name.replace(/^.*[\\/]/su, '');
  const tidy = last.normalize('NFC').replaceAll(UNSEEN, '').replaceAll(/\s+/gu, ' ');
  return shorten(tidy.replace(/^[. ]+/, '').trim());
}

/** Cuts the middle, so that the ending is still seen; counts characters, not halves of them. */
function shorten(name: string): string {
  const letters = Array.from(name);
  if (letters.length <= ATTACHMENT_NAME_MAX) return name;
  const tail = letters.slice(-TAIL_MAX);
  const head = letters.slice(0, ATTACHMENT_NAME_MAX - TAIL_MAX - 1);
  return [...head, '…', ...tail].join('');
}

const TAIL_MAX = 20; // an ending and a few letters before it
