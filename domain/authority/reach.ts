import { type Actor, type Claim, claimsOf, selvesOf } from '#domain/authority/actor';
import { type Access, type Capability, includesAccess } from '#domain/authority/capability';
import { type DepartmentTree, withDescendants } from '#domain/authority/department-tree';
import type { Area } from '#domain/authority/grant';

/**
 * Which rows about people a query of the store may touch: the union of all that is named here, less
 * `except`. A query takes a reach or it does not compile; there is no way to ask without one.
 */
export type Reach =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'everybody'; readonly except: ReadonlySet<string> }
  | {
      readonly kind: 'some';
      /** Already with everything below them. */
      readonly departments: ReadonlySet<string>;
      readonly sites: ReadonlySet<string>;
      /** One of the departments and one of the sites, both. */
      readonly crossings: readonly Crossing[];
      readonly people: ReadonlySet<string>;
      readonly except: ReadonlySet<string>;
    };

export interface Crossing {
  readonly departments: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
}

/** Which rows about places: sites, terminals, doors. */
export type PlaceReach =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'some'; readonly sites: ReadonlySet<string> };

/** What decides whether a row about a person is within reach. */
export interface Placed {
  readonly personId: string;
  readonly departments: readonly string[];
  readonly sites: readonly string[];
}

/** Nobody changes these of themselves, whatever they may do to others. */
const NOT_OF_ONESELF: ReadonlySet<Capability> = new Set(['approvals', 'results', 'exceptions']);

/**
 * Whose rows an actor may see or change. Nobody's unless a claim says so; removing a claim never
 * adds anybody. Changing one's own requests, results and exceptions is taken out at the end.
 */
export function reachOf(
  actor: Actor,
  capability: Capability,
  access: Access,
  tree: DepartmentTree,
): Reach {
  const areas: Area[] = [];
  const named = new Set<string>();
  for (const { over } of claimsFor(actor, capability, access)) {
    if ('people' in over) over.people.forEach((id) => named.add(id));
    else areas.push(expanded(over, tree));
  }
  const isOwnBarred = access === 'change' && NOT_OF_ONESELF.has(capability);
  const except = isOwnBarred ? selvesOf(actor) : new Set<string>();
  if (areas.some(isEverywhere)) return { kind: 'everybody', except };
  for (const id of except) named.delete(id);
  return someOf(areas, named, except);
}

/**
 * Which places an actor may see or change. A grant that names departments reaches no place: a
 * terminal belongs to no department, so that condition is never met.
 */
export function placeReachOf(actor: Actor, capability: Capability, access: Access): PlaceReach {
  const areas = claimsFor(actor, capability, access)
    .flatMap(({ over }) => ('people' in over ? [] : [over]))
    .filter(({ departments }) => departments === null);
  if (areas.some(isEverywhere)) return { kind: 'everywhere' };
  const sites = new Set(areas.flatMap((area) => [...(area.sites ?? [])]));
  return sites.size === 0 ? { kind: 'nowhere' } : { kind: 'some', sites };
}

/** Whether one row about a person is within reach: what a query of the store says in SQL. */
export function reaches(reach: Reach, placed: Placed): boolean {
  if (reach.kind === 'nobody' || reach.except.has(placed.personId)) return false;
  if (reach.kind === 'everybody') return true;
  return (
    reach.people.has(placed.personId) ||
    hasAny(reach.departments, placed.departments) ||
    hasAny(reach.sites, placed.sites) ||
    reach.crossings.some(
      (both) => hasAny(both.departments, placed.departments) && hasAny(both.sites, placed.sites),
    )
  );
}

function hasAny(ids: ReadonlySet<string>, own: readonly (string | null)[]): boolean {
  return own.some((id) => id !== null && ids.has(id));
}

export function reachesPlace(reach: PlaceReach, siteId: string): boolean {
  return reach.kind === 'everywhere' || (reach.kind === 'some' && reach.sites.has(siteId));
}

/**
 * Whether everybody in an area, now and later, is within reach: what a rule for that area, or a
 * grant over it, may be made with. People reached by name alone do not count.
 */
export function coversArea(reach: Reach, area: Area): boolean {
  if (reach.kind !== 'some') return reach.kind === 'everybody';
  return choices(area.departments).every((department) =>
    choices(area.sites).every((site) => coversPair(reach, department, site)),
  );
}

/** `null` stands for everybody whatever their department, or site. */
function choices(ids: ReadonlySet<string> | null): readonly (string | null)[] {
  return ids === null ? [null] : [...ids];
}

function coversPair(
  reach: Reach & { readonly kind: 'some' },
  department: string | null,
  site: string | null,
): boolean {
  return (
    hasAny(reach.departments, [department]) ||
    hasAny(reach.sites, [site]) ||
    reach.crossings.some(
      (both) => hasAny(both.departments, [department]) && hasAny(both.sites, [site]),
    )
  );
}

function claimsFor(actor: Actor, capability: Capability, access: Access): readonly Claim[] {
  return claimsOf(actor).filter(
    (claim) => claim.capability === capability && includesAccess(claim.access, access),
  );
}

function expanded({ departments, sites }: Area, tree: DepartmentTree): Area {
  return { departments: departments === null ? null : withDescendants(tree, departments), sites };
}

function isEverywhere({ departments, sites }: Area): boolean {
  return departments === null && sites === null;
}

function someOf(
  areas: readonly Area[],
  people: ReadonlySet<string>,
  except: ReadonlySet<string>,
): Reach {
  const departments = new Set<string>();
  const sites = new Set<string>();
  const crossings: Crossing[] = [];
  for (const area of areas) {
    if (area.departments !== null && area.sites !== null) {
      const isMet = area.departments.size > 0 && area.sites.size > 0;
      if (isMet) crossings.push({ departments: area.departments, sites: area.sites });
    } else {
      area.departments?.forEach((id) => departments.add(id));
      area.sites?.forEach((id) => sites.add(id));
    }
  }
  const isNobody = departments.size + sites.size + crossings.length + people.size === 0;
  return isNobody
    ? { kind: 'nobody' }
    : { kind: 'some', departments, sites, crossings, people, except };
}
