import type { SqlMigration } from '#platform/sql/sql-migration';

/** Departments, several sites, and what is known of people beyond their name. */
export const peopleTables: SqlMigration = {
  version: 4,
  name: '0004-people',
  statements: ({ integer, real, strict, keyed }) => [
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
    // A tree: NULL is the top. The hub keeps it free of circles.
    `CREATE TABLE departments (
      department_id TEXT PRIMARY KEY,
      parent_id     TEXT REFERENCES departments,
      name          TEXT NOT NULL,
      position      ${integer} NOT NULL DEFAULT 0,
      head_id       TEXT REFERENCES people,
      version       ${integer} NOT NULL DEFAULT 1
    ) ${strict}`,
    `CREATE INDEX departments_by_parent ON departments (parent_id)`,
    `ALTER TABLE people ADD COLUMN department_id TEXT REFERENCES departments`,
    `ALTER TABLE people ADD COLUMN manager_id TEXT REFERENCES people`,
    `ALTER TABLE people ADD COLUMN email TEXT`,
    `ALTER TABLE people ADD COLUMN phone TEXT`,
    // Dates, both inclusive; NULL: since ever, until further notice.
    `ALTER TABLE people ADD COLUMN employed_from TEXT`,
    `ALTER TABLE people ADD COLUMN employed_to TEXT`,
    `ALTER TABLE people ADD COLUMN erased_at_ms ${integer}`,
    `ALTER TABLE people ADD COLUMN version ${integer} NOT NULL DEFAULT 1`,
    `CREATE INDEX people_by_department ON people (department_id)`,
    `CREATE INDEX people_by_manager ON people (manager_id)`,
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
  ],
};
