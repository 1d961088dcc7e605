import { type Actor, selvesOf } from '#domain/authority/actor';
import { ACCESSES, type Access, CAPABILITIES, type Capability } from '#domain/authority/capability';
import type { DepartmentTree } from '#domain/authority/department-tree';
import { type Reach, reachOf } from '#domain/authority/reach';

/** How far a right goes: a page of one's own, or one with other people on it. */
export const EXTENTS = ['oneself', 'some', 'everybody'] as const;
export type Extent = (typeof EXTENTS)[number];

export interface Right {
  readonly capability: Capability;
  readonly access: Access;
  readonly extent: Extent;
}

/**
 * What an actor may do, for screens that offer only what will work. Looking and acting are told
 * apart because they may go differently far. Nothing is decided by it: queries take the reach.
 */
export function rightsOf(actor: Actor, tree: DepartmentTree): readonly Right[] {
  const selves = selvesOf(actor);
  return CAPABILITIES.flatMap((capability) =>
    ACCESSES.flatMap((access): readonly Right[] => {
      const extent = extentOf(reachOf(actor, capability, access, tree), selves);
      return extent === null ? [] : [{ capability, access, extent }];
    }),
  );
}

function extentOf(reach: Reach, selves: ReadonlySet<string>): Extent | null {
  if (reach.kind === 'nobody') return null;
  if (reach.kind === 'everybody') return 'everybody';
  const { departments, sites, crossings, people } = reach;
  const hasOthers = departments.size + sites.size + crossings.length > 0;
  return hasOthers || [...people].some((id) => !selves.has(id)) ? 'some' : 'oneself';
}
