import type { RouteContract } from '#contracts/rest/v1/route';
import { assert } from '#domain/assert';
import type { Actor } from '#domain/authority/actor';
import { type AuditRecord, auditActorOf } from '#domain/authority/audit-entry';
import type { ActNote } from '#hub/api/handler';
import type { AuditLog } from '#hub/audit/audit-log';

const FIELDS_MAX = 200; // of one record; beyond it the log says less, and the change is refused by nobody
const ID_LENGTH_MAX = 200;

interface ActParts {
  readonly route: RouteContract;
  readonly actor: Actor;
  readonly params: object | undefined;
  readonly body: unknown;
}

/** One request as the audit log tells it: what its contract calls it, and what its handler adds. */
export class Act {
  readonly #parts: ActParts;
  readonly #log: AuditLog;
  #note: ActNote = {};
  #isWritten = false;

  constructor(parts: ActParts, log: AuditLog) {
    this.#parts = parts;
    this.#log = log;
  }

  note(note: ActNote): void {
    this.#note = { ...this.#note, ...note };
  }

  /** The work and its entry, or neither. What failed as data changed nothing, and is not written down. */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    const done = await this.#log.unit(async () => {
      this.#note = {}; // of an attempt that was overtaken
      const value = await work();
      if (!isFailed(value)) await this.#write(value);
      return value;
    });
    if (!isFailed(done)) this.#isWritten = true;
    return done;
  }

  /** A look, before it is answered. */
  async look(answer: unknown): Promise<void> {
    await this.#write(answer);
  }

  /** A route that says it writes itself down, and has not, is a bug that nobody else would notice. */
  requireWritten(): void {
    const { method, path } = this.#parts.route;
    assert(this.#isWritten, `${method} ${path} answered without an entry in the audit log`);
  }

  async #write(made: unknown): Promise<void> {
    const { audit } = this.#parts.route;
    assert(typeof audit === 'object', 'only what has a name is written down');
    const [kind = ''] = audit.action.split('.');
    const subject = { kind, id: this.#note.subjectId ?? this.#subjectId(audit.subject, made) };
    const { actor } = this.#parts;
    const changes = this.#note.changes ?? this.#fields();
    await this.#log.append({
      actor: auditActorOf(actor),
      action: audit.action,
      subject,
      changes: changes.slice(0, FIELDS_MAX),
    });
  }

  #subjectId(name: string | undefined, made: unknown): string {
    if (name === undefined) return '-';
    const id = fieldOf(this.#parts.params, name) ?? fieldOf(bodyOf(made), name);
    return id === undefined ? '-' : id.slice(0, ID_LENGTH_MAX);
  }

  /** That they were sent, without what was in them. */
  #fields(): AuditRecord['changes'] {
    const { body } = this.#parts;
    if (typeof body !== 'object' || body === null || 'pipe' in body) return [];
    return Object.keys(body)
      .toSorted()
      .map((field) => ({ field: field.slice(0, ID_LENGTH_MAX) }));
  }
}

/** What was made is in the answer of a handler, or is what a unit came to. */
function bodyOf(made: unknown): unknown {
  if (typeof made !== 'object' || made === null) return made;
  if ('body' in made) return made.body;
  return 'ok' in made && 'value' in made ? made.value : made;
}

function fieldOf(whole: unknown, name: string): string | undefined {
  if (typeof whole !== 'object' || whole === null) return undefined;
  const value: unknown = Object.entries(whole).find(([key]) => key === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function isFailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}
