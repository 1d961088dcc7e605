import { type HubIdentity } from '#hub/identity/hub-identity';
import { DownLogRepository } from '#hub/storage/down-log-repository';
import { type HubDatabase } from '#hub/storage/hub-database';
import { IdempotencyRepository } from '#hub/storage/idempotency-repository';
import { PersonRepository } from '#hub/storage/person-repository';
import { PunchRepository } from '#hub/storage/punch-repository';
import { QuarantineRepository } from '#hub/storage/quarantine-repository';
import { RetirementRepository } from '#hub/storage/retirement-repository';
import { SiteRepository } from '#hub/storage/site-repository';
import { TemplateRepository } from '#hub/storage/template-repository';
import { TerminalRepository } from '#hub/storage/terminal-repository';
import { UpLogRepository } from '#hub/storage/up-log-repository';
import { WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import { EventBook } from '#hub/webhooks/event-book';

export type Store = ReturnType<typeof openStore>;

/** What is on the disk, without anything that runs. */
export function openStore(db: HubDatabase, identity: HubIdentity) {
  return {
    site: new SiteRepository(db),
    terminals: new TerminalRepository(db),
    retirements: new RetirementRepository(db),
    log: new UpLogRepository(db),
    punches: new PunchRepository(db),
    people: new PersonRepository(db),
    templates: new TemplateRepository(db, Buffer.from(identity.storageKey, 'base64url')),
    downLog: new DownLogRepository(db),
    answers: new IdempotencyRepository(db),
    quarantine: new QuarantineRepository(db),
    eventBook: new EventBook(new WebhookEventRepository(db)),
  };
}
