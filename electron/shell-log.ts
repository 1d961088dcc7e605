/** What this room says to a log; the engine's own logger offers the same and more. */
export interface ShellLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * JSON lines on standard error in the form of the engine's logger, which itself cannot be loaded by
 * the Node inside older Electrons. Nobody's name and no secret is known to this room.
 */
export function createShellLog(): ShellLog {
  return {
    info: (fields, message) => write(30, fields, message),
    warn: (fields, message) => write(40, fields, message),
    error: (fields, message) => write(50, fields, message),
  };
}

function write(level: number, fields: object, msg: string): void {
  const time = Temporal.Now.instant().epochMilliseconds;
  process.stderr.write(`${JSON.stringify({ level, time, part: 'electron', ...fields, msg })}\n`);
}
