import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '#hub/audit/audit-log';
import type { Authority } from '#hub/authority/authority';
import { WecomDesk } from '#hub/compat/wecom-desk';
import { serveWecom } from '#hub/compat/wecom-routes';
import type { HubIdentity } from '#hub/identity/hub-identity';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import { CompatRepository } from '#hub/storage/compat-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

export interface WecomParts {
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
  readonly authority: Authority;
  readonly auditLog: AuditLog;
  readonly rules: AttendanceRuleRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Before the server listens. */
export async function openWecom(app: FastifyInstance, parts: WecomParts): Promise<void> {
  const wecom = new WecomDesk({ ...parts, compat: new CompatRepository(parts.db) });
  const key = Buffer.from(parts.identity.storageKey, 'base64url');
  await serveWecom(app, { ...parts, wecom, key });
}
