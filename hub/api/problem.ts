import { z } from 'zod';
import {
  PROBLEM_STATUS,
  PROBLEM_TYPE,
  type Problem,
  type ProblemKind,
} from '#contracts/rest/v1/problem';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { Locale } from '#contracts/wire/v1/ids';
import { PROBLEM_TEXTS, REASON_TEXTS } from '#hub/api/problem-texts';

export interface FieldFault {
  /** Of the body or the query; the name of a header. */
  readonly path: string;
  readonly reason: Bilingual;
}

export interface ProblemMore {
  readonly errors?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
}

/** Thrown by a handler, answered as RFC 9457 in the language of the request. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ProblemKind, more: ProblemMore = {}) {
    super(kind);
    this.kind = kind;
    this.errors = more.errors ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Of one thing at fault. */
export function invalid(path: string, reason: Bilingual): ProblemError {
  return new ProblemError('invalid', { errors: [{ path, reason }] });
}

export function problemBody(error: ProblemError, locale: Locale): Problem {
  const text = PROBLEM_TEXTS[error.kind];
  return {
    type: `${PROBLEM_TYPE}${error.kind}`,
    title: text.title[locale],
    status: PROBLEM_STATUS[error.kind],
    ...(text.detail === undefined ? {} : { detail: text.detail[locale] }),
    ...(error.errors.length === 0
      ? {}
      : {
          errors: error.errors.map(({ path, reason }) => ({ path, reason: reason[locale] })),
        }),
  };
}

/** The first language of the request that we speak; English otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const tag of (acceptLanguage ?? '').slice(0, 200).toLowerCase().split(',')) {
    if (tag.trim().startsWith('zh')) return 'zh-CN';
    if (tag.trim().startsWith('en')) return 'en';
  }
  return 'en';
}

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;

/** @throws ProblemError naming every field at fault, in both languages */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const english = schema.safeParse(input, { error: en });
  if (english.success) return english.data;
  const chinese = schema.safeParse(input, { error: zh });
  const translated = chinese.success ? [] : chinese.error.issues;
  const errors = english.error.issues.map((issue, index) => ({
    path: issue.path.join('.'),
    reason: REASON_TEXTS[issue.message] ?? {
      en: issue.message,
      'zh-CN': saidOf(issue) ?? translated[index]?.message ?? issue.message,
    },
  }));
  throw new ProblemError('invalid', { errors });
}

/** What a contract says in Chinese beside its own English. */
function saidOf(issue: z.core.$ZodIssue): string | undefined {
  const said: unknown = issue.code === 'custom' ? issue.params?.['zh'] : undefined;
  return typeof said === 'string' ? said : undefined;
}
