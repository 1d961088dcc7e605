import { useMemo, useSyncExternalStore } from 'react';

/** Where in the console one is; kept in the address, so that it can be bookmarked and sent. */
export type Route =
  | { readonly page: 'today'; readonly date?: string }
  | { readonly page: 'people' }
  | { readonly page: 'terminals' };

const today = /^#\/today(?:\/(\d{4}-\d{2}-\d{2}))?$/;

export function routeOf(hash: string): Route {
  if (hash === '#/people') return { page: 'people' };
  if (hash === '#/terminals') return { page: 'terminals' };
  const date = today.exec(hash)?.[1];
  return date !== undefined && isDate(date) ? { page: 'today', date } : { page: 'today' };
}

export function addressOf(route: Route): string {
  const day = route.page === 'today' && route.date !== undefined ? `/${route.date}` : '';
  return `#/${route.page}${day}`;
}

export function go(route: Route): void {
  location.hash = addressOf(route);
}

function isDate(candidate: string): boolean {
  try {
    return Temporal.PlainDate.from(candidate).toString() === candidate;
  } catch {
    return false; // Temporal throws RangeError for 2026-02-30
  }
}

function watch(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(watch, () => location.hash);
  return useMemo(() => routeOf(hash), [hash]);
}
