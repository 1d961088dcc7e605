import { listText } from '#hub/people/sheet/cell-text';
import type { PersonField } from '#hub/people/sheet/people-columns';
import { type PeopleDirectory, siteText } from '#hub/people/sheet/people-directory';
import type { PersonRecord } from '#hub/storage/person-record';

export type PersonWords = Readonly<Record<PersonField, string>>;

const YES_NO = { 'zh-CN': ['是', '否'], en: ['yes', 'no'] } as const;
const LOCALES = {
  'zh-CN': { 'zh-CN': '中文', en: '英文' },
  en: { 'zh-CN': 'Chinese', en: 'English' },
} as const;

/** A person as a row of a file. What is exported, and what two records differ in, are read from here. */
export function wordsOf(
  record: PersonRecord,
  directory: Pick<PeopleDirectory, 'byId' | 'departments' | 'sites'>,
  language: 'zh-CN' | 'en',
): PersonWords {
  const { siteIds, career, managerId } = record;
  const [home, ...others] = siteIds;
  const named = (siteId: string) => siteText(directory.sites, siteId, language);
  const [yes, no] = YES_NO[language];
  return {
    employeeNo: record.employeeNo,
    name: record.name,
    greetingName: record.greetingName,
    locale: LOCALES[language][record.locale],
    department: directory.departments.pathOf(record.departmentId),
    homeSite: home === undefined ? '' : named(home),
    sites: listText([...(home === undefined ? [] : [home]), ...others.toSorted()].map(named)),
    managerNo: managerId === null ? '' : (directory.byId.get(managerId)?.employeeNo ?? ''),
    rule: record.rule ?? '',
    tags: listText(record.tags),
    email: record.email ?? '',
    phone: record.phone ?? '',
    employedFrom: career.current.from ?? '',
    employedTo: career.current.to ?? '',
    enroller: record.manager ? yes : no,
  };
}
