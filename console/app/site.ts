import { createContext, useContext } from 'react';
import type { Resource } from '#console/app/resource';
import type { Versioned } from '#contracts/rest/v1/client/given';
import type { Site } from '#contracts/rest/v1/terminals';
import { assert } from '#domain/assert';

export interface SiteResource extends Resource<Site> {
  readonly reload: () => void;
  /** Of the value: what a change of it is made from. */
  readonly version?: string;
  readonly onChanged: (site: Versioned<Site>) => void;
}

export const SiteContext = createContext<SiteResource | undefined>(undefined);

/** The site this hub serves. @throws InvariantError outside the signed-in part of the console */
export function useSite(): SiteResource {
  const site = useContext(SiteContext);
  assert(site !== undefined, 'the site is read inside SiteContext');
  return site;
}
