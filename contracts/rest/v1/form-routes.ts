import { z } from 'zod';
import {
  decision,
  form,
  formChange,
  formPreview,
  forms,
  formsPaging,
  formsQuery,
  newComment,
  newForm,
  revocation,
  submission,
  transfer,
  withdrawal,
} from '#contracts/rest/v1/approvals';
import { defineRoute } from '#contracts/rest/v1/route';

/**
 * Everybody who may see forms at all comes in here: staff with their own, approvers with what waits for
 * them, administrators with what lies in their scope. Who may do what to a form is judged by the form:
 * filing one's own and giving one's vote need no grant.
 */
const ofForms = { capability: 'approvals', access: 'view' } as const;
const ofForm = z.strictObject({ formId: z.uuid() });

/** An act on a form that somebody else has moved on is refused as stale. */
const act = { method: 'POST', authority: ofForms, params: ofForm, answers: { 200: form } } as const;

export const formRoutes = {
  listForms: defineRoute({
    method: 'GET',
    path: '/approvals/forms',
    authority: ofForms,
    summary:
      'Forms: one’s own, those that wait for one’s vote, those one decided, or all in reach.',
    query: formsQuery,
    paged: formsPaging,
    answers: { 200: forms },
    errors: [],
  }),
  beginForm: defineRoute({
    method: 'POST',
    path: '/approvals/forms',
    authority: ofForms,
    summary: 'Begins a form; it acts on nothing until it is handed in.',
    body: newForm,
    answers: { 201: form },
    errors: ['absent', 'conflict'],
    idempotency: 'key',
    audit: { action: 'form.begun', subject: 'formId' },
  }),
  previewForm: defineRoute({
    method: 'POST',
    path: '/approvals/forms/preview',
    authority: ofForms,
    summary:
      'What a form would come to: length, what is left, whom it asks, and what is against it.',
    body: newForm,
    answers: { 200: formPreview },
    errors: ['absent'],
    audit: 'changes-nothing',
  }),
  readForm: defineRoute({
    method: 'GET',
    path: '/approvals/forms/:formId',
    authority: ofForms,
    summary: 'A form with where it stands and how it got there.',
    params: ofForm,
    answers: { 200: form },
    errors: [],
    concurrency: 'etag',
  }),
  changeForm: defineRoute({
    method: 'PUT',
    path: '/approvals/forms/:formId',
    authority: ofForms,
    summary: 'Rewrites a form that has not been handed in.',
    params: ofForm,
    body: formChange,
    answers: { 200: form },
    errors: ['conflict'],
    concurrency: 'etag',
    audit: { action: 'form.changed', subject: 'formId' },
  }),
  submitForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/submission',
    summary: 'Hands a form in; it is judged as the preview judges it.',
    body: submission,
    errors: ['conflict', 'stale'],
    audit: { action: 'form.submitted', subject: 'formId' },
  }),
  decideForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/decision',
    summary: 'Votes, for oneself and for those whose vote one holds just now.',
    body: decision,
    errors: ['conflict', 'stale'],
    audit: { action: 'form.decided', subject: 'formId' },
  }),
  withdrawForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/withdrawal',
    summary: 'Takes back one’s own form before its end.',
    body: withdrawal,
    errors: ['conflict', 'stale'],
    audit: { action: 'form.withdrawn', subject: 'formId' },
  }),
  revokeForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/revocation',
    summary: 'Takes the effect of an approved form back.',
    body: revocation,
    errors: ['conflict', 'stale'],
    audit: { action: 'form.revoked', subject: 'formId' },
  }),
  transferForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/transfer',
    summary: 'Hands a vote that was not cast to somebody else.',
    body: transfer,
    errors: ['conflict', 'stale'],
    audit: { action: 'form.transferred', subject: 'formId' },
  }),
  commentForm: defineRoute({
    ...act,
    path: '/approvals/forms/:formId/comments',
    summary: 'Says something about a form, also after its end.',
    body: newComment,
    errors: ['conflict'],
    audit: { action: 'form.commented', subject: 'formId' },
  }),
} as const;
