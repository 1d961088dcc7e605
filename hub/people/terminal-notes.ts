import type { DownNote } from '#hub/storage/down-log-repository';
import { type PersonRecord, storedPersonOf } from '#hub/storage/person-record';
import { sitesToldOf } from '#hub/storage/person-repository';

/** What the terminals of one site have to hear. */
export interface SiteNotes {
  readonly siteId: string;
  readonly notes: readonly DownNote[];
}

/**
 * What terminals are told of a change: those of a new site everything, those of a site that is no more
 * theirs to forget, the others only what a terminal can see.
 *
 * @param templateIds faces held of them
 */
export function terminalNotes(
  before: PersonRecord | undefined,
  after: PersonRecord,
  templateIds: readonly string[],
): readonly SiteNotes[] {
  const { personId } = after;
  const person: DownNote = { kind: 'person', personId };
  const faces = templateIds.map((templateId): DownNote => {
    return { kind: 'template', personId, templateId };
  });
  const told = before === undefined ? [] : sitesToldOf(before);
  const telling = sitesToldOf(after);
  const isSame = before !== undefined && isSameToTerminals(before, after);
  const known = telling.flatMap((siteId): SiteNotes[] => {
    if (!told.includes(siteId)) return [{ siteId, notes: [person, ...faces] }];
    return isSame ? [] : [{ siteId, notes: [person] }];
  });
  const forgotten = told
    .filter((siteId) => !telling.includes(siteId))
    .map((siteId): SiteNotes => {
      return { siteId, notes: [{ kind: 'erasure', personId, scope: 'person' }] };
    });
  return [...known, ...forgotten];
}

function isSameToTerminals(before: PersonRecord, after: PersonRecord): boolean {
  return JSON.stringify(storedPersonOf(before)) === JSON.stringify(storedPersonOf(after));
}
