import type { z } from 'zod';
import type { Result } from '#domain/result';

/** A question with a typed answer and a closed list of ways it can fail. */
export interface Call {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly failure: z.ZodType;
}

/** Everything that crosses one pipe, declared once: calls go up, events come down. */
export interface IpcContract {
  readonly calls: Readonly<Record<string, Call>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type CallName<C extends IpcContract> = keyof C['calls'] & string;
export type EventName<C extends IpcContract> = keyof C['events'] & string;
export type CallInput<C extends IpcContract, K extends CallName<C>> = z.output<
  C['calls'][K]['input']
>;
export type CallAnswer<C extends IpcContract, K extends CallName<C>> = Result<
  z.output<C['calls'][K]['output']>,
  z.output<C['calls'][K]['failure']>
>;
export type EventBody<C extends IpcContract, K extends EventName<C>> = z.output<C['events'][K]>;

/** What the engine must implement: every call, no extras. */
export type IpcHandlers<C extends IpcContract> = {
  readonly [K in CallName<C>]: (input: CallInput<C, K>) => Promise<CallAnswer<C, K>>;
};

/** Keeps the literal types of a declaration. */
export function defineIpc<const C extends IpcContract>(contract: C): C {
  return contract;
}
