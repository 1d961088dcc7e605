import { useEffect, useState } from 'react';

/** Fine enough for "3 minutes ago", rare enough to cost nothing. */
const TICK_MS = 15_000;

/** The edge where the console meets the clock; everything below is handed the instant. */
export function useNow(): Temporal.Instant {
  const [now, setNow] = useState(() => Temporal.Now.instant());
  useEffect(() => {
    const timer = setInterval(() => setNow(Temporal.Now.instant()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
