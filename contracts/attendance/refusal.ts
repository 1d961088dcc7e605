import { z } from 'zod';

/** A reason in both languages, for the checks that a schema cannot express by itself. */
export interface Reason {
  readonly zh: string;
  readonly en: string;
}

/** Where a check writes what it refuses. */
export interface Refusals {
  add(path: readonly PropertyKey[], reason: Reason): void;
}

/** What was refused in a document: where, and why in both languages. */
export interface Refusal {
  readonly path: string;
  readonly 'zh-CN': string;
  readonly en: string;
}

/** Turns a zod check into one that collects reasons in both languages. */
export function refusalsOf(context: z.core.$RefinementCtx): Refusals {
  return {
    add(path, { zh, en }) {
      context.addIssue({ code: 'custom', path: [...path], message: en, params: { zh } });
    },
  };
}

/** Reads `input`, or says of every problem where it lies and what is wrong, in both languages. */
export function readOrRefuse<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { ok: true; value: z.output<S> } | { ok: false; refusals: readonly Refusal[] } {
  const english = schema.safeParse(input, { error: z.locales.en().localeError });
  if (english.success) return { ok: true, value: english.data };
  const chinese = schema.safeParse(input, { error: z.locales.zhCN().localeError });
  const zhIssues = chinese.success ? [] : chinese.error.issues.flatMap(leaves);
  const refusals = english.error.issues.flatMap(leaves).map((issue, index): Refusal => {
    const zh = zhIssues[index]?.message ?? issue.message;
    return { path: pathOf(issue.path), 'zh-CN': zhReasonOf(issue) ?? zh, en: issue.message };
  });
  return { ok: false, refusals };
}

function zhReasonOf(issue: z.core.$ZodIssue): string | undefined {
  const reason: unknown = issue.code === 'custom' ? issue.params?.['zh'] : undefined;
  return typeof reason === 'string' ? reason : undefined;
}

/** Of a union, the branch that came furthest: its complaint is the one the writer can use. */
function leaves(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const best = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a)).at(0) ?? [];
  return best.flatMap((inner) => leaves({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** How far a branch agreed before it complained. */
function depthOf(branch: readonly z.core.$ZodIssue[]): number {
  return Math.max(
    ...branch.map((each) => each.path.length + (each.code === 'invalid_type' ? 0 : 0.5)),
  );
}

/** `people[0].punches[3].at`; the document itself is `$`. */
function pathOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return path.length === 0 ? '$' : parts.join('').replace(/^\./, '');
}
