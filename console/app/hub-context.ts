import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { LiveFeed, LiveListener, LiveState } from '#console/api/live-feed';
import type { HubClient } from '#contracts/rest/v1/client/hub-client';
import type { Session } from '#contracts/rest/v1/session';
import { assert } from '#domain/assert';

/** What every page behind the sign-in stands on. */
export interface Hub {
  readonly api: HubClient;
  readonly feed: LiveFeed;
  readonly session: Session;
}

export const HubContext = createContext<Hub | undefined>(undefined);

/** @throws InvariantError outside the signed-in part of the console */
export function useHub(): Hub {
  const hub = useContext(HubContext);
  assert(hub !== undefined, 'a page is drawn inside HubContext');
  return hub;
}

export function useLiveState(): LiveState {
  const { feed } = useHub();
  return useSyncExternalStore(feed.watch, feed.state);
}

/** Hears every live event, and `onReconnected` when some may have been missed. */
export function useLive(listener: LiveListener, onReconnected: () => void): void {
  const { feed } = useHub();
  const heard = useEffectEvent(listener);
  useEffect(() => feed.listen((event) => heard(event)), [feed]);

  const openings = useSyncExternalStore(feed.watch, feed.openings);
  const seen = useRef(openings);
  useEffect(() => {
    if (seen.current === openings) return;
    seen.current = openings;
    onReconnected();
  }, [openings, onReconnected]);
}
