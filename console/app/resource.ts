import { useCallback, useEffect, useRef, useState } from 'react';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import type { Result } from '#domain/result';

/** Something the hub was asked for. A failure keeps the value read before, if there was one. */
export interface Resource<T> {
  readonly value?: T;
  /** When `value` was read. */
  readonly readAt?: Temporal.Instant;
  readonly failure?: HubFailure;
}

export type Answer<T> = Promise<Result<T, HubFailure>>;

export interface LoadedResource<T> {
  readonly resource: Resource<T>;
  readonly reload: () => void;
  /** Applies what an event told, without asking again. */
  readonly change: (next: (value: T) => T) => void;
}

/** Asks once, and again on `reload`; of answers that overtake each other the newest question wins. */
export function useResource<T>(load: () => Answer<T>): LoadedResource<T> {
  const [resource, setResource] = useState<Resource<T>>({});
  const newest = useRef(0);

  const ask = useCallback(async () => {
    newest.current += 1;
    const question = newest.current;
    const answer = await load();
    if (question !== newest.current) return;
    setResource((before) =>
      answer.ok
        ? { value: answer.value, readAt: Temporal.Now.instant() }
        : { ...before, failure: answer.failure },
    );
  }, [load]);
  const reload = useCallback(() => void ask(), [ask]);

  const change = useCallback((next: (value: T) => T) => {
    setResource((before) =>
      before.value === undefined ? before : { ...before, value: next(before.value) },
    );
  }, []);

  useEffect(() => {
    reload();
    return () => {
      newest.current += 1; // whatever is under way belongs to a page that is gone
    };
  }, [reload]);

  return { resource, reload, change };
}
