// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { departmentRoutes } from '#contracts/rest/v1/departments';

export function departmentsClient(call: Call) {
  return {
    /** Departments that hold somebody the asker may see, and those above them. */
    listDepartments: call(departmentRoutes.listDepartments),
    /** One department. */
    getDepartment: call(departmentRoutes.getDepartment),
    /** Makes a department. */
    addDepartment: call(departmentRoutes.addDepartment),
    /** Changes what is named; a new parent moves it with everything below. */
    changeDepartment: call(departmentRoutes.changeDepartment),
    /** Removes a department that nobody is in and nothing lies below. */
    removeDepartment: call(departmentRoutes.removeDepartment),
  };
}
