import type { PlaceReach, Reach } from '#domain/authority/reach';
import { reachesPlace } from '#domain/authority/reach';
import type { LiveEvent } from '#hub/live/live-feed';
import type { OrganisationRepository } from '#hub/storage/organisation-repository';
import type { PunchRepository } from '#hub/storage/punch-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';

/** How far somebody who is watching may see. */
export interface WatcherReach {
  readonly results: Reach;
  readonly people: Reach;
  readonly fleet: PlaceReach;
}

export interface WatcherDeps {
  readonly organisation: OrganisationRepository;
  readonly punches: PunchRepository;
  readonly terminals: TerminalRepository;
}

/** Whether an event is for somebody's eyes: by the same conditions that their lists are made with. */
export async function mayWatch(
  event: LiveEvent,
  { results, people, fleet }: WatcherReach,
  { organisation, punches, terminals }: WatcherDeps,
): Promise<boolean> {
  switch (event.name) {
    case 'punch':
      return await isReached(event.body.personId, results, organisation);
    case 'voided': {
      if (results.kind === 'everybody') return true;
      const [logId = '', seq = ''] = event.body.id.split(':');
      const punch = await punches.get(logId, Number(seq));
      return punch !== undefined && (await isReached(punch.personId, results, organisation));
    }
    case 'terminal': {
      if (fleet.kind !== 'some') return fleet.kind === 'everywhere';
      const siteId = await terminals.siteOf(event.body.terminalId);
      return siteId !== undefined && reachesPlace(fleet, siteId);
    }
    case 'people':
      return people.kind !== 'nobody';
  }
}

async function isReached(
  personId: string,
  reach: Reach,
  organisation: OrganisationRepository,
): Promise<boolean> {
  if (reach.kind === 'everybody') return true; // also of somebody who is not in the books
  return await organisation.isWithin(personId, reach);
}
