import { type TemplateDraft, templateDraft } from '#contracts/rest/v1/approval-template';
import { ATTACHMENT_BYTES_MAX } from '#domain/approvals/attachment/attachment';

const PAPERS = {
  types: ['pdf', 'jpeg', 'png', 'webp', 'heic', 'docx', 'xlsx'],
  bytesMax: ATTACHMENT_BYTES_MAX,
  countMax: 9,
};
/** Whoever somebody reports to decides; without anybody to ask, a form is refused and says so. */
const MANAGER = {
  steps: [
    {
      id: 'manager',
      name: { 'zh-CN': '直属上级', en: 'Direct manager' },
      mode: 'any',
      approvers: [{ kind: 'directManager' }],
      when: [],
    },
  ],
  fallback: { kind: 'refuse' },
  unattended: 'refuse',
};
const BASE = {
  fields: [],
  leaveTypes: [],
  attachments: PAPERS,
  attachmentsRequired: false,
  dayMinutes: 480,
  backdateDaysMax: 31, // a month's books are closed by then
  chain: MANAGER,
};

const WORKING = { unit: 'halfDay', stepMinutes: 30, counts: 'workingTime' };
const CALENDAR = { unit: 'day', stepMinutes: 30, counts: 'calendarDays' };
const NO_ACCOUNT = { allowance: null };

/** 职工带薪年休假条例: 5 days from one year of service, 10 from ten, 15 from twenty; in half-days. */
const ANNUAL = {
  per: 'year',
  tiers: [
    { fromYears: 1, amount: 10 },
    { fromYears: 10, amount: 20 },
    { fromYears: 20, amount: 30 },
  ],
  entry: 'byMonth',
  carryOver: { amountMax: 10, months: 3 },
};

const LEAVES = [
  leave('annual', ['年假', 'Annual leave'], { ...WORKING, allowance: ANNUAL }),
  leave('sick', ['病假', 'Sick leave'], { ...WORKING, ...NO_ACCOUNT, evidenceFromDays: 3 }),
  leave('personal', ['事假', 'Personal leave'], { ...WORKING, ...NO_ACCOUNT, unit: 'hour' }),
  leave('timeOff', ['调休', 'Time off in lieu'], {
    ...WORKING,
    unit: 'hour',
    allowance: { per: 'year', tiers: [], entry: 'full', carryOver: { amountMax: null, months: 3 } },
  }),
  leave('marriage', ['婚假', 'Marriage leave'], { ...CALENDAR, ...NO_ACCOUNT }),
  leave('maternity', ['产假', 'Maternity leave'], {
    ...CALENDAR,
    ...NO_ACCOUNT,
    evidenceFromDays: 0,
  }),
  leave('paternity', ['陪产假', 'Paternity leave'], { ...CALENDAR, ...NO_ACCOUNT }),
  leave('bereavement', ['丧假', 'Bereavement leave'], { ...CALENDAR, ...NO_ACCOUNT }),
];

function leave(id: string, [zh, en]: readonly [string, string], more: object): object {
  return { id, name: { 'zh-CN': zh, en }, evidenceFromDays: null, ...more };
}

const NAMES = {
  leave: { 'zh-CN': '请假', en: 'Leave' },
  trip: { 'zh-CN': '出差', en: 'Business trip' },
  outing: { 'zh-CN': '外出', en: 'Outing' },
  overtime: { 'zh-CN': '加班', en: 'Overtime' },
  makeup: { 'zh-CN': '补卡', en: 'Make-up' },
} as const;

/** What a company starts with: the five forms, each to be changed as it likes. */
export function firstTemplates(): ReadonlyMap<string, TemplateDraft> {
  const drafts = [
    { kind: 'leave', unit: 'halfDay', leaveTypes: LEAVES },
    { kind: 'trip', unit: 'halfDay' },
    { kind: 'outing', unit: 'minute' },
    { kind: 'overtime', unit: 'minute' },
    { kind: 'makeup', unit: 'minute', backdateDaysMax: null }, // the rule has a deadline of its own
  ] as const;
  return new Map(
    drafts.map((each) => [
      each.kind,
      templateDraft.parse({ ...BASE, name: NAMES[each.kind], ...each }),
    ]),
  );
}
