export type ReportingFault = 'oneself' | 'circle';

/** Who reports directly to whom; nobody in particular is `null`, as is who is not known. */
export type ManagerOf = (personId: string) => string | null;

/** Why somebody cannot report to somebody, or `null`: approvals would never leave the circle. */
export function reportingFault(
  managerOf: ManagerOf,
  { personId, managerId }: { readonly personId: string; readonly managerId: string },
): ReportingFault | null {
  if (personId === managerId) return 'oneself';
  const seen = new Set<string>([managerId]);
  let next = managerOf(managerId);
  while (next !== null && !seen.has(next)) {
    if (next === personId) return 'circle';
    seen.add(next);
    next = managerOf(next);
  }
  return null;
}
