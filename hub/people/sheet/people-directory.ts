import type { DepartmentPaths } from '#hub/people/sheet/department-paths';
import type { PersonRecord } from '#hub/storage/person-record';
import type { Workplace } from '#hub/storage/workplace-repository';

/** Somebody as others may name them: by number, whoever may look at the rest. */
export interface NamedPerson {
  readonly personId: string;
  readonly employeeNo: string;
  readonly managerId: string | null;
  /** Left, or erased. */
  readonly isGone: boolean;
}

/** Everything a row is held against, read once. */
export interface PeopleDirectory {
  /** By employee number in small letters. */
  readonly named: ReadonlyMap<string, NamedPerson>;
  readonly byId: ReadonlyMap<string, NamedPerson>;
  /** Of those the asker may change. */
  readonly records: ReadonlyMap<string, PersonRecord>;
  readonly departments: DepartmentPaths;
  readonly sites: readonly Workplace[];
  /** Published rules, id to name. */
  readonly rules: ReadonlyMap<string, string>;
  readonly todayAt: (siteId: string | undefined) => string;
}

/** The sites that a word may mean: one, when all is well. */
export function sitesNamed(sites: readonly Workplace[], text: string): readonly Workplace[] {
  const byId = sites.filter(({ siteId }) => siteId === text);
  if (byId.length > 0) return byId;
  const word = text.toLowerCase();
  return sites.filter(
    ({ name }) => name['zh-CN'].toLowerCase() === word || name.en.toLowerCase() === word,
  );
}

/** A site as it is written into a file: its name where only one has it. */
export function siteText(
  sites: readonly Workplace[],
  siteId: string,
  language: 'zh-CN' | 'en',
): string {
  const name = sites.find((site) => site.siteId === siteId)?.name[language] ?? '';
  return sitesNamed(sites, name).length === 1 ? name : siteId;
}

export function rulesNamed(rules: PeopleDirectory['rules'], text: string): readonly string[] {
  if (rules.has(text)) return [text];
  return [...rules].filter(([, name]) => name === text).map(([id]) => id);
}
