import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { HubConfig } from '#contracts/config/hub-config';
import { ok } from '#domain/result';
import { AuditKeeper } from '#hub/audit/audit-keeper';
import { AuditLog } from '#hub/audit/audit-log';
import { AdministratorDesk } from '#hub/authority/administrator-desk';
import { ApiClientDesk } from '#hub/authority/api-client-desk';
import { Authority } from '#hub/authority/authority';
import { StaffDesk } from '#hub/authority/staff-desk';
import type { HubIdentity } from '#hub/identity/hub-identity';
import { openProvider } from '#hub/sign-in/open-provider';
import { PasswordDesk } from '#hub/sign-in/password-desk';
import { SecondFactor } from '#hub/sign-in/second-factor';
import { SessionKeeper } from '#hub/sign-in/session-keeper';
import { SignIn } from '#hub/sign-in/sign-in';
import { SignInLock } from '#hub/sign-in/sign-in-lock';
import { AccountRepository } from '#hub/storage/account-repository';
import { ApiClientRepository } from '#hub/storage/api-client-repository';
import { AuditRepository } from '#hub/storage/audit-repository';
import { ChallengeRepository } from '#hub/storage/challenge-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { IdentityLinkRepository } from '#hub/storage/identity-link-repository';
import { OneTimeLinkRepository } from '#hub/storage/one-time-link-repository';
import { OrganisationRepository } from '#hub/storage/organisation-repository';
import { SecondFactorRepository } from '#hub/storage/second-factor-repository';
import { SessionRepository } from '#hub/storage/session-repository';
import { SignInLockRepository } from '#hub/storage/sign-in-lock-repository';
import type { Clock } from '#platform/clock/clock';
import { privateKeyOf, publicKeyOf } from '#platform/crypto/keys';
import type { Logger } from '#platform/log/logger';
import { passwordJudge } from '#platform/passwords/password';

/** The first things somebody tries on the product itself. */
const PRODUCT_WORDS = ['lintel', '门楣', 'kaoqin', 'attendance'];

export interface AuthorityPlace {
  /** How it is run, where it runs; tests of what needs no provider have none. */
  readonly config?: HubConfig;
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who somebody is, what they may do, and what is written down of it. */
export async function openAuthority(place: AuthorityPlace) {
  const { db, identity, clock, logger, config } = place;
  const storageKey = Buffer.from(identity.storageKey, 'base64url');
  const audit = new AuditRepository(db);
  await audit.found(randomUUID());
  const auditLog = new AuditLog({ db, audit, clock });
  const accounts = new AccountRepository(db);
  const secondFactors = new SecondFactorRepository(db, storageKey);
  const clients = new ApiClientRepository(db);
  const organisation = new OrganisationRepository(db);
  const challenges = new ChallengeRepository(db, storageKey);
  const identityLinks = new IdentityLinkRepository(db);
  const lock = new SignInLock(new SignInLockRepository(db), clock);
  const stored = {
    db,
    accounts,
    secondFactors,
    clients,
    organisation,
    challenges,
    clock,
    auditLog,
  };
  const sessions = new SessionKeeper({ ...stored, sessions: new SessionRepository(db) });
  const secondFactor = new SecondFactor({ ...stored, sessions, lock });
  const judge = passwordJudge(PRODUCT_WORDS);
  const links = new OneTimeLinkRepository(db);
  const passwords = new PasswordDesk({ ...stored, links, sessions, lock, judge });
  const authority = new Authority(stored);
  const known = { ...stored, sessions, lock, secondFactor, passwords, authority };
  const auditKeeper = keeperOf(audit, place);
  const door = { ...known, links: identityLinks, logger };
  const provider = config === undefined ? ok(undefined) : openProvider(config, door);
  if (!provider.ok) return provider;
  auditKeeper.start();
  return ok({
    db,
    clock,
    accounts,
    auditLog,
    authority,
    /** What the routes of this area, and the guard before all of them, are served from. */
    served: {
      ...known,
      audit,
      auditKeeper,
      provider: provider.value,
      signIn: new SignIn(known),
      administrators: new AdministratorDesk(known),
      staff: new StaffDesk(known),
      apiClients: new ApiClientDesk(known),
    },
    stop: () => auditKeeper.stop(),
  });
}

function keeperOf(audit: AuditRepository, { identity, dataDir, clock, logger }: AuthorityPlace) {
  const keys = {
    privateKey: privateKeyOf('ed25519', identity.sign.privateKey),
    publicKey: publicKeyOf('ed25519', identity.sign.publicKey),
  };
  const path = checkpointsPath(dataDir);
  return new AuditKeeper({ audit, clock, logger, keys, checkpointsPath: path });
}

type Opened = Awaited<ReturnType<typeof openAuthority>>;
export type OpenAuthority = Extract<Opened, { readonly ok: true }>['value'];

export function checkpointsPath(dataDir: string): string {
  return join(dataDir, 'audit-checkpoints.jsonl');
}
