import { failed, ok, type Result } from '#domain/result';
import { accountAct } from '#hub/audit/account-act';
import type { AuditLog } from '#hub/audit/audit-log';
import type { SessionKeeper } from '#hub/sign-in/session-keeper';
import { nameKey, type SignInLock } from '#hub/sign-in/sign-in-lock';
import type { KnownAccount } from '#hub/storage/account-repository';
import type { SecondFactorRepository } from '#hub/storage/second-factor-repository';
import type { StoredSession } from '#hub/storage/session-repository';
import type { Clock } from '#platform/clock/clock';
import {
  mintRecoveryCodes,
  recoveryDigest,
  spendRecoveryCode,
} from '#platform/crypto/recovery-code';
import { checkTotp, mintTotpSecret, totpUri } from '#platform/crypto/totp';

const ISSUER = 'Lintel'; // what authenticator applications show above the code

export type CodeKind = 'application' | 'recovery';

export interface SecondFactorDeps {
  readonly secondFactors: SecondFactorRepository;
  readonly sessions: SessionKeeper;
  readonly lock: SignInLock;
  readonly auditLog: AuditLog;
  readonly clock: Clock;
}

export interface SecondFactorState {
  readonly state: 'off' | 'wanted' | 'on';
  readonly recoveryCodesLeft: number;
}

/** Codes of an authenticator application, and those on paper for the day it is lost. */
export class SecondFactor {
  readonly #deps: SecondFactorDeps;

  constructor(deps: SecondFactorDeps) {
    this.#deps = deps;
  }

  async state(accountId: string): Promise<SecondFactorState> {
    const factor = await this.#deps.secondFactors.get(accountId);
    if (factor === undefined) return { state: 'off', recoveryCodesLeft: 0 };
    return { state: factor.state, recoveryCodesLeft: factor.recovery.length };
  }

  async isOn(accountId: string): Promise<boolean> {
    return (await this.state(accountId)).state === 'on';
  }

  /** A new secret, to be shown once; nothing is on before a code has proved that it was taken. */
  async start(
    account: KnownAccount,
  ): Promise<Result<{ readonly secret: string; readonly uri: string }, 'on-already'>> {
    const { secondFactors, auditLog } = this.#deps;
    const secret = mintTotpSecret();
    return await auditLog.unit(async () => {
      if (await this.isOn(account.accountId)) return failed('on-already');
      const factor = { state: 'wanted', secret, lastStep: null, recovery: [] } as const;
      await secondFactors.save(account.accountId, factor);
      await auditLog.append(accountAct(account, 'second-factor.wanted'));
      return ok({ secret, uri: totpUri(secret, ISSUER, account.shownName) });
    });
  }

  /** Whoever is signed in elsewhere without a code no longer is. @returns recovery codes, shown once */
  async confirm(
    { account, session }: { readonly account: KnownAccount; readonly session: StoredSession },
    code: string,
  ): Promise<Result<readonly string[], 'wrong' | 'not-wanted'>> {
    const { secondFactors, sessions, auditLog, clock } = this.#deps;
    const codes = mintRecoveryCodes();
    return await auditLog.unit(async () => {
      const factor = await secondFactors.get(account.accountId);
      if (factor?.state !== 'wanted') return failed('not-wanted');
      const step = checkTotp({ secret: factor.secret, code, at: clock.now(), lastUsedStep: null });
      if (!step.ok) return failed('wrong');
      const recovery = codes.map(recoveryDigest);
      const on = { ...factor, state: 'on', lastStep: step.value, recovery } as const;
      await secondFactors.save(account.accountId, on);
      await sessions.endOthers(session);
      await auditLog.append(accountAct(account, 'second-factor.on'));
      return ok(codes);
    });
  }

  /** The codes that were there before end. @returns new ones, shown once */
  async renewCodes(
    account: KnownAccount,
    code: string,
  ): Promise<Result<readonly string[], 'wrong'>> {
    const { secondFactors, auditLog } = this.#deps;
    const codes = mintRecoveryCodes();
    const renewed = await auditLog.unit(async (): Promise<Result<readonly string[], 'wrong'>> => {
      if (!(await this.spend(account.accountId, { kind: 'application', code }))) {
        return failed('wrong');
      }
      const factor = await secondFactors.get(account.accountId);
      if (factor === undefined) return failed('wrong');
      const recovery = codes.map(recoveryDigest);
      await secondFactors.save(account.accountId, { ...factor, recovery });
      await auditLog.append(accountAct(account, 'recovery-codes.renewed'));
      return ok(codes);
    });
    return await this.#counted(account, renewed);
  }

  /** By somebody who still has both factors; every session ends with it. */
  async end(account: KnownAccount, code: string): Promise<Result<undefined, 'wrong'>> {
    const { secondFactors, sessions, auditLog } = this.#deps;
    const off = await auditLog.unit(async (): Promise<Result<undefined, 'wrong'>> => {
      const isShown = await this.spend(account.accountId, { kind: 'application', code });
      if (!isShown) return failed('wrong');
      await secondFactors.remove(account.accountId);
      await sessions.endAllOf(account.accountId);
      await auditLog.append(accountAct(account, 'second-factor.off'));
      return ok(undefined);
    });
    return await this.#counted(account, off);
  }

  /** Within the unit that it is for: a code, of either kind, is good once. */
  async spend(
    accountId: string,
    given: { readonly kind: CodeKind; readonly code: string },
  ): Promise<boolean> {
    const { secondFactors, clock } = this.#deps;
    const factor = await secondFactors.get(accountId);
    if (factor?.state !== 'on') return false;
    if (given.kind === 'recovery') {
      const left = spendRecoveryCode(given.code, factor.recovery);
      if (left.ok) await secondFactors.save(accountId, { ...factor, recovery: left.value });
      return left.ok;
    }
    const { secret, lastStep: lastUsedStep } = factor;
    const step = checkTotp({ secret, code: given.code, at: clock.now(), lastUsedStep });
    if (step.ok) await secondFactors.save(accountId, { ...factor, lastStep: step.value });
    return step.ok;
  }

  /** A wrong code is a guess like a wrong password. */
  async #counted<T>({ accountId }: KnownAccount, done: Result<T, 'wrong'>) {
    if (!done.ok) await this.#deps.lock.countFailure([nameKey(accountId, '')]);
    return done;
  }
}
