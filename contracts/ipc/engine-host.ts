import { z } from 'zod';
import { terminalConfig } from '#contracts/config/terminal-config';

/**
 * What the process that starts an engine host says to it: one JSON line on its standard input.
 *
 * Not on the command line, where every user of the machine could read the join code. The input then
 * stays open: its end means that the starter is gone, and the host stops as well.
 */
export const engineHostStart = z.strictObject({
  t: z.literal('start'),
  config: terminalConfig,
  /** The built screens to serve. */
  rendererDir: z.string().min(1),
  /** What a screen must say to reach the pipe; the same after a restart, so that screens survive it. */
  token: z.string().min(32).max(100),
});

/** What an engine host says back: JSON lines on its standard output, the first within seconds. */
export const engineHostReport = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('ready'),
    /** Opens the screen; carries the token, so it is shown to nobody but the person who started it. */
    url: z.url(),
    pipeUrl: z.url(),
    port: z.int().min(1).max(65_535),
  }),
  z.strictObject({
    t: z.literal('failed'),
    reason: z.string(),
    message: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
    /** Whether trying again without a change can help: a database from a newer version stays one. */
    again: z.boolean(),
  }),
]);
export type EngineHostReport = z.output<typeof engineHostReport>;

/** How the page learns its way to the engine: put at `window.lintelShell` before it runs. */
export const shellPipe = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('socket'), url: z.url(), token: z.string() }),
  z.strictObject({ kind: z.literal('port') }),
]);
export type ShellPipe = z.output<typeof shellPipe>;

/** The WebSocket subprotocol that carries the token; a header a page cannot set otherwise. */
export function pipeProtocol(token: string): string {
  return `lintel.${token}`;
}
