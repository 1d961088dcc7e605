import { z } from 'zod';
import { bilingual } from '#contracts/wire/v1/down-log';

const port = z.coerce.number().int().min(0).max(65_535);
export const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']);

/** IANA zone this runtime knows. */
export const zone = z
  .string()
  .refine(isKnownZone, 'not a time zone of this system, for example Asia/Shanghai');

function isKnownZone(candidate: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(candidate).timeZoneId.length > 0;
  } catch {
    return false; // Temporal throws RangeError for an unknown zone
  }
}

/** `10.20.0.0/16, 192.168.7.9`, as flags and variables write it; the hub says what is wrong with it. */
const networks = z.string().trim().min(1).max(1000);

/** Everything a hub can be told; each key has a flag and an environment variable of its own. */
export const hubConfig = z.strictObject({
  dataDir: z.string().min(1),
  httpHost: z.string().default('127.0.0.1'),
  httpPort: port.default(8080),
  /** PEM files of the console and the API; a renewed pair is taken up without a restart. */
  httpTlsCert: z.string().optional(),
  httpTlsKey: z.string().optional(),
  /** Reverse proxies whose `x-forwarded-*` is believed. */
  trustProxy: networks.optional(),
  /** Where browsers find the console; a provider of identities sends them back there. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  /** `/metrics` for Prometheus, on a port of its own; without it there is none. */
  metricsPort: port.optional(),
  metricsHost: z.string().default('127.0.0.1'),
  /** Beyond this machine nobody reads figures without it. */
  metricsToken: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/)
    .optional(),
  /** Networks of the house that webhooks may reach, besides the internet; plain HTTP only there. */
  outgoingNetworks: networks.optional(),
  /** The company's own OpenID Connect provider; it wants `publicUrl`, where it sends people back. */
  oidcIssuer: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  oidcClientId: z.string().min(1).max(200).optional(),
  /** Without one the client is public, and PKCE alone protects it. */
  oidcClientSecretFile: z.string().optional(),
  /** `email` is compared with addresses, any other claim with employee numbers, `sub` with nothing. */
  oidcClaim: z
    .string()
    .regex(/^[\w.:/-]{1,100}$/, 'the name of a claim, for example email or employee_number')
    .default('email'),
  oidcScopes: z
    .string()
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
      'scopes are separated by one space',
    )
    .max(500)
    .default('profile email'),
  oidcLabel: bilingual.default({
    'zh-CN': '用单位账号登录',
    en: 'Sign in with the company account',
  }),
  /** The embedded broker; beyond this machine it wants TLS files. */
  mqttHost: z.string().default('127.0.0.1'),
  mqttPort: port.default(1883),
  mqttTlsCert: z.string().optional(),
  mqttTlsKey: z.string().optional(),
  /** An own broker (Mosquitto, EMQX …) in place of the embedded one. */
  brokerUrl: z.url({ protocol: /^mqtts?$/ }).optional(),
  brokerCa: z.string().optional(),
  /** A PostgreSQL database in place of the file in the data folder; TLS by `?sslmode=verify-full`. */
  databaseUrl: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
  siteName: bilingual.default({ 'zh-CN': '总部', en: 'Head office' }),
  siteZone: zone.default(() => Temporal.Now.timeZoneId()),
  logLevel: logLevel.default('info'),
});
export type HubConfig = z.output<typeof hubConfig>;
