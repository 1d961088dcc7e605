import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RestClient } from '#console/api/rest-client';
import type { HubClient } from '#contracts/rest/v1/client/hub-client';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import type { Session } from '#contracts/rest/v1/session';
import type { Result } from '#domain/result';

export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly failure: HubFailure }
  | { readonly kind: 'out'; readonly reason: 'first' | 'ended' }
  | { readonly kind: 'in'; readonly session: Session };

export interface SessionActions {
  readonly onSession: (session: Session) => void;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

/** Whether somebody is signed in: asked at the start, told by sign-in, taken away by any 401. */
export function useSession(
  client: RestClient,
  api: HubClient,
): { readonly state: SessionState; readonly actions: SessionActions } {
  const [state, setState] = useState<SessionState>({ kind: 'asking' });

  const onSession = useCallback(
    (session: Session) => {
      client.takeCsrfToken(session.csrfToken);
      setState({ kind: 'in', session });
    },
    [client],
  );

  const settle = useCallback(
    (answer: Result<Session, HubFailure>) => {
      if (answer.ok) onSession(answer.value);
      else if (answer.failure.kind === 'signed-out') setState({ kind: 'out', reason: 'first' });
      else setState({ kind: 'failed', failure: answer.failure });
    },
    [onSession],
  );

  const onRetry = useCallback(() => {
    setState({ kind: 'asking' });
    void api.session().then(settle);
  }, [api, settle]);

  const signOut = useCallback(async () => {
    await api.signOut();
    setState({ kind: 'out', reason: 'first' });
  }, [api]);
  const onSignOut = useCallback(() => void signOut(), [signOut]);

  useEffect(() => {
    void api.session().then(settle);
  }, [api, settle]);
  useEffect(
    () =>
      client.onSignedOut(() =>
        setState((before) => (before.kind === 'in' ? { kind: 'out', reason: 'ended' } : before)),
      ),
    [client],
  );

  const actions = useMemo(
    () => ({ onSession, onRetry, onSignOut }),
    [onSession, onRetry, onSignOut],
  );
  return { state, actions };
}
