import { z } from 'zod';
import { terminalConfig } from '#contracts/config/terminal-config';

/** What the Electron shell says to the engine in its utility process; `pipe` comes with one port. */
export const utilityOrder = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('start'), config: terminalConfig }),
  z.strictObject({ t: z.literal('pipe') }),
  z.strictObject({ t: z.literal('stop') }),
]);

/** What that engine says back, once. */
export const utilityReport = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ready') }),
  z.strictObject({
    t: z.literal('failed'),
    reason: z.string(),
    message: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  }),
]);
export type UtilityReport = z.output<typeof utilityReport>;
