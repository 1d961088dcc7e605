import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { Texts } from '#platform/config/language';
import { NoAnswerError, NotEncryptedError } from '#platform/oidc/limited-fetch';

export type OidcFault =
  | 'unreachable'
  | 'not-encrypted'
  | 'not-a-provider'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'not-this-sign-in'
  | 'expired'
  | 'clock-differs'
  | 'bad-signature'
  | 'code-spent'
  | 'client-refused'
  | 'refused'
  | 'too-late'
  | 'claim-missing'
  | 'email-unverified'
  | 'unknown-person'
  | 'not-understood';

/** Why a sign-in through the provider ended. `detail` is for the log: no token, no name. */
export interface OidcFailure {
  readonly fault: OidcFault;
  readonly detail: string;
}

/** Codes of openid-client, which it keeps stable. */
const NOT_HTTPS = 'OAUTH_HTTP_REQUEST_FORBIDDEN';
const COMPARED = new Set([
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);
const FORM = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

const CLAIM_FAULTS: Readonly<Record<string, OidcFault>> = {
  iss: 'wrong-issuer',
  issuer: 'wrong-issuer',
  aud: 'wrong-audience',
  azp: 'wrong-audience',
  nonce: 'not-this-sign-in',
  exp: 'expired',
  nbf: 'clock-differs',
};

const GRANT_FAULTS: Readonly<Record<string, OidcFault>> = {
  invalid_grant: 'code-spent',
  invalid_client: 'client-refused',
  unauthorized_client: 'client-refused',
};

/** @throws what it was given when that is not a failure of the provider or of the network */
export function oidcFailureOf(error: unknown): OidcFailure {
  const chain = causesOf(error);
  const silent = chain.find((each) => each instanceof NoAnswerError);
  if (silent !== undefined)
    return { fault: 'unreachable', detail: detailOf([silent, silent.cause]) };
  const open = chain.find((each) => each instanceof NotEncryptedError);
  if (open !== undefined) return { fault: 'not-encrypted', detail: open.message };
  if (error instanceof AuthorizationResponseError) {
    return { fault: 'refused', detail: error.error };
  }
  if (error instanceof ResponseBodyError) {
    return { fault: GRANT_FAULTS[error.error] ?? 'refused', detail: error.error };
  }
  if (error instanceof ClientError) return { fault: faultOf(error), detail: detailOf(chain) };
  throw error;
}

function faultOf(error: ClientError): OidcFault {
  const { code = '' } = error;
  if (code === 'OAUTH_TIMEOUT') return 'unreachable';
  if (code === NOT_HTTPS) return 'not-encrypted';
  if (FORM.has(code)) return 'not-a-provider';
  if (COMPARED.has(code)) return CLAIM_FAULTS[claimOf(error)] ?? 'not-understood';
  const told = detailOf(causesOf(error));
  if (/signature|key not found|JWKS/i.test(told)) return 'bad-signature';
  if (/"state"/.test(told)) return 'not-this-sign-in';
  return /"iss"/.test(told) ? 'wrong-issuer' : 'not-understood';
}

/** The claim that did not fit, wherever in the chain of causes it is named. */
function claimOf(error: ClientError): string {
  for (const each of causesOf(error)) {
    if (typeof each !== 'object' || each === null) continue;
    if ('claim' in each) return String(each.claim);
    if ('attribute' in each) return String(each.attribute);
  }
  return '';
}

function detailOf(chain: readonly unknown[]): string {
  return chain.flatMap((each) => (each instanceof Error ? [each.message] : [])).join(': ');
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let each = error;
  while (each !== undefined && chain.length < 8 && !chain.includes(each)) {
    chain.push(each);
    each = typeof each === 'object' && each !== null && 'cause' in each ? each.cause : undefined;
  }
  return chain;
}

const TEXTS: Readonly<Record<OidcFault, Texts>> = {
  unreachable: {
    'zh-CN': '连接不上身份提供方，请稍后再试，或用密码登录',
    en: 'The identity provider does not answer; try again later, or sign in with a password',
  },
  'not-encrypted': {
    'zh-CN': '身份提供方的地址没有加密，请管理员改用 https:// 开头的地址',
    en: 'The address of the provider is not encrypted; ask an administrator to use one that begins with https://',
  },
  'not-a-provider': {
    'zh-CN': '该地址不是 OpenID Connect 身份提供方，请管理员检查颁发者地址',
    en: 'There is no OpenID Connect provider at this address; ask an administrator to check the issuer',
  },
  'wrong-issuer': {
    'zh-CN': '身份提供方自称的颁发者与设置不一致，请管理员照其原样填写颁发者地址',
    en: 'The provider calls itself another issuer than was set; ask an administrator to copy it exactly',
  },
  'wrong-audience': {
    'zh-CN': '身份令牌是发给其他应用的，请管理员检查客户端编号',
    en: 'The identity token is meant for another application; ask an administrator to check the client id',
  },
  'not-this-sign-in': {
    'zh-CN': '这次登录不是从这里发起的，请回到登录页重新开始',
    en: 'This sign-in was not started here; go back to the sign-in page and start again',
  },
  expired: {
    'zh-CN': '身份令牌送达时已过期，请重新登录；若反复出现，请管理员核对双方时钟',
    en: 'The identity token had expired when it came; sign in again, and if it happens again have both clocks checked',
  },
  'clock-differs': {
    'zh-CN': '身份提供方与本机的时钟相差过大，请管理员为两边启用时间同步',
    en: 'The clocks of the provider and of the hub differ too much; ask an administrator to synchronise both',
  },
  'bad-signature': {
    'zh-CN': '身份令牌的签名无法确认，已拒绝登录；请管理员查看服务日志',
    en: 'The signature of the identity token does not hold, so nobody was signed in; an administrator should see the log',
  },
  'code-spent': {
    'zh-CN': '登录凭证已经用过或已失效，请重新登录',
    en: 'The sign-in was used already or took too long; please start again',
  },
  'client-refused': {
    'zh-CN': '身份提供方不认可本应用，请管理员检查客户端编号与密钥',
    en: 'The provider refuses this application; ask an administrator to check the client id and secret',
  },
  refused: {
    'zh-CN': '身份提供方拒绝了登录，请重试或联系其管理员',
    en: 'The provider refused the sign-in; try again or ask whoever runs it',
  },
  'too-late': {
    'zh-CN': '登录用时过长，请重新开始',
    en: 'The sign-in took too long; please start again',
  },
  'claim-missing': {
    'zh-CN': '身份提供方没有给出用于识别员工的信息，请管理员检查其声明设置',
    en: 'The provider does not say who this is by the agreed claim; ask an administrator to check its claims',
  },
  'email-unverified': {
    'zh-CN': '身份提供方没有确认此邮箱属于您，请先在那里验证邮箱，或改用工号识别',
    en: 'The provider has not verified that this e-mail address is yours; verify it there, or have employee numbers used instead',
  },
  'unknown-person': {
    'zh-CN': '没有与此身份对应的人员，请联系管理员登记',
    en: 'Nobody here belongs to this identity; ask an administrator to add you',
  },
  'not-understood': {
    'zh-CN': '身份提供方的答复无法理解，请管理员查看服务日志',
    en: 'The answer of the provider was not understood; an administrator should see the log',
  },
};

/** What happened and what to do, for the person on the sign-in page. */
export function oidcText(fault: OidcFault): Texts {
  return TEXTS[fault];
}
