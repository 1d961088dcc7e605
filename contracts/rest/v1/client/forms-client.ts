// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { formRoutes } from '#contracts/rest/v1/form-routes';

export function formsClient(call: Call) {
  return {
    /** Forms: one’s own, those that wait for one’s vote, those one decided, or all in reach. */
    listForms: call(formRoutes.listForms),
    /** Begins a form; it acts on nothing until it is handed in. */
    beginForm: call(formRoutes.beginForm),
    /** What a form would come to: length, what is left, whom it asks, and what is against it. */
    previewForm: call(formRoutes.previewForm),
    /** A form with where it stands and how it got there. */
    readForm: call(formRoutes.readForm),
    /** Rewrites a form that has not been handed in. */
    changeForm: call(formRoutes.changeForm),
    /** Hands a form in; it is judged as the preview judges it. */
    submitForm: call(formRoutes.submitForm),
    /** Votes, for oneself and for those whose vote one holds just now. */
    decideForm: call(formRoutes.decideForm),
    /** Takes back one’s own form before its end. */
    withdrawForm: call(formRoutes.withdrawForm),
    /** Takes the effect of an approved form back. */
    revokeForm: call(formRoutes.revokeForm),
    /** Hands a vote that was not cast to somebody else. */
    transferForm: call(formRoutes.transferForm),
    /** Says something about a form, also after its end. */
    commentForm: call(formRoutes.commentForm),
  };
}
