import type { Refusal } from '#contracts/attendance/refusal';
import { DEPARTMENT_DEPTH_MAX, type PlacementFault } from '#domain/people/department-line';
import type { DepartmentCounts } from '#hub/storage/department-repository';

export const NAME_TAKEN: Refusal = {
  path: 'name',
  'zh-CN': '同一上级部门下已有同名部门，请换一个名称',
  en: 'a department of this name lies there already; choose another name',
};

export const NO_HEAD: Refusal = {
  path: 'heads',
  'zh-CN': '负责人中有人不存在或已离职，请重新选择',
  en: 'one of the heads is not there or has left; choose again',
};

export const TOO_MANY_DEPARTMENTS: Refusal = {
  path: '',
  'zh-CN': '部门数量已达上限，请先删除不再使用的部门',
  en: 'there are as many departments as there may be; remove those not used any more',
};

export const DEPARTMENT_BEYOND_REACH: Refusal = {
  path: 'parentId',
  'zh-CN': '您只能调整自己管理范围内的部门，请由上级管理员操作',
  en: 'only departments within the area you administer can be changed; ask an administrator of the wider area',
};

const PLACEMENTS: Readonly<Record<PlacementFault, Refusal>> = {
  'no-parent': {
    path: 'parentId',
    'zh-CN': '没有此上级部门，可能已被删除，请重新选择',
    en: 'there is no such department above; it may have been removed, choose again',
  },
  circle: {
    path: 'parentId',
    'zh-CN': '不能把部门移到自己或自己的下级之下',
    en: 'a department cannot lie below itself or below what lies below it',
  },
  'too-deep': {
    path: 'parentId',
    'zh-CN': `部门最多 ${DEPARTMENT_DEPTH_MAX} 级，请放到更高的部门之下`,
    en: `departments are at most ${DEPARTMENT_DEPTH_MAX} levels deep; put it below a higher one`,
  },
};

export function placementRefusal(fault: PlacementFault): Refusal {
  return PLACEMENTS[fault];
}

/** What has to be moved before a department can go. */
export function notEmpty({ people, below }: DepartmentCounts): Refusal {
  return {
    path: '',
    'zh-CN': `部门下还有 ${people} 人（含已离职）和 ${below} 个下级部门，请先把他们移到其他部门，再删除`,
    en: `there are ${people} people (those who left included) and ${below} departments in it; move them elsewhere first, then remove it`,
  };
}
