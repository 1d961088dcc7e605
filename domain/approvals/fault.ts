import type { Bilingual } from '#domain/approvals/bilingual';

/** Why something is refused: a code for machines, where it lies, and what to do in both languages. */
export interface Fault<Code extends string = string> extends Bilingual {
  readonly code: Code;
  /** `fields[2].id`; empty where the whole is meant. */
  readonly path: string;
}

export function fault<Code extends string>(code: Code, path: string, text: Bilingual): Fault<Code> {
  return { code, path, ...text };
}
