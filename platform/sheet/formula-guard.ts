/*
 * A text that begins like a formula is executed by whoever opens the CSV. The apostrophe that
 * spreadsheets themselves write before such texts keeps it a text; the wide signs count as well, since
 * Chinese and Japanese editions read them as the plain ones. OWASP, "CSV Injection".
 */
const EXECUTABLE = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const GUARDED = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/;

export function guarded(text: string): string {
  return EXECUTABLE.test(text) || GUARDED.test(text) ? `'${text}` : text;
}

/** What `guarded` was given. */
export function unguarded(text: string): string {
  return text.replace(GUARDED, '');
}
