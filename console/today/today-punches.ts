import { useCallback, useMemo, useState } from 'react';
import type { LiveEvent } from '#console/api/live-feed';
import { useHub, useLive } from '#console/app/hub-context';
import { type Resource, useResource } from '#console/app/resource';
import { dateOf } from '#console/language/format';
import { mergedPunches } from '#console/today/punch-list';
import type { Punch, Punches } from '#contracts/rest/v1/punches';

/** A day of a busy site; the page says so when there is more. The hub's own limit. */
const PUNCHES_SHOWN_MAX = 1000;

export interface DayPunches {
  readonly resource: Resource<Punches>;
  readonly punches: readonly Punch[];
  /** Came in while the page was open. */
  readonly arrivedIds: ReadonlySet<string>;
  readonly reload: () => void;
}

interface Arrivals {
  readonly punches: readonly Punch[];
  readonly voidedIds: ReadonlySet<string>;
}

const none: Arrivals = { punches: [], voidedIds: new Set() };

function withEvent(before: Arrivals, event: LiveEvent): Arrivals {
  if (event.name === 'punch') return { ...before, punches: [...before.punches, event.body] };
  if (event.name !== 'voided') return before;
  return { ...before, voidedIds: new Set([...before.voidedIds, event.body.id]) };
}

/**
 * The punches of one day, kept up to date by the live feed.
 *
 * What arrives live is kept apart and merged when drawn: an event that overtakes the answer to the
 * question asked before it would otherwise be lost.
 *
 * @param date undefined: the hub's today, following it over midnight
 */
export function useDayPunches(date: string | undefined): DayPunches {
  const { api } = useHub();
  const [arrivals, setArrivals] = useState(none);
  const load = useCallback(
    () => api.listPunches({ query: { date, limit: PUNCHES_SHOWN_MAX } }),
    [api, date],
  );
  const { resource, reload } = useResource(load);
  const value = resource.value;

  useLive((event) => {
    const ofNextDay =
      date === undefined &&
      value !== undefined &&
      event.name === 'punch' &&
      isLater(event.body, value);
    setArrivals((before) => (ofNextDay ? none : withEvent(before, event)));
    if (ofNextDay) reload(); // the answer holds it, under the day that has begun
  }, reload);

  const ofDay = useMemo(() => {
    if (value === undefined) return [];
    return arrivals.punches.filter(
      (punch) => dateOf(punch.punchedAt, value.zone).toString() === value.date,
    );
  }, [arrivals, value]);

  const punches = useMemo(
    () => mergedPunches(value?.punches ?? [], ofDay, arrivals.voidedIds),
    [value, ofDay, arrivals.voidedIds],
  );
  const arrivedIds = useMemo(() => new Set(ofDay.map((punch) => punch.id)), [ofDay]);
  return { resource, punches, arrivedIds, reload };
}

function isLater(punch: Punch, shown: { readonly date: string; readonly zone: string }): boolean {
  return Temporal.PlainDate.compare(dateOf(punch.punchedAt, shown.zone), shown.date) > 0;
}
