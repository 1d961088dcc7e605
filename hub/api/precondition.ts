import type { IsExpected } from '#hub/api/handler';
import { invalid, ProblemError } from '#hub/api/problem';
import { NOT_AN_ETAG } from '#hub/api/problem-texts';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';

const ETAGS = /^\s*(?:\*|(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*)\s*$/;
const ETAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;
const VERSION_LENGTH = 32; // of a digest: half of it tells any two contents apart

/** The version of something that carries no number of its own: another content is another version. */
export function versionOf(content: unknown): string {
  return sha256Hex(canonicalJson(content)).slice(0, VERSION_LENGTH);
}

export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * What `If-Match` allows.
 *
 * RFC 9110 13.1.1: a weak tag never matches here; `*` matches whatever is there.
 *
 * @throws ProblemError without the header, and when it is none
 */
export function expectedVersion(ifMatch: string | undefined): IsExpected {
  if (ifMatch === undefined) throw new ProblemError('precondition-needed');
  const tags = tagsOf(ifMatch);
  if (tags === undefined) throw invalid('If-Match', NOT_AN_ETAG);
  if (tags === '*') return () => true;
  const strong = new Set(tags.filter(({ isWeak }) => !isWeak).map(({ version }) => version));
  return (version) => strong.has(version);
}

/** RFC 9110 13.1.2: `If-None-Match` compares weakly, and what it cannot read matches nothing. */
export function isSeen(ifNoneMatch: string | undefined, version: string): boolean {
  const tags = tagsOf(ifNoneMatch ?? '');
  return tags === '*' || tags?.some((tag) => tag.version === version) === true;
}

interface Tag {
  readonly isWeak: boolean;
  readonly version: string;
}

const HEADER_LENGTH_MAX = 2000; // a browser sends one tag; nobody has seen fifty versions

function tagsOf(header: string): '*' | readonly Tag[] | undefined {
  if (header.length > HEADER_LENGTH_MAX || !ETAGS.test(header)) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(ETAG)].map(([, weak, version = '']) => ({
    isWeak: weak !== undefined,
    version,
  }));
}
