import type { SqlEngine } from '#platform/sql/sql-engine';
import type { SqlMigration, SqlWords } from '#platform/sql/sql-migration';

/** Departments, several sites, and what is known of people beyond their name. */
export const peopleTables: SqlMigration = {
  version: 4,
  name: '0004-people',
  statements: (words) => [
    ...placesNamed(words),
    ...departments(words),
    ...peopleKnown(words),
    ...peopleKept(words),
    ...membersMoved(words.engine),
  ],
};

function placesNamed({ integer, real }: SqlWords): readonly string[] {
  return [
    `ALTER TABLE site RENAME TO sites`,
    `ALTER TABLE sites ADD COLUMN latitude ${real}`,
    `ALTER TABLE sites ADD COLUMN longitude ${real}`,
    `ALTER TABLE sites ADD COLUMN radius_meters ${integer} NOT NULL DEFAULT 300`,
    // JSON: [{ ssid, bssid }]
    `ALTER TABLE sites ADD COLUMN networks TEXT NOT NULL DEFAULT '[]'`,
    `ALTER TABLE sites ADD COLUMN address TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE sites ADD COLUMN closed_at_ms ${integer}`,
    `ALTER TABLE sites ADD COLUMN created_at_ms ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE sites ADD COLUMN version ${integer} NOT NULL DEFAULT 1`,
  ];
}

function departments({ integer, strict, keyed }: SqlWords): readonly string[] {
  return [
    // A tree: NULL is the top. The hub keeps it free of circles.
    `CREATE TABLE departments (
      department_id TEXT PRIMARY KEY,
      parent_id     TEXT REFERENCES departments,
      name          TEXT NOT NULL,
      name_en       TEXT,
      position      ${integer} NOT NULL DEFAULT 0,
      version       ${integer} NOT NULL DEFAULT 1
    ) ${strict}`,
    `CREATE INDEX departments_by_parent ON departments (parent_id)`,
    // Beside one another no two have the same name: a path of names means one department.
    `CREATE UNIQUE INDEX departments_by_name ON departments (coalesce(parent_id, ''), name)`,
    `CREATE TABLE department_heads (
      department_id TEXT NOT NULL REFERENCES departments,
      person_id     TEXT NOT NULL REFERENCES people,
      position      ${integer} NOT NULL,
      PRIMARY KEY (department_id, person_id)
    ) ${keyed}`,
    `CREATE INDEX department_heads_by_person ON department_heads (person_id)`,
  ];
}

function peopleKnown({ integer }: SqlWords): readonly string[] {
  return [
    `ALTER TABLE people ADD COLUMN department_id TEXT REFERENCES departments`,
    `ALTER TABLE people ADD COLUMN manager_id TEXT REFERENCES people`,
    `ALTER TABLE people ADD COLUMN email TEXT`,
    `ALTER TABLE people ADD COLUMN phone TEXT`,
    // Names a rule group outright; NULL: the groups' own ranges decide.
    `ALTER TABLE people ADD COLUMN rule_id TEXT`,
    // Dates, both inclusive; NULL: since ever, until further notice.
    `ALTER TABLE people ADD COLUMN employed_from TEXT`,
    `ALTER TABLE people ADD COLUMN employed_to TEXT`,
    // When the last day was over and the terminals were told to forget.
    `ALTER TABLE people ADD COLUMN left_at_ms ${integer}`,
    `ALTER TABLE people ADD COLUMN erased_at_ms ${integer}`,
    `ALTER TABLE people ADD COLUMN version ${integer} NOT NULL DEFAULT 1`,
    `CREATE INDEX people_by_department ON people (department_id)`,
    `CREATE INDEX people_by_manager ON people (manager_id)`,
    `CREATE INDEX people_leaving ON people (employed_to)
     WHERE employed_to IS NOT NULL AND left_at_ms IS NULL`,
  ];
}

/** What there may be several of, for one person. */
function peopleKept({ integer, keyed }: SqlWords): readonly string[] {
  return [
    // Employments before the present one, for those who came back.
    `CREATE TABLE past_employments (
      person_id     TEXT NOT NULL REFERENCES people,
      employed_to   TEXT NOT NULL,
      employed_from TEXT,
      PRIMARY KEY (person_id, employed_to)
    ) ${keyed}`,
    `CREATE TABLE person_tags (
      person_id TEXT NOT NULL REFERENCES people,
      tag       TEXT NOT NULL,
      PRIMARY KEY (person_id, tag)
    ) ${keyed}`,
    `CREATE INDEX person_tags_by_tag ON person_tags (tag, person_id)`,
    // Where somebody may punch; at one of them they are at home, and its clock is theirs.
    `CREATE TABLE person_sites (
      person_id TEXT NOT NULL REFERENCES people,
      site_id   TEXT NOT NULL REFERENCES sites,
      home      ${integer} NOT NULL CHECK (home IN (0, 1)),
      PRIMARY KEY (person_id, site_id)
    ) ${keyed}`,
    `CREATE INDEX person_sites_by_site ON person_sites (site_id, person_id)`,
    `CREATE UNIQUE INDEX person_sites_home ON person_sites (person_id) WHERE home = 1`,
    `INSERT INTO person_sites (person_id, site_id, home)
     SELECT person_id, site_id, 1 FROM people CROSS JOIN sites`,
  ];
}

/** Group, tags, departments and dates were in the JSON of `attendance_members`; now they are here alone. */
function membersMoved(engine: SqlEngine): readonly string[] {
  const { field, list, without } = engine === 'sqlite' ? inSqlite : inPostgres;
  const own = (name: string) =>
    `(SELECT ${field(name)} FROM attendance_members m WHERE m.person_id = people.person_id)`;
  const lines = `(SELECT owner, value AS id, place FROM ${list('departments')} listed)`;
  return [
    `UPDATE people SET rule_id = ${own('rule')}, employed_from = ${own('activeFrom')},
       employed_to = ${own('activeTo')}`,
    `INSERT INTO person_tags (person_id, tag)
     SELECT DISTINCT owner, value FROM ${list('tags')} tagged`,
    // They had no names but their ids, and lay above one another as each list said, nearest first.
    `INSERT INTO departments (department_id, name)
     SELECT DISTINCT id, id FROM ${lines} named`,
    `UPDATE people SET department_id =
       (SELECT id FROM ${lines} own WHERE own.owner = people.person_id AND own.place = 0)`,
    `UPDATE departments SET parent_id = (
       SELECT min(above.id) FROM ${lines} below JOIN ${lines} above
         ON above.owner = below.owner AND above.place = below.place + 1
       WHERE below.id = departments.department_id)`,
    // Two lists may have disagreed about which lies above.
    `UPDATE departments SET parent_id = NULL WHERE department_id IN (
       WITH RECURSIVE line (id, above) AS (
         SELECT department_id, parent_id FROM departments WHERE parent_id IS NOT NULL
         UNION
         SELECT line.id, d.parent_id FROM line JOIN departments d ON d.department_id = line.above
         WHERE d.parent_id IS NOT NULL)
       SELECT id FROM line WHERE id = above)`,
    `UPDATE attendance_members SET body = ${without(['rule', 'tags', 'departments', 'activeFrom', 'activeTo'])}`,
  ];
}

const inSqlite = {
  field: (name: string) => `json_extract(m.body, '$.${name}')`,
  list: (name: string) =>
    `(SELECT i.person_id AS owner, e.value, e.key AS place
      FROM attendance_members i, json_each(i.body, '$.${name}') e)`,
  without: (names: readonly string[]) =>
    `json_remove(body, ${names.map((name) => `'$.${name}'`).join(', ')})`,
};

const inPostgres = {
  field: (name: string) => `m.body::jsonb ->> '${name}'`,
  list: (name: string) =>
    `(SELECT i.person_id AS owner, e.value, e.ordinality - 1 AS place
      FROM attendance_members i,
        jsonb_array_elements_text(coalesce(i.body::jsonb -> '${name}', '[]'::jsonb))
          WITH ORDINALITY e)`,
  without: (names: readonly string[]) =>
    `(body::jsonb${names.map((name) => ` - '${name}'`).join('')})::text`,
};
