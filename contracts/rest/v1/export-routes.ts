import { z } from 'zod';
import { fileAnswer } from '#contracts/rest/v1/content';
import { exportJob, exportJobs, newExport } from '#contracts/rest/v1/export';
import { defineRoute } from '#contracts/rest/v1/route';

const look = { capability: 'exports', access: 'view' } as const;
const ofExport = z.strictObject({ exportId: z.uuid() });
const PAGE_MAX = 100;

/** Whoever may export at all sees their own exports; whoever may export everybody, those of others too. */
export const exportRoutes = {
  listExports: defineRoute({
    method: 'GET',
    path: '/exports',
    authority: look,
    summary: 'Exports, newest first.',
    paged: { key: z.tuple([z.int(), z.uuid()]), limitMax: PAGE_MAX, limitDefault: PAGE_MAX / 2 },
    answers: { 200: exportJobs },
    errors: [],
  }),
  requestExport: defineRoute({
    method: 'POST',
    path: '/exports',
    authority: look,
    summary: 'Asks for a file; it is made in the background, of the people in reach just now.',
    body: newExport,
    answers: { 202: exportJob },
    errors: ['absent', 'too-many'],
    idempotency: 'key',
    audit: { action: 'export.requested', subject: 'exportId' },
  }),
  readExport: defineRoute({
    method: 'GET',
    path: '/exports/:exportId',
    authority: look,
    summary: 'How far an export is, and what became of it.',
    params: ofExport,
    answers: { 200: exportJob },
    errors: [],
  }),
  cancelExport: defineRoute({
    method: 'POST',
    path: '/exports/:exportId/cancellation',
    authority: look,
    summary: 'Stops an export that is not ready.',
    params: ofExport,
    answers: { 200: exportJob },
    errors: ['conflict'],
    audit: { action: 'export.cancelled', subject: 'exportId' },
  }),
  fetchExport: defineRoute({
    method: 'GET',
    path: '/exports/:exportId/file',
    authority: look,
    summary: 'The file, whole or from where a broken download ended; its ETag is its SHA-256.',
    params: ofExport,
    answers: {
      200: fileAnswer(
        'text/csv; charset=utf-8',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/json; charset=utf-8',
        'application/jsonl; charset=utf-8',
      ),
    },
    errors: ['conflict', 'range-unfit'],
    concurrency: 'etag',
    audit: { action: 'export.fetched', subject: 'exportId' },
  }),
} as const;
