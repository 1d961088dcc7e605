import { previewViewOf } from '#contracts/rest/v1/approval-view';
import type { Form } from '#contracts/rest/v1/approvals';
import { formRoutes } from '#contracts/rest/v1/form-routes';
import { comment, decide, revoke, transfer, withdraw } from '#domain/approvals/process/act';
import type { Actor } from '#domain/authority/actor';
import type { Access, Capability } from '#domain/authority/capability';
import type { Reach } from '#domain/authority/reach';
import { accepted } from '#hub/api/approval-refusal';
import type { Handlers } from '#hub/api/handler';
import { versionOf } from '#hub/api/precondition';
import { ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import type { Caller } from '#hub/approvals/caller';
import type { FormAnswer } from '#hub/approvals/form-desk';
import type { Approvals } from '#hub/approvals/open-approvals';
import type { StoredFormRow } from '#hub/storage/form-repository';

type Routes = typeof formRoutes;

/** Forms: written, handed in, decided, taken back. */
export function serveForms(book: RouteBook, approvals: Approvals): void {
  book.serve(formRoutes, { ...writing(approvals), ...deciding(approvals) });
}

/** Of whoever asks, what the desks want to know. */
export interface Asking {
  readonly actor: Actor;
  readonly reachBy: (capability: Capability, access: Access) => Reach;
}

export async function callerBehind(
  { actor, reachBy }: Asking,
  { callers }: Pick<Approvals, 'callers'>,
): Promise<Caller> {
  const [reach, office] = [reachBy('approvals', 'view'), reachBy('approvals', 'change')];
  return await callers.of(actor, { reach, office });
}

function formVersion({ content, state }: StoredFormRow): string {
  return versionOf({ content, revision: state.revision });
}

type WritingRoutes = Pick<
  Routes,
  'listForms' | 'beginForm' | 'previewForm' | 'readForm' | 'changeForm' | 'submitForm'
>;

function writing(approvals: Approvals): Handlers<WritingRoutes> {
  const { forms, formDesk, views } = approvals;
  return {
    listForms: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const found = await forms.list(asked.query, caller, asked.page);
      return { body: { forms: (await views.of(found.forms)).map(inList) }, next: found.next };
    },
    beginForm: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const form = accepted(await formDesk.begin(caller, asked.body));
      return { body: await views.one(form), location: `/approvals/forms/${form.formId}` };
    },
    previewForm: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const { preview, template } = accepted(await formDesk.preview(caller, asked.body));
      return { body: previewViewOf(preview, template) };
    },
    readForm: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const form = await forms.seen(asked.params.formId, caller);
      if (form === undefined) throw asked.refuse('absent');
      return { body: await views.one(form), version: formVersion(form) };
    },
    changeForm: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const given = { formId: asked.params.formId, content: asked.body.content };
      const isExpected = (form: StoredFormRow): boolean => asked.isExpected(formVersion(form));
      const form = accepted(await formDesk.change(caller, given, isExpected));
      return { body: await views.one(form), version: formVersion(form) };
    },
    submitForm: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const form = await formDesk.submit(caller, { ...asked.params, ...asked.body });
      return { body: await views.one(accepted(form)) };
    },
  };
}

type DecidingRoutes = Omit<Routes, keyof WritingRoutes>;

function deciding(approvals: Approvals): Handlers<DecidingRoutes> {
  const { formDesk, views } = approvals;
  const shown = async (answer: FormAnswer): Promise<{ body: Form }> => ({
    body: await views.one(accepted(answer)),
  });
  return {
    decideForm: async (asked) => {
      const { decision, comment: said, revision } = asked.body;
      const caller = await callerBehind(asked, approvals);
      const acted = await formDesk.act(caller, { ...asked.params, revision }, (form, setting) => {
        const { by, at, delegations } = setting;
        return decide(
          form.state,
          { by, at, decision, comment: said },
          { delegations, kind: form.kind },
        );
      });
      return await shown(acted);
    },
    withdrawForm: async (asked) => {
      const { reason, revision } = asked.body;
      const caller = await callerBehind(asked, approvals);
      const acted = await formDesk.act(caller, { ...asked.params, revision }, (form, { by, at }) =>
        withdraw(form.state, { by, at, reason }),
      );
      return await shown(acted);
    },
    revokeForm: async (asked) => {
      const { reason, revision } = asked.body;
      const caller = await callerBehind(asked, approvals);
      const acted = await formDesk.act(caller, { ...asked.params, revision }, (form, setting) => {
        const { by, at, isInOffice } = setting;
        const office = isInOffice ? ('administrator' as const) : ('approver' as const);
        return revoke(form.state, { by, at, reason, office });
      });
      return await shown(acted);
    },
    transferForm: async (asked) => {
      const { revision, ...given } = asked.body;
      const caller = await callerBehind(asked, approvals);
      await requireApprover(given.to, approvals);
      const acted = await formDesk.act(caller, { ...asked.params, revision }, (form, setting) => {
        const { by, at, isInOffice } = setting;
        if (by !== given.from && !isInOffice) throw new ProblemError('not-allowed');
        return transfer(form.state, { by, at, ...given });
      });
      return await shown(acted);
    },
    commentForm: async (asked) => {
      const { text } = asked.body;
      const caller = await callerBehind(asked, approvals);
      const seen = { ...asked.params, revision: undefined };
      const acted = await formDesk.act(caller, seen, (form, { by, at }) =>
        comment(form.state, { by, at, text }),
      );
      return await shown(acted);
    },
  };
}

/** A vote is handed to somebody who is there. */
async function requireApprover(personId: string, { formDesk }: Approvals): Promise<void> {
  if (!(await formDesk.isApprover(personId))) throw new ProblemError('absent');
}

/** A list leaves out what a form says in full. */
function inList({ history: _h, content: _c, attachments: _a, ...rest }: Form) {
  return rest;
}
