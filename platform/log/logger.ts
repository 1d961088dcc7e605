import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Never in a log: secrets, names, templates, pictures. Fields of these names are dropped wherever they turn up. */
const NEVER = [
  'pin',
  'password',
  'joinCode',
  'privateKey',
  'pinVerifier',
  'vector',
  'embedding',
  'rgba',
  'sealed',
  'name',
  'greetingName',
  'token',
  'cookie',
];

/** A database that refuses a row quotes it here; what it is about is in the message. */
const QUOTED_ROWS = ['err.detail', 'err.where', 'err.cause.detail', 'err.cause.where'];

/** Structured JSON lines on standard error, so that standard output stays free for results. */
export function createLogger(part: string, level: LogLevel): Logger {
  return pino(
    {
      base: { part },
      level,
      redact: {
        paths: [...NEVER.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), ...QUOTED_ROWS],
        remove: true,
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
