import { z } from 'zod';
import { type AttendanceDays, attendanceDays } from '#contracts/rest/v1/attendance';
import { type NewPerson, type Person, people, person } from '#contracts/rest/v1/people';
import { type Punch, punches } from '#contracts/rest/v1/punches';
import { session } from '#contracts/rest/v1/session';
import { type Terminal, terminals } from '#contracts/rest/v1/terminals';

const PUNCHES_MAX = 1000; // the hub's own limit for one answer
const anything = z.unknown();

interface Question<T extends z.ZodType> {
  readonly path: string;
  readonly answer: T;
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
}

/** Somebody at the console, without the console: the hub's REST interface as a person uses it. */
export class Administrator {
  readonly #hubUrl: string;
  #cookie = '';
  #csrf = '';

  /** @param hubUrl of the hub's HTTP server, `http://127.0.0.1:8080` */
  constructor(hubUrl: string) {
    this.#hubUrl = hubUrl.replace(/\/$/, '');
  }

  async signIn(name: string, password: string): Promise<void> {
    const body = { name, password };
    const answer = { path: '/api/v1/session', answer: session, body, method: 'POST' } as const;
    this.#csrf = (await this.#ask(answer)).csrfToken;
  }

  /** Signs in with the password printed at first start and replaces it, as the console demands. */
  async takeOver(first: { name: string; password: string }, next: string): Promise<void> {
    await this.signIn(first.name, first.password);
    const path = '/api/v1/session/password';
    const body = { current: first.password, next };
    await this.#ask({ path, answer: anything, body, method: 'POST' });
    await this.signIn(first.name, next);
  }

  async addPerson(body: NewPerson): Promise<Person> {
    return await this.#ask({ path: '/api/v1/people', answer: person, body, method: 'POST' });
  }

  async people(): Promise<readonly Person[]> {
    return (await this.#ask({ path: '/api/v1/people', answer: people })).people;
  }

  /** Of one business date of the site, newest first; today without one. */
  async punches(date?: string): Promise<readonly Punch[]> {
    const day = date === undefined ? '' : `date=${date}&`;
    const path = `/api/v1/punches?${day}limit=${PUNCHES_MAX}`;
    return (await this.#ask({ path, answer: punches })).punches;
  }

  async terminals(): Promise<readonly Terminal[]> {
    return (await this.#ask({ path: '/api/v1/terminals', answer: terminals })).terminals;
  }

  /** Writes the rule group down and lets it take effect. */
  async publishRule(id: string, rule: object, effectiveFrom: string): Promise<void> {
    const path = `/api/v1/attendance/rules/${id}`;
    await this.#ask({ path, answer: anything, body: rule, method: 'PUT' });
    const body = { effectiveFrom };
    await this.#ask({ path: `${path}/publish`, answer: anything, body, method: 'POST' });
  }

  /** What the days of everybody came to. */
  async days(from: string, to: string): Promise<AttendanceDays> {
    const path = `/api/v1/attendance/days?from=${from}&to=${to}`;
    return await this.#ask({ path, answer: attendanceDays });
  }

  /** @throws Error that names the question, for an answer other than the one asked for */
  async #ask<T extends z.ZodType>(question: Question<T>): Promise<z.output<T>> {
    const { path, answer, method = 'GET', body } = question;
    const response = await fetch(`${this.#hubUrl}${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        'x-lintel-csrf': this.#csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const cookie = response.headers.getSetCookie().at(-1)?.split(';', 1)[0];
    if (cookie !== undefined) this.#cookie = cookie;
    return answer.parse(text === '' ? {} : JSON.parse(text));
  }
}
