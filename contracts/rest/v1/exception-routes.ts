import { z } from 'zod';
import {
  caseKey,
  exceptionAct,
  exceptionBulk,
  exceptionBulkResult,
  exceptionCase,
  exceptionCases,
  exceptionGroups,
  exceptionGroupsQuery,
  exceptionsPaging,
  exceptionsQuery,
  lockWarningAnswer,
  lockWarningQuery,
} from '#contracts/rest/v1/exceptions';
import { defineRoute } from '#contracts/rest/v1/route';

const look = { capability: 'exceptions', access: 'view' } as const;
const handle = { capability: 'exceptions', access: 'change' } as const;

const BULK_BYTES_MAX = 256 * 1024; // five hundred keys of three hundred letters, and a note
const ofCase = z.strictObject({ key: caseKey });

export const exceptionRoutes = {
  listExceptions: defineRoute({
    method: 'GET',
    path: '/exceptions',
    authority: look,
    summary: 'What somebody may have to look at, the most pressing first.',
    query: exceptionsQuery,
    paged: exceptionsPaging,
    answers: { 200: exceptionCases },
    errors: [],
  }),
  groupExceptions: defineRoute({
    method: 'GET',
    path: '/exceptions/groups',
    authority: look,
    summary: 'How many of what: by person, kind, date, door or assignee.',
    query: exceptionGroupsQuery,
    answers: { 200: exceptionGroups },
    errors: [],
  }),
  readLockWarning: defineRoute({
    method: 'GET',
    path: '/exceptions/lock-warning',
    authority: { capability: 'results', access: 'change' },
    summary: 'What to know before everything up to a date is locked.',
    query: lockWarningQuery,
    answers: { 200: lockWarningAnswer },
    errors: [],
  }),
  handleExceptions: defineRoute({
    method: 'POST',
    path: '/exceptions/acts',
    authority: handle,
    summary:
      'Assigns, resolves or reopens many; those that do not fit are told, the others are done.',
    body: exceptionBulk,
    answers: { 200: exceptionBulkResult },
    errors: [],
    idempotency: 'key',
    bodyBytesMax: BULK_BYTES_MAX,
    audit: { action: 'exception.handled' },
  }),
  readException: defineRoute({
    method: 'GET',
    path: '/exceptions/:key',
    authority: look,
    summary: 'One of them.',
    params: ofCase,
    answers: { 200: exceptionCase },
    errors: [],
    concurrency: 'etag',
  }),
  handleException: defineRoute({
    method: 'POST',
    path: '/exceptions/:key/acts',
    authority: handle,
    summary: 'Assigns, resolves or reopens one.',
    params: ofCase,
    body: exceptionAct,
    answers: { 200: exceptionCase },
    errors: ['conflict'],
    concurrency: 'etag',
    audit: { action: 'exception.handled', subject: 'key' },
  }),
} as const;
