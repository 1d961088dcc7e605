import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { DayMarks } from '#hub/attendance/day-marks';
import { type SiteNotes, terminalNotes } from '#hub/people/terminal-notes';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRecord } from '#hub/storage/person-record';
import { type PersonRepository, sitesToldOf } from '#hub/storage/person-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { EventBook } from '#hub/webhooks/event-book';

const [FIRST_DATE, LAST_DATE] = ['0001-01-01', '9999-12-31'];
const BACKDATED_DAYS_MAX = 366; // as far back as days are begun for a hub that was off

const PEOPLE_AT_ONCE = 100; // some milliseconds of writing

/** A person before and after; undefined for somebody new. */
export interface PersonPair {
  readonly before: PersonRecord | undefined;
  readonly after: PersonRecord;
}

export interface PersonWriterDeps {
  readonly db: HubDatabase;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly downLog: DownLogRepository;
  readonly work: AttendanceWorkRepository;
  readonly marks: DayMarks;
  readonly eventBook: EventBook;
  /** After each commit that terminals have to hear of. */
  readonly onChange: () => void;
  /** After each commit by which days have to be computed. */
  readonly onMarked: () => void;
}

/** Writes a person down with all that follows: what terminals are told, and which days are in doubt. */
export class PersonWriter {
  readonly #deps: PersonWriterDeps;

  constructor(deps: PersonWriterDeps) {
    this.#deps = deps;
  }

  /**
   * Within the unit of work that has checked it.
   *
   * @param before as it was read there; undefined for somebody new
   */
  async write(
    before: PersonRecord | undefined,
    after: PersonRecord,
    atMs: number,
  ): Promise<PersonRecord> {
    const { people, templates } = this.#deps;
    const written = before === undefined ? after : await people.change(before, after);
    if (before === undefined) await people.addAll([after], atMs);
    const faces = before === undefined ? [] : await templates.idsOf(after.personId);
    await this.tell(terminalNotes(before, written, faces), atMs);
    await this.#mark(before, written);
    await this.#say([{ before, after: written }], atMs);
    return written;
  }

  /**
   * The same for many, a few at a time: others are served between them, though on SQLite nobody else
   * writes until the unit of work is over.
   *
   * @param pairs of those who are new, whoever they report to comes before them
   */
  async writeAll(pairs: readonly PersonPair[], atMs: number): Promise<void> {
    const { people, templates } = this.#deps;
    const told: SiteNotes[] = [];
    for (let first = 0; first < pairs.length; first += PEOPLE_AT_ONCE) {
      const part = pairs.slice(first, first + PEOPLE_AT_ONCE);
      const added = part.filter(({ before }) => before === undefined).map(({ after }) => after);
      await people.addAll(added, atMs);
      for (const { before, after } of part) {
        const written = before === undefined ? after : await people.change(before, after);
        const isElsewhere = before !== undefined && sitesToldOf(before) !== sitesToldOf(after);
        const faces = isElsewhere ? await templates.idsOf(after.personId) : [];
        told.push(...terminalNotes(before, written, faces));
        await this.#mark(before, written);
      }
      await this.#say(part, atMs);
      await nextTurn();
    }
    await this.tell(bySite(told), atMs);
  }

  /** To other systems. */
  async #say(pairs: readonly PersonPair[], atMs: number): Promise<void> {
    const told = pairs.map(({ before, after: { personId } }) => {
      const change: 'created' | 'changed' = before === undefined ? 'created' : 'changed';
      return { personId, change };
    });
    const at = Temporal.Instant.fromEpochMilliseconds(atMs);
    await this.#deps.eventBook.tell('person.changed', told, at);
  }

  async tell(notes: readonly SiteNotes[], atMs: number): Promise<void> {
    const { db, downLog, onChange } = this.#deps;
    for (const { siteId, notes: own } of notes) await downLog.appendAll(siteId, own, atMs);
    if (notes.length > 0) db.whenCommitted(onChange);
  }

  /** Another rule may hold, or another day count, as far as days are kept. */
  async #mark(before: PersonRecord | undefined, after: PersonRecord): Promise<void> {
    const { db, work, onMarked } = this.#deps;
    const { personId } = after;
    if (before !== undefined) {
      if (isRuledAlike(before, after)) return;
      await work.markExisting({ from: FIRST_DATE, to: LAST_DATE, personId });
    }
    if (before?.career !== after.career) await this.#markBackdated(after);
    db.whenCommitted(onMarked);
  }

  /** Days since somebody began, for whom nobody had begun any. */
  async #markBackdated({ personId, career }: PersonRecord): Promise<void> {
    const { work, marks } = this.#deps;
    const { seededThrough } = await work.state();
    const { from } = career.current;
    if (seededThrough === undefined || from === null) return;
    const last = dayNumberOf(seededThrough);
    const first = Math.max(dayNumberOf(from), last - BACKDATED_DAYS_MAX);
    if (first <= last) await marks.between(personId, first, last);
  }
}

/** One entry for each site, with its notes in their order. */
function bySite(told: readonly SiteNotes[]): readonly SiteNotes[] {
  const groups = Map.groupBy(told, ({ siteId }) => siteId);
  return [...groups].map(([siteId, own]) => ({ siteId, notes: own.flatMap(({ notes }) => notes) }));
}

function isRuledAlike(before: PersonRecord, after: PersonRecord): boolean {
  return (
    before.departmentId === after.departmentId &&
    before.rule === after.rule &&
    before.career === after.career &&
    before.tags.join('\n') === after.tags.join('\n')
  );
}
