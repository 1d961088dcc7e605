import type { PersonBody } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';
import type { UpLog } from '#terminal/log/up-log';
import type { Credentials, PinDesk } from '#terminal/punch/pin-desk';
import type { Roster } from '#terminal/storage/roster';
import type { TerminalClock } from '#terminal/sync/terminal-clock';

/** R-KI3: a wizard that is left alone closes itself. */
export const LOCK_AFTER_SECONDS = 60;

interface ManagerSessionParts {
  readonly pins: PinDesk;
  readonly roster: Roster;
  readonly log: UpLog;
  readonly clock: TerminalClock;
  readonly onLocked: (why: 'asked' | 'idle') => void;
}

/** Who has opened the wizard, and whether somebody is still there. */
export class ManagerSession {
  readonly #parts: ManagerSessionParts;
  #managerId: string | undefined;
  #lastActMonoMs = 0;

  constructor(parts: ManagerSessionParts) {
    this.#parts = parts;
  }

  /** Absent while locked, and at once when the person is no longer a manager here. */
  get manager(): PersonBody | undefined {
    const person =
      this.#managerId === undefined ? undefined : this.#parts.roster.find(this.#managerId);
    return person?.manager === true ? person : undefined;
  }

  /** @throws SqliteError when the disk is full: nobody is let in unrecorded */
  async unlock(
    credentials: Credentials,
  ): Promise<Result<PersonBody, 'wrong' | 'locked' | 'not-manager' | 'no-managers'>> {
    const { pins, roster, log } = this.#parts;
    if (!roster.hasManagers) return failed('no-managers');
    const checked = await pins.check(credentials);
    if (!checked.ok) {
      // Knocking at a locked door was recorded when it was locked; more would only fill the log.
      if (checked.failure === 'wrong') this.#recordRefusal(credentials.employeeNo);
      return checked;
    }
    const { personId, manager } = checked.value;
    if (!manager) {
      log.append('audit', { event: 'unlock-refused', personId, detail: 'not-manager' });
      return failed('not-manager');
    }
    log.append('audit', { event: 'unlocked', personId });
    this.#managerId = personId;
    this.touch();
    return ok(checked.value);
  }

  lock(): void {
    this.#end('asked');
  }

  /** Somebody is doing something. */
  touch(): void {
    this.#lastActMonoMs = this.#parts.clock.monotonicMs();
  }

  /** Called about once a second. */
  tick(): void {
    const idleMs = this.#parts.clock.monotonicMs() - this.#lastActMonoMs;
    if (idleMs >= LOCK_AFTER_SECONDS * 1000) this.#end('idle');
  }

  #recordRefusal(employeeNo: string): void {
    const personId = this.#parts.roster.findByEmployeeNo(employeeNo)?.personId;
    this.#parts.log.append('audit', {
      event: 'unlock-refused',
      detail: 'wrong',
      ...(personId && { personId }),
    });
  }

  #end(why: 'asked' | 'idle'): void {
    if (this.#managerId === undefined) return;
    this.#managerId = undefined;
    this.#parts.onLocked(why);
  }
}
