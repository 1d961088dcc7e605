const SERIALIZATION_FAILURES = new Set(['40001', '40P01']); // PostgreSQL: could not serialize; deadlock
const POSTGRES_AWAY = /^(08|57P|53|25P03)/; // connection lost, server going down, out of resources, unit frozen
/** What the driver says without a code of its own. */
const DRIVER_AWAY =
  /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying/;
const NETWORK_AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** Another unit of work got in between: doing it again is all that is needed. */
export function isSerializationFailure(error: unknown): boolean {
  return SERIALIZATION_FAILURES.has(codeOf(error));
}

/** No fault of what was asked: the disk is full, the file busy, the server away. */
export function isStorageFailure(error: unknown): boolean {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_')) return !code.startsWith('SQLITE_CONSTRAINT');
  const isAway = POSTGRES_AWAY.test(code) || NETWORK_AWAY.has(code);
  const isCut = error instanceof Error && DRIVER_AWAY.test(error.message);
  return isAway || isCut || isSerializationFailure(error);
}

/** A rule of the database refused the row: a key twice, a trigger, a reference to nothing. */
export function isConstraintFailure(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_CONSTRAINT') || code.startsWith('23') || code === 'P0001';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
