import type { Texts } from '#platform/config/language';
import type { TlsProblem } from '#platform/tls/tls-files';

const TEXTS: Readonly<Record<TlsProblem['reason'], Texts>> = {
  unreadable: {
    'zh-CN': '无法读取。请检查路径是否正确，以及运行服务的账户是否有读取权限',
    en: 'cannot be read; check the path, and that the account of the service may read it',
  },
  'not-a-certificate': {
    'zh-CN': '不是 PEM 格式的证书（应以 -----BEGIN CERTIFICATE----- 开头）',
    en: 'is not a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----',
  },
  'not-a-key': {
    'zh-CN': '不是可用的 PEM 私钥。带密码的私钥请先解密',
    en: 'is not a private key in PEM; one with a passphrase has to be opened first',
  },
  'key-mismatch': {
    'zh-CN': '与证书不匹配。请确认私钥与证书是同一次签发的',
    en: 'does not belong to the certificate; use the key the certificate was requested with',
  },
  expired: {
    'zh-CN': '证书已过期。请更换新证书，服务会自动加载',
    en: 'has expired; put a new certificate in its place and it is taken up by itself',
  },
  'not-yet-valid': {
    'zh-CN': '证书尚未生效。请检查本机时间，或等到生效之后',
    en: 'is not valid yet; check the clock of this machine, or wait',
  },
};

/** What is wrong with which file, and what to do. */
export function tlsProblemText({ file, reason }: TlsProblem): Texts {
  const text = TEXTS[reason];
  return { 'zh-CN': `${file}：${text['zh-CN']}。`, en: `${file}: ${text.en}.` };
}
