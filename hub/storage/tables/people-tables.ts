import type { Generated } from 'kysely';

interface DepartmentsTable {
  readonly department_id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly name_en: string | null;
  readonly position: Generated<number>;
  readonly version: Generated<number>;
}

interface DepartmentHeadsTable {
  readonly department_id: string;
  readonly person_id: string;
  readonly position: number;
}

interface PersonSitesTable {
  readonly person_id: string;
  readonly site_id: string;
  readonly home: number;
}

interface PersonTagsTable {
  readonly person_id: string;
  readonly tag: string;
}

interface PastEmploymentsTable {
  readonly person_id: string;
  readonly employed_to: string;
  readonly employed_from: string | null;
}

interface PeopleTable {
  readonly person_id: string;
  readonly employee_no: string;
  readonly name: string;
  readonly greeting_name: string;
  readonly locale: string;
  readonly manager: number;
  readonly pin_verifier: string | null;
  readonly created_at_ms: number;
  readonly department_id: string | null;
  readonly manager_id: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly rule_id: string | null;
  readonly employed_from: string | null;
  readonly employed_to: string | null;
  readonly left_at_ms: number | null;
  readonly erased_at_ms: number | null;
  readonly version: Generated<number>;
}

/** People, where they belong, and since when. */
export interface PeopleTables {
  readonly departments: DepartmentsTable;
  readonly department_heads: DepartmentHeadsTable;
  readonly person_sites: PersonSitesTable;
  readonly person_tags: PersonTagsTable;
  readonly past_employments: PastEmploymentsTable;
  readonly people: PeopleTable;
}
