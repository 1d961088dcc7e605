import { z } from 'zod';
import { attachment } from '#contracts/rest/v1/approval-form';
import { foreignImport, importReport } from '#contracts/rest/v1/approval-import';
import { slug, template, templateDraft, templates } from '#contracts/rest/v1/approval-template';
import {
  delegation,
  delegations,
  delegationsQuery,
  grant,
  grants,
  newDelegation,
  newGrant,
  quotas,
  quotasQuery,
} from '#contracts/rest/v1/approvals';
import { fileAnswer, nothing, upload } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';
import { ATTACHMENT_BYTES_MAX, ATTACHMENT_TYPES } from '#domain/approvals/attachment/attachment';

const look = { capability: 'approvals', access: 'view' } as const;
const decide = { capability: 'approvals', access: 'change' } as const;
const setRules = { capability: 'rules', access: 'change' } as const;

const TEMPLATE_BYTES_MAX = 256 * 1024; // fifty fields of a hundred options, labelled in both languages
const IMPORT_BYTES_MAX = 4 * 1024 * 1024; // five thousand forms as JSON
const SHEET_BYTES_MAX = 4 * 1024 * 1024; // the same as a table
const UPLOADS_PER_MINUTE = 60;
const IMPORTS_PER_MINUTE = 20;

const ofTemplate = z.strictObject({ templateId: slug });
const ofDelegation = z.strictObject({ delegationId: z.uuid() });
const ofAttachment = z.strictObject({ attachmentId: z.uuid() });

const MEDIA_TYPES = Object.values(ATTACHMENT_TYPES).flatMap(({ mimes }) => mimes);

export const approvalRoutes = {
  listTemplates: defineRoute({
    method: 'GET',
    path: '/approvals/templates',
    authority: look,
    summary: 'What forms there are, as they are offered now, and what is being worked on.',
    answers: { 200: templates },
    errors: [],
  }),
  saveTemplateDraft: defineRoute({
    method: 'PUT',
    path: '/approvals/templates/:templateId',
    authority: setRules,
    summary: 'Writes the draft of a template; nobody is offered it yet.',
    params: ofTemplate,
    body: templateDraft,
    answers: { 200: template },
    errors: [],
    bodyBytesMax: TEMPLATE_BYTES_MAX,
    audit: { action: 'template.drafted', subject: 'templateId' },
  }),
  publishTemplate: defineRoute({
    method: 'POST',
    path: '/approvals/templates/:templateId/publish',
    authority: setRules,
    summary: 'Offers the draft to everybody; forms handed in before keep their version.',
    params: ofTemplate,
    answers: { 201: template },
    errors: ['conflict'],
    idempotency: 'key',
    audit: { action: 'template.published', subject: 'templateId' },
  }),
  readQuotas: defineRoute({
    method: 'GET',
    path: '/approvals/quotas',
    authority: look,
    summary: 'What somebody has left of each leave, and of make-ups in the month, on a date.',
    query: quotasQuery,
    answers: { 200: quotas },
    errors: ['absent'],
  }),
  listGrants: defineRoute({
    method: 'GET',
    path: '/approvals/grants',
    authority: look,
    summary: 'What was granted somebody by hand.',
    query: z.strictObject({ personId }),
    answers: { 200: grants },
    errors: ['absent'],
  }),
  addGrant: defineRoute({
    method: 'POST',
    path: '/approvals/grants',
    authority: decide,
    summary: 'Grants leave by hand, or takes it away; a wrong one is set right by another.',
    body: newGrant,
    answers: { 201: grant },
    errors: ['absent', 'conflict'],
    idempotency: 'key',
    audit: { action: 'grant.added', subject: 'grantId' },
  }),
  listDelegations: defineRoute({
    method: 'GET',
    path: '/approvals/delegations',
    authority: look,
    summary: 'Whose votes are lent to whom, by oneself or by somebody in reach.',
    query: delegationsQuery,
    answers: { 200: delegations },
    errors: ['absent'],
  }),
  addDelegation: defineRoute({
    method: 'POST',
    path: '/approvals/delegations',
    authority: look,
    summary: 'Lends a vote for a while.',
    body: newDelegation,
    answers: { 201: delegation },
    errors: ['absent', 'conflict'],
    idempotency: 'key',
    audit: { action: 'delegation.added', subject: 'delegationId' },
  }),
  revokeDelegation: defineRoute({
    method: 'DELETE',
    path: '/approvals/delegations/:delegationId',
    authority: look,
    summary: 'Takes a lent vote back from now on.',
    params: ofDelegation,
    answers: { 204: nothing },
    errors: [],
    audit: { action: 'delegation.revoked', subject: 'delegationId' },
  }),
  addAttachment: defineRoute({
    method: 'POST',
    path: '/approvals/attachments',
    authority: look,
    summary: 'Takes a file in, by what it is and not by what it is called; a form then names it.',
    query: z.strictObject({ name: z.string().max(500).default('') }),
    body: upload('application/octet-stream', ...MEDIA_TYPES),
    answers: { 201: attachment },
    errors: [],
    bodyBytesMax: ATTACHMENT_BYTES_MAX,
    requestsPerMinute: UPLOADS_PER_MINUTE,
    audit: { action: 'attachment.added', subject: 'attachmentId', unit: 'own' },
  }),
  readAttachment: defineRoute({
    method: 'GET',
    path: '/approvals/attachments/:attachmentId',
    authority: look,
    summary: 'A file, for whoever sees the form it belongs to.',
    params: ofAttachment,
    answers: { 200: fileAnswer('application/octet-stream') },
    errors: [],
    audit: { action: 'attachment.seen', subject: 'attachmentId' },
  }),
  importForms: defineRoute({
    method: 'POST',
    path: '/approvals/imports',
    authority: decide,
    summary: 'Takes in forms that another system has decided on; sent again, a row does nothing.',
    body: foreignImport,
    answers: { 200: importReport },
    errors: [],
    idempotency: 'key',
    bodyBytesMax: IMPORT_BYTES_MAX,
    requestsPerMinute: IMPORTS_PER_MINUTE,
    audit: { action: 'form.imported' },
  }),
  importFormSheet: defineRoute({
    method: 'POST',
    path: '/approvals/imports/sheet',
    authority: decide,
    summary: 'The same from a CSV or XLSX file with these columns, in English or Chinese.',
    query: foreignImport.omit({ rows: true }),
    body: upload(
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/octet-stream',
    ),
    answers: { 200: importReport },
    errors: [],
    bodyBytesMax: SHEET_BYTES_MAX,
    requestsPerMinute: IMPORTS_PER_MINUTE,
    audit: { action: 'form.imported', unit: 'own' },
  }),
} as const;
