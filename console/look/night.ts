import { useEffect, useSyncExternalStore } from 'react';

const preference = '(prefers-color-scheme: dark)';

function watch(changed: () => void): () => void {
  const query = matchMedia(preference);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Whether the reader's system asks for the night palette; the document's tokens follow. */
export function useNight(): boolean {
  const night = useSyncExternalStore(watch, () => matchMedia(preference).matches);
  useEffect(() => {
    document.documentElement.dataset['theme'] = night ? 'night' : 'day';
  }, [night]);
  return night;
}
