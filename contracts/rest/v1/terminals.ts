import { z } from 'zod';
import { zone } from '#contracts/config/hub-config';
import { defineRoute } from '#contracts/rest/v1/route';
import { bilingual } from '#contracts/wire/v1/down-log';
import { terminalId } from '#contracts/wire/v1/ids';
import { refusal, stateBody } from '#contracts/wire/v1/messages';

const instant = z.iso.datetime({ offset: true });

export const terminal = z
  .strictObject({
    terminalId,
    name: z.string(),
    online: z.boolean(),
    lastContactAt: instant.optional(),
    app: z.string().optional(),
    queueDepth: z.int().min(0),
    /** Down-log cursor of the terminal and newest rev meant for it. */
    galleryRev: z.int().min(0),
    headRev: z.int().min(0),
    camera: stateBody.shape.camera,
    disk: stateBody.shape.disk,
    clock: stateBody.shape.clock.optional(),
    /** Struck off since then: it stays in the records, and its keys are refused. */
    retiredAt: instant.optional(),
    /** Messages of this terminal the hub refused, with the newest reason. */
    refusals: z.strictObject({
      count: z.int().min(0),
      lastReason: refusal.optional(),
      lastAt: instant.optional(),
    }),
  })
  .meta({ id: 'terminal' });
export type Terminal = z.output<typeof terminal>;

export const terminals = z.strictObject({ terminals: z.array(terminal) });

export const site = z
  .strictObject({
    siteId: z.uuid(),
    name: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
    zone: z.string(),
  })
  .meta({ id: 'site' });
export type Site = z.output<typeof site>;

/** Only what is to change. */
export const siteChange = z.strictObject({ name: bilingual.optional(), zone: zone.optional() });
export type SiteChange = z.output<typeof siteChange>;

export const siteRoutes = {
  site: defineRoute({
    method: 'GET',
    path: '/site',
    authority: 'signed-in',
    summary: 'The site this hub serves.',
    answers: { 200: site },
    errors: [],
    concurrency: 'etag',
  }),
  changeSite: defineRoute({
    method: 'PATCH',
    path: '/site',
    authority: { capability: 'fleet', access: 'change' },
    summary: 'Changes the names or the zone; another zone has every day computed again.',
    audit: { action: 'site.changed', subject: 'siteId' },
    body: siteChange,
    answers: { 200: site },
    errors: [],
    concurrency: 'etag',
  }),
} as const;

export const terminalRoutes = {
  listTerminals: defineRoute({
    method: 'GET',
    path: '/terminals',
    authority: { capability: 'fleet', access: 'view' },
    summary: 'Every terminal the hub knows, with its health.',
    answers: { 200: terminals },
    errors: [],
  }),
} as const;
