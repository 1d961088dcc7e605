/** WeCom's numbers for what went wrong, as far as we answer them, and its words for each. */
export const ERRCODES = {
  busy: [-1, 'system busy'],
  ok: [0, 'ok'],
  badSecret: [40001, 'invalid credential: corpsecret is not that of a program, or was replaced'],
  badCorp: [40013, 'invalid corpid: give the id of an API client'],
  badToken: [40014, 'invalid access_token: ask gettoken for one'],
  badParameter: [40058, 'invalid parameter'],
  noToken: [41001, 'access_token missing: append ?access_token=...'],
  expiredToken: [42001, 'access_token expired: ask gettoken for another'],
  tooOften: [45009, 'api freq out of limit: wait a minute'],
  notJson: [47001, 'data format error: the body is not JSON'],
  forbidden: [48002, 'api forbidden for this program: it may not view results'],
  badUser: [301021, 'invalid userid: no such employee number within the reach of this program'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** Why a call was not answered with what it asked for. */
export type CallFault = keyof typeof ERRCODES;

/** What every answer begins with. */
export interface Outcome {
  readonly errcode: number;
  readonly errmsg: string;
}

export function outcomeOf(fault: CallFault, detail?: string): Outcome {
  const [errcode, words] = ERRCODES[fault];
  return { errcode, errmsg: detail === undefined ? words : `${words}: ${detail}` };
}
