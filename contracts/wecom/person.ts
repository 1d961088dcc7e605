import { numberOf } from '#contracts/wecom/group-id';

/** Of a person what WeCom's answers tell. */
export interface WecomPerson {
  readonly personId: string;
  readonly employeeNo: string;
  readonly name: string;
  /** Of the department; empty without one. */
  readonly departmentName: string;
}

/** A rule group by the id that days carry. */
export interface WecomGroup {
  readonly name: string;
  readonly kind: 'fixed' | 'shift' | 'free';
}

export type WecomGroups = ReadonlyMap<string, WecomGroup>;

export interface GroupNamed {
  readonly groupid: number;
  readonly groupname: string;
}

/** @param rule null where no rule holds */
export function groupOf(rule: string | null, groups: WecomGroups): GroupNamed {
  if (rule === null) return { groupid: 0, groupname: '' };
  const name = groups.get(rule)?.name ?? '';
  return { groupid: numberOf(rule), groupname: name === '' ? rule : name };
}
