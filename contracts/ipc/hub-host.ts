import { z } from 'zod';
import { hubConfig } from '#contracts/config/hub-config';

const bothLanguages = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

/** What `lintel start` says to the hub's process: one JSON line on its standard input, which stays open. */
export const hubHostStart = z.strictObject({
  t: z.literal('start'),
  config: hubConfig,
  /** The built console to serve. */
  consoleDir: z.string().min(1),
});

/** What that process says back, once: where the hub is, or why there is none. */
export const hubHostReport = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('ready'),
    consoleUrl: z.url(),
    /** Where terminals find the broker. */
    brokerUrl: z.url(),
    /** For the terminal that joins next. */
    joinCode: z.string(),
    /** Of the administrator `admin`, only at the very first start. */
    firstPassword: z.string().optional(),
  }),
  z.strictObject({
    t: z.literal('failed'),
    reason: z.string(),
    message: bothLanguages,
    /** Whether trying again without a change can help. */
    again: z.boolean(),
  }),
]);
export type HubHostReport = z.output<typeof hubHostReport>;
