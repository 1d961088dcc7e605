import type { Asked, Callers, Side } from '#tests/scope/scope-shapes';

/**
 * What a route is to somebody who may not reach the other half of the company.
 *
 * `public`, `own`: of nobody else. `open`: the same for everybody who is let in. `rows`: a look, aimed
 * at the other half, that shows nothing of it. `deed`: an act aimed at the other half, refused without
 * a trace. `company`: for those alone who reach everybody. `elsewhere`: shown by the test of that name.
 */
export type Rule =
  | { readonly kind: 'public' | 'own' | 'open' }
  | { readonly kind: 'elsewhere'; readonly file: string; readonly test: string }
  | { readonly kind: 'rows'; readonly asked: (side: Side) => Asked; readonly by?: keyof Callers }
  | {
      readonly kind: 'deed' | 'company';
      readonly asked: (side: Side) => Asked;
      /** Beside 403 and 404: the answer does not say whether what was named is there. */
      readonly refused?: readonly number[];
      /** Whose act it is where it goes well; a super administrator's otherwise. */
      readonly by?: keyof Callers;
    };

export const PUBLIC = { kind: 'public' } as const;
export const OWN = { kind: 'own' } as const;
export const OPEN = { kind: 'open' } as const;
const ANY_VERSION = { 'if-match': '*' };

export function rows(path: (side: Side) => string, by?: keyof Callers): Rule {
  const asked = (side: Side): Asked => ({ method: 'GET', path: path(side) });
  return { kind: 'rows', asked, ...(by === undefined ? {} : { by }) };
}

type Sent = {
  readonly payload?: object;
  readonly refused?: readonly number[];
  readonly by?: keyof Callers;
};

export function deed(
  method: Asked['method'],
  path: (side: Side) => string,
  sent: (side: Side) => Sent = () => ({}),
): Rule {
  const asked = (side: Side): Asked => {
    const { payload } = sent(side);
    return { method, path: path(side), headers: ANY_VERSION, ...(payload && { payload }) };
  };
  const { refused, by } = sent(NOWHERE);
  return { kind: 'deed', asked, ...(refused && { refused }), ...(by && { by }) };
}

export function elsewhere(file: string, test: string): Rule {
  return { kind: 'elsewhere', file, test };
}

export function company(method: Asked['method'], path: string, payload?: object): Rule {
  const asked = (): Asked => ({ method, path, headers: ANY_VERSION, ...(payload && { payload }) });
  return { kind: 'company', asked };
}

/** To ask a rule what does not depend on the side. */
const NOWHERE: Side = {
  name: '',
  siteId: '',
  terminalId: '',
  departmentId: '',
  managerId: '',
  personId: '',
  employeeNo: '',
  punchId: '',
  lostPunchId: '',
  caseKey: '',
  formId: '',
  delegationId: '',
  attachmentId: '',
  leaveGrantId: '',
  eventId: '',
  exportId: '',
  accountId: '',
  clientId: '',
};
