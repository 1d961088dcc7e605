import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { openLogFile } from '#platform/log/log-file';

/** `EX_CONFIG` of sysexits: starting again without a change would fail the same way. */
export const EXIT_GIVE_UP = 78;

const RESTART_FIRST_MS = 500;
const RESTART_LAST_MS = 30_000;
/** Having lived this long, a child that dies starts again at once. */
const STABLE_AFTER_MS = 60_000;
/** Commits and closes within this; then it hangs, and its journal takes care of the rest. */
const STOP_WAIT_MS = 10_000;
/** A report is one line of JSON, never a flood. */
const LINE_LENGTH_MAX = 64 * 1024;

/** Where deaths are noted; every logger of ours fits. */
export interface ChildLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ChildPlan {
  readonly part: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Written to its standard input, which stays open for as long as this process lives. */
  readonly input?: () => string;
  readonly onLine?: (line: string) => void;
  /** It died and will be started again in `againInMs`, or never when that is absent. */
  readonly onExit?: (exit: { readonly code: number | null; readonly againInMs?: number }) => void;
  /** Where its standard error goes; a folder gets `<part>.log`. */
  readonly stderr: 'inherit' | 'ignore' | { readonly folder: string };
}

/**
 * A process kept alive: started again when it dies, ever more slowly while it keeps dying.
 *
 * Its standard input ends with this process, whatever ends this one: a child that stops at the end
 * of its input can never be left behind.
 */
export class SupervisedChild {
  readonly #plan: ChildPlan;
  readonly #logger: ChildLog;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | undefined;
  #backoffMs = RESTART_FIRST_MS;
  #stopping = false;

  constructor(plan: ChildPlan, logger: ChildLog) {
    this.#plan = plan;
    this.#logger = logger;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const { part, command, args, env, input, onLine, stderr } = this.#plan;
    const startedAtMs = performance.now();
    const log = typeof stderr === 'object' ? openLogFile(stderr.folder, part) : stderr;
    const child = spawn(command, args, {
      stdio: ['pipe', onLine ? 'pipe' : 'ignore', log],
      env: env ?? process.env,
      // A process group of its own: Ctrl-C reaches this process, which then stops the others in order.
      detached: process.platform !== 'win32',
    });
    if (typeof log === 'number') closeSync(log); // the child has its copy
    this.#child = child;
    child.stdin?.on('error', () => undefined); // it died before reading: `exit` tells
    if (input) child.stdin?.write(`${input()}\n`);
    if (child.stdout && onLine) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.length <= LINE_LENGTH_MAX) onLine(line);
      });
    }
    this.#exited = new Promise((resolve) => {
      let ended = false;
      const end = (code: number | null) => {
        if (ended) return; // `error` and `exit` may both come
        ended = true;
        resolve();
        this.#ended(code, performance.now() - startedAtMs);
      };
      child.on('error', (error) => {
        this.#logger.error({ child: part, err: error }, 'cannot be started');
        end(null);
      });
      child.on('exit', end);
    });
  }

  /** Asks, waits, then kills. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.stdin?.end();
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = pause(STOP_WAIT_MS, 'late', { signal: patience.signal }).catch(() => 'in time');
    if ((await Promise.race([this.#exited, late])) === 'late') {
      this.#logger.warn({ child: this.#plan.part }, 'did not stop in time, killed');
      child.kill('SIGKILL');
      await this.#exited;
    }
    patience.abort();
  }

  #ended(code: number | null, livedMs: number): void {
    if (this.#stopping) return;
    if (code === EXIT_GIVE_UP) {
      this.#plan.onExit?.({ code });
      return;
    }
    if (livedMs >= STABLE_AFTER_MS) this.#backoffMs = RESTART_FIRST_MS;
    const againInMs = this.#backoffMs;
    this.#backoffMs = Math.min(againInMs * 2, RESTART_LAST_MS);
    this.#logger.warn({ child: this.#plan.part, code, againInMs }, 'died, starting again');
    this.#plan.onExit?.({ code, againInMs });
    this.#restart = setTimeout(() => this.start(), againInMs);
  }
}
