import { departmentRoutes } from '#contracts/rest/v1/departments';
import { accepted } from '#hub/api/person-refusal';
import type { RouteBook } from '#hub/api/route-book';
import type { DepartmentDesk } from '#hub/people/department-desk';

export interface DepartmentRoutesDeps {
  readonly departmentDesk: DepartmentDesk;
}

export function serveDepartments(book: RouteBook, { departmentDesk }: DepartmentRoutesDeps): void {
  book.serve(departmentRoutes, {
    listDepartments: async ({ reach }) => ({
      body: { departments: [...(await departmentDesk.list(reach))] },
    }),
    getDepartment: async ({ params, reach, refuse }) => {
      const body = await departmentDesk.get(params.departmentId, reach);
      if (body === undefined) throw refuse('absent');
      return { body, version: body.version };
    },
    addDepartment: async ({ body, reach }) => ({
      body: accepted(await departmentDesk.add(body, reach)),
    }),
    changeDepartment: async ({ params, body: change, isExpected, reach }) => {
      const changed = await departmentDesk.change(
        params.departmentId,
        { change, isSeen: isExpected },
        reach,
      );
      const body = accepted(changed);
      return { body, version: body.version };
    },
    removeDepartment: async ({ params, reach }) => {
      accepted(await departmentDesk.remove(params.departmentId, reach));
      return {};
    },
  });
}
