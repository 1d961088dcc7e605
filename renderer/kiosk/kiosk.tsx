import { createContext, useContext, useSyncExternalStore } from 'react';
import type { KioskModel } from '#renderer/kiosk/kiosk-model';
import type { KioskSession } from '#renderer/kiosk/kiosk-session';

export const KioskContext = createContext<KioskSession | undefined>(undefined);

/** The session every screen acts through. */
export function useSession(): KioskSession {
  const session = useContext(KioskContext);
  if (session === undefined) throw new Error('a screen was drawn outside its session');
  return session;
}

export function useModel(): KioskModel {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.model);
}

/** Zone of the site, and of nothing until the engine has said which. */
export function useZone(): string {
  return useModel().engine?.site.zone ?? 'UTC';
}
