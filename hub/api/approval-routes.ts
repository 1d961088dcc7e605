import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyRequest } from 'fastify';
import { rowOfCells } from '#contracts/rest/v1/approval-import';
import { approvalRoutes } from '#contracts/rest/v1/approval-routes';
import { accepted } from '#hub/api/approval-refusal';
import { callerBehind } from '#hub/api/form-routes';
import type { Handlers } from '#hub/api/handler';
import { requireEverybody } from '#hub/api/limits-of-reach';
import { type FieldFault, ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import { readFormSheet } from '#hub/approvals/form-sheet';
import type { Approvals } from '#hub/approvals/open-approvals';
import { shownAttachment } from '#hub/storage/attachment-repository';

type Routes = typeof approvalRoutes;

/** What forms rest on: templates, quotas, lent votes, files, and what other systems decided. */
export function serveApprovals(book: RouteBook, approvals: Approvals): void {
  book.serve(approvalRoutes, {
    ...templates(approvals),
    ...quotas(approvals),
    ...delegations(approvals),
    ...attachments(approvals),
    ...imports(approvals),
  });
}

type TemplateRoutes = Pick<Routes, 'listTemplates' | 'saveTemplateDraft' | 'publishTemplate'>;

function templates({ templateDesk }: Approvals): Handlers<TemplateRoutes> {
  return {
    listTemplates: async () => ({ body: await templateDesk.list() }),
    saveTemplateDraft: async ({ params, body }) => ({
      body: accepted(await templateDesk.draft(params.templateId, body)),
    }),
    publishTemplate: async ({ params, reach }) => {
      requireEverybody(reach); // the whole company asks by it from now on
      return { body: accepted(await templateDesk.publish(params.templateId)) };
    },
  };
}

type QuotaRoutes = Pick<Routes, 'readQuotas' | 'listGrants' | 'addGrant'>;

function quotas(approvals: Approvals): Handlers<QuotaRoutes> {
  const { quotaDesk } = approvals;
  return {
    readQuotas: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      return { body: accepted(await quotaDesk.quotas(caller, asked.query)) };
    },
    listGrants: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      return {
        body: { grants: accepted(await quotaDesk.grantsOf(caller, asked.query.personId)) },
      };
    },
    addGrant: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      return { body: accepted(await quotaDesk.grant(caller, asked.body)) };
    },
  };
}

type DelegationRoutes = Pick<Routes, 'listDelegations' | 'addDelegation' | 'revokeDelegation'>;

function delegations(approvals: Approvals): Handlers<DelegationRoutes> {
  const { delegationDesk } = approvals;
  return {
    listDelegations: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const found = accepted(await delegationDesk.list(caller, asked.query.personId));
      return { body: { delegations: found } };
    },
    addDelegation: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      return { body: accepted(await delegationDesk.add(caller, asked.body)) };
    },
    revokeDelegation: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      accepted(await delegationDesk.revoke(caller, asked.params.delegationId));
      return {};
    },
  };
}

type AttachmentRoutes = Pick<Routes, 'addAttachment' | 'readAttachment'>;

function attachments(approvals: Approvals): Handlers<AttachmentRoutes> {
  const { attachmentDesk } = approvals;
  return {
    addAttachment: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const content = await bytesOf(asked);
      const file = accepted(await attachmentDesk.take(caller, { name: asked.query.name, content }));
      return await asked.unit(async () => {
        await attachmentDesk.enter(file);
        return { body: shownAttachment(file) };
      });
    },
    readAttachment: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const file = accepted(await attachmentDesk.read(caller, asked.params.attachmentId));
      return {
        body: { content: file.content, fileName: file.name, mediaType: file.mediaType },
      };
    },
  };
}

/** A request without a content type has no body at all; what is made of it says that it is empty. */
async function bytesOf({ request }: { readonly request: FastifyRequest }): Promise<Uint8Array> {
  const { body } = request;
  return body instanceof Readable ? await buffer(body) : new Uint8Array();
}

type ImportRoutes = Pick<Routes, 'importForms' | 'importFormSheet'>;

function imports(approvals: Approvals): Handlers<ImportRoutes> {
  const { importDesk } = approvals;
  return {
    importForms: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const { rows, ...options } = asked.body;
      const delivered = rows.map((input, index) => ({ line: index + 1, input }));
      return { body: await importDesk.take(caller, delivered, options) };
    },
    importFormSheet: async (asked) => {
      const caller = await callerBehind(asked, approvals);
      const read = await readFormSheet(await bytesOf(asked));
      if (!read.ok) throw new ProblemError('invalid', { errors: read.failure.map(fieldFaultOf) });
      const delivered = read.value.map(({ line, cells }) => ({ line, input: rowOfCells(cells) }));
      return await asked.unit(async () => ({
        body: await importDesk.take(caller, delivered, asked.query),
      }));
    },
  };
}

function fieldFaultOf({
  path,
  'zh-CN': zh,
  en,
}: {
  readonly path: string;
  readonly 'zh-CN': string;
  readonly en: string;
}): FieldFault {
  return { path, reason: { 'zh-CN': zh, en } };
}
