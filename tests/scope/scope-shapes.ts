import type { BuiltServer } from '#tests/hub/built-server';

/** The day at which both halves stand. */
export const DATE = '2026-03-02';
export const NOW = `${DATE}T08:00:00Z`;

export type Headers = Readonly<Record<string, string>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Asked {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly payload?: object | string;
  readonly headers?: Headers;
}

/** One half of the company, with something of every kind in it. */
export interface Side {
  readonly name: string;
  readonly siteId: string;
  readonly terminalId: string;
  readonly departmentId: string;
  /** Who decides for the subject, and belongs to this side. */
  readonly managerId: string;
  /** The one that everything here is about. */
  readonly personId: string;
  readonly employeeNo: string;
  readonly punchId: string;
  readonly lostPunchId: string;
  readonly caseKey: string;
  readonly formId: string;
  readonly delegationId: string;
  readonly attachmentId: string;
  readonly leaveGrantId: string;
  readonly eventId: string;
  readonly exportId: string;
  /** An administrator and a program whose area is this side. */
  readonly accountId: string;
  readonly clientId: string;
}

export interface Callers {
  /** Of the subject's side, and their manager there. */
  readonly staff: Headers;
  readonly manager: Headers;
  /** Everything over one side: by its site, by its department, as a program. */
  readonly bySite: Headers;
  readonly byDepartment: Headers;
  readonly program: Headers;
}

export interface ScopeWorld {
  readonly hub: BuiltServer;
  readonly ask: (asked: Asked, headers: Headers) => Promise<Told>;
  readonly near: Side;
  readonly far: Side;
  /** Of the near side. */
  readonly callers: Callers;
  /** The same of the far side. */
  readonly farCallers: Callers;
  readonly superAdministrator: Headers;
  readonly viewer: Headers;
  readonly bare: Headers;
  readonly expiredProgram: Headers;
  readonly revokedProgram: Headers;
  readonly viewingProgram: Headers;
  /** Every row of every table, but for what any knock leaves behind. */
  readonly stored: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Told {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

/** Letters, digits and `_` are what an employee number is made of. */
export function employeeNoOf(name: string): string {
  return name.replaceAll('-', '_');
}
