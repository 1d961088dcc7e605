import type { Access, Capability } from '#domain/authority/capability';

/**
 * Where a grant holds. Both conditions have to be met: of a person, one of their departments *and*
 * one of their sites. `null` is no condition, an empty set is met by nobody.
 */
export interface Area {
  /** Departments with everything below them. */
  readonly departments: ReadonlySet<string> | null;
  readonly sites: ReadonlySet<string> | null;
}

/** One capability in one area. Several grants are a union, never an intersection. */
export interface Grant {
  readonly capability: Capability;
  readonly access: Access;
  readonly area: Area;
}

export const EVERYWHERE: Area = { departments: null, sites: null };

/** Why a grant is refused before it is kept: it could never do what its author meant. */
export type GrantFault = 'reaches-nobody' | 'places-have-no-department';

/** @returns the first thing wrong with a grant, or `null` */
export function grantFault({ capability, area }: Grant): GrantFault | null {
  if (area.departments?.size === 0 || area.sites?.size === 0) return 'reaches-nobody';
  const isMisplaced = capability === 'fleet' && area.departments !== null;
  return isMisplaced ? 'places-have-no-department' : null;
}
