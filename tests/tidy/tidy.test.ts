import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HOUSE } from '#tests/tidy/house';
import { complaintsAbout } from '#tests/tidy/rules';
import { sourceFiles } from '#tests/tidy/source-file';

/*
 * Goal: the rules of the house that no compiler or linter of ours holds are held all the same.
 * Method: every written file is parsed and put to every rule; each rule is shown to refuse a
 * violation, so that none of them can fall asleep.
 */

const ROOT = resolve(import.meta.dirname, '../..');

describe('the house', () => {
  test('is tidy', () => {
    expect(sourceFiles(ROOT).flatMap(complaintsAbout)).toEqual([]);
  });

  test('has the directions that its compiler enforces', () => {
    const project = z.object({ references: z.array(z.object({ path: z.string() })) });
    for (const { name, mayImport } of HOUSE.filter((room) => room.packages !== '*')) {
      const { references } = project.parse(
        JSON.parse(readFileSync(join(ROOT, name, 'tsconfig.json'), 'utf8')),
      );
      const rooms = references.map((reference) => reference.path.replace('../', ''));
      expect({ [name]: rooms.toSorted(byName) }).toEqual({ [name]: mayImport.toSorted(byName) });
    }
  });
});

const byName = (a: string, b: string) => a.localeCompare(b);

describe('a planted violation is refused:', () => {
  test.each([
    ['domain/a.ts', "import { z } from 'zod';", 'may not name the package zod'],
    ['contracts/a.ts', "export type { A } from 'fastify';", 'may not name the package fastify'],
    ['platform/a.ts', "import type { A } from '#hub/main';", 'does not look into hub'],
    ['terminal/a.ts', "const a = import('#hub/main');", 'does not look into hub'],
    ['terminal/a.ts', "let a: import('#hub/main').Hub;", 'does not look into hub'],
    ['electron/a.ts', "import 'react';", 'may not name the package react'],
    ['browser/a.ts', "export * as e from 'electron';", 'only electron/ says electron'],
    ['renderer/a.tsx', "import { openEngine } from '#terminal/engine';", 'look into terminal'],
    ['hub/a.ts', "import { openEngine } from '#terminal/engine';", 'look into terminal'],
    ['console/a.tsx', "require('fastify');", 'may not name the package fastify'],
    ['simulators/a.ts', "import { App } from '#console/app/app.tsx';", 'look into console'],
    ['cli/a.ts', "import 'electron';", 'only electron/ says electron'],
    ['tools/a.ts', "import 'electron';", 'only electron/ says electron'],
    ['benchmarks/a.ts', "import 'electron';", 'only electron/ says electron'],
    ['hub/people/a.ts', "import { a } from '../../terminal/engine.ts';", 'as #room/file'],
    ['hub/people/a.ts', "db.prepare('SELECT 1 FROM people');", 'SQL belongs to storage/'],
    ['hub/people/a.ts', 'db.exec(`\n  DELETE FROM people`);', 'SQL belongs to storage/'],
    ['hub/people/a.ts', 'sql`SELECT 1 FROM people`.execute(db.now);', 'SQL belongs to storage/'],
    ['hub/people/a.ts', "db.now.insertInto('people');", 'SQL belongs to storage/'],
    ['hub/people/a.ts', "import Database from 'better-sqlite3';", 'the package better-sqlite3'],
    ['terminal/a.ts', "import { Pool } from 'pg';", 'may not name the package pg'],
    ['hub/a.ts', 'export const now = new Date();', 'time is Temporal'],
    ['hub/a.ts', 'export default 1;', 'exports are named'],
    ['hub/people/index.ts', 'export const a = 1;', 'not from a barrel'],
    ['hub/people/all.ts', "export { a } from '#hub/main';", 'not from a barrel'],
    ['hub/utils/a.ts', 'export const a = 1;', 'names no noun'],
    ['hub/helpers.ts', 'export const a = 1;', 'names no noun'],
    ['hub/PeopleDesk.ts', 'export const a = 1;', 'kebab-case'],
    ['hub/a.ts', 'export const a = 1;\n'.repeat(401), '401 lines'],
    ['hub/a.ts', "const path = '../shared/data';", 'beside its own folder'],
    ['README.md', ['Written by Chat', 'GPT'].join(''), 'says'],
  ])('%s with %j', (path, text, words) => {
    expect(complaintsAbout({ path, text }).join('\n')).toContain(words);
  });

  test.each([
    ['domain/a.ts', "import { assert } from '#domain/assert';"],
    ['hub/a.ts', "import { z } from 'zod';\nimport { readFileSync } from 'node:fs';"],
    ['hub/storage/a.ts', "db.prepare('SELECT 1 FROM people');"],
    ['hub/people-repository.ts', "db.prepare('SELECT 1 FROM people');"],
    ['hub/storage/a.ts', "import { sql } from 'kysely';\ndb.now.selectFrom('people');"],
    ['hub/a.ts', "const label = 'Update the site';\nconst at = { Date: 1 }.Date;"],
    [
      'console/vite.config.ts',
      "import { defineConfig } from 'vite';\nexport default defineConfig({});",
    ],
    [
      'hub/a.test.ts',
      "import { test } from 'vitest';\nimport { a } from '#tests/hub/running-hub';",
    ],
  ])('what is allowed in %s is not', (path, text) => {
    expect(complaintsAbout({ path, text })).toEqual([]);
  });
});
