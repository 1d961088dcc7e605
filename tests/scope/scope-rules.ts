import { AUTHORITY_RULES } from '#tests/scope/authority-rules';
import { company, deed, elsewhere, OPEN, OWN, PUBLIC, type Rule, rows } from '#tests/scope/rule';
import { DATE, type Side } from '#tests/scope/scope-shapes';

const personOf = ({ personId }: Side) => `/people/${personId}`;
const formOf = ({ formId }: Side) => `/approvals/forms/${formId}`;
const departmentOf = ({ departmentId }: Side) => `/departments/${departmentId}`;
const eventOf = ({ eventId }: Side) => `/attendance/events/${eventId}`;
const caseOf = ({ caseKey }: Side) => `/exceptions/${encodeURIComponent(caseKey)}`;
const retirementOf = ({ terminalId }: Side) => `/terminals/${terminalId}/retirement`;
const words = { name: 'new', greetingName: 'new', locale: 'en', manager: false };
const outing = { kind: 'outing', from: '2026-03-04T10:00', to: '2026-03-04T11:00' };
const content = { subject: outing, reason: 'bank', answers: {}, attachmentIds: [] };
const meeting = { name: 'meeting', from: '2026-03-03T09:00', to: '2026-03-03T10:00' };
const resolved = { kind: 'resolve', resolution: 'explained', note: 'was there' };
const period = `from=${DATE}&to=${DATE}`;
const NOBODY = '8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99';

const HERE = 'tests/scope/scope.test.ts';
const PEOPLE_TABLE = elsewhere(
  'hub/people/sheet/people-import.test.ts',
  'imports within their area, and is told of every row beyond it',
);
const DEPARTMENT_TABLE = elsewhere(
  'hub/people/sheet/department-import.test.ts',
  'a scoped administrator writes only what is theirs',
);
const FORM_TABLE = elsewhere(
  'tests/approvals/imports.test.ts',
  'never moves a form to somebody else, nor reaches whom the sender does not',
);
const OWN_SITE = elsewhere(HERE, 'is out of reach for $path from another site');
const NAMES_ALONE = {
  name: 'names',
  columns: [{ kind: 'text', field: 'name', heading: { 'zh-CN': '姓名', en: 'Name' } }],
};

/** One for every route there is. A route that is not here fails its test, until somebody has decided. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...AUTHORITY_RULES,

  listPeople: rows(() => '/people'),
  getPerson: rows(personOf),
  addPerson: deed(
    'POST',
    () => '/people',
    ({ siteId }) => ({
      payload: { employeeNo: 'new', ...words, siteIds: [siteId] },
      refused: [400],
    }),
  ),
  changePerson: deed('PATCH', personOf, () => ({ payload: { phone: '123456' } })),
  setPin: deed(
    'PUT',
    (side) => `${personOf(side)}/pin`,
    () => ({ payload: { pin: '271828' } }),
  ),
  removePin: deed('DELETE', (side) => `${personOf(side)}/pin`),
  movePeople: deed(
    'POST',
    () => '/people/moves',
    ({ personId, departmentId }) => ({
      payload: { personIds: [personId], departmentId },
    }),
  ),
  rehirePerson: deed(
    'POST',
    (side) => `${personOf(side)}/employments`,
    () => ({
      payload: { from: DATE },
    }),
  ),
  eraseFaces: deed('DELETE', (side) => `${personOf(side)}/templates`),
  removePerson: deed('DELETE', personOf),
  erasePerson: deed('POST', (side) => `${personOf(side)}/erasure`),
  listDepartments: rows(() => '/departments'),
  getDepartment: rows(departmentOf),
  addDepartment: deed(
    'POST',
    () => '/departments',
    ({ departmentId }) => ({
      payload: { name: 'new', parentId: departmentId },
      refused: [400],
    }),
  ),
  changeDepartment: deed('PATCH', departmentOf, () => ({ payload: { nameEn: 'Renamed' } })),
  removeDepartment: deed('DELETE', departmentOf),
  exportPeople: rows(() => '/people/export?format=csv&language=en'),
  peopleTemplate: OPEN,
  checkPeopleImport: PEOPLE_TABLE,
  reportPeopleImport: PEOPLE_TABLE,
  importPeople: PEOPLE_TABLE,
  exportDepartments: rows(() => '/departments/export?format=csv&language=en'),
  checkDepartmentImport: DEPARTMENT_TABLE,
  reportDepartmentImport: DEPARTMENT_TABLE,
  importDepartments: DEPARTMENT_TABLE,

  site: OPEN,
  changeSite: OWN_SITE,
  joinInstructions: OWN_SITE,
  listTerminals: rows(() => '/terminals'),
  retireTerminal: deed('POST', retirementOf, () => ({ payload: { online: 'accept' } })),
  readmitTerminal: deed('DELETE', retirementOf),

  listPunches: rows(() => `/punches?date=${DATE}`),
  listUnplaced: rows(() => '/punches/unplaced'),
  placePunch: deed(
    'POST',
    ({ lostPunchId }) => `/punches/${lostPunchId}/placement`,
    () => ({
      payload: { at: '2026-03-02T08:00:00Z', note: 'seen' },
    }),
  ),

  attendanceSchema: OPEN,
  previewAttendance: OPEN,
  listRules: OPEN,
  saveRuleDraft: OPEN,
  publishRule: company('POST', '/attendance/rules/office/publish', { effectiveFrom: DATE }),
  setCompanyDays: company('PUT', '/attendance/company-days', { days: [] }),
  setRoster: deed(
    'PUT',
    () => '/attendance/roster',
    ({ personId }) => ({
      payload: { entries: [{ personId, date: DATE, shift: null }] },
    }),
  ),
  setMember: deed(
    'PUT',
    ({ personId }) => `/attendance/members/${personId}`,
    () => ({
      payload: {},
    }),
  ),
  listDays: rows(() => `/attendance/days?${period}`),
  lockPeriod: company('POST', '/attendance/lock', { through: '2026-02-28' }),
  listMonths: rows(() => '/attendance/months?month=2026-03'),
  listEvents: rows(() => '/attendance/events'),
  event: rows(eventOf),
  eventAttendance: rows((side) => `${eventOf(side)}/attendance`),
  addEvent: deed(
    'POST',
    () => '/attendance/events',
    ({ personId }) => ({
      payload: { ...meeting, roster: [personId] },
      refused: [400],
    }),
  ),
  changeEvent: deed('PUT', eventOf, ({ personId }) => ({
    payload: { ...meeting, roster: [personId] },
  })),
  closeEvent: deed('POST', (side) => `${eventOf(side)}/close`),

  listForms: rows(() => '/approvals/forms?box=all'),
  readForm: rows(formOf),
  beginForm: deed(
    'POST',
    () => '/approvals/forms',
    ({ personId }) => ({
      payload: { templateId: 'outing', applicantId: personId, content },
    }),
  ),
  previewForm: deed(
    'POST',
    () => '/approvals/forms/preview',
    ({ personId }) => ({
      payload: { templateId: 'outing', applicantId: personId, content },
    }),
  ),
  changeForm: deed('PUT', formOf, () => ({ payload: { content } })),
  submitForm: deed(
    'POST',
    (side) => `${formOf(side)}/submission`,
    () => ({
      payload: { revision: 2 },
    }),
  ),
  commentForm: deed(
    'POST',
    (side) => `${formOf(side)}/comments`,
    () => ({
      payload: { text: 'hello' },
    }),
  ),
  transferForm: deed(
    'POST',
    (side) => `${formOf(side)}/transfer`,
    ({ managerId, personId }) => ({
      payload: { revision: 2, from: managerId, to: personId, reason: 'away' },
    }),
  ),
  decideForm: deed(
    'POST',
    (side) => `${formOf(side)}/decision`,
    () => ({
      payload: { revision: 2, decision: 'approve' },
      by: 'manager',
    }),
  ),
  withdrawForm: deed(
    'POST',
    (side) => `${formOf(side)}/withdrawal`,
    () => ({
      payload: { revision: 2 },
    }),
  ),
  revokeForm: deed(
    'POST',
    (side) => `${formOf(side)}/revocation`,
    () => ({
      payload: { revision: 2, reason: 'a slip' },
    }),
  ),
  listTemplates: OPEN,
  saveTemplateDraft: OPEN,
  publishTemplate: company('POST', '/approvals/templates/outing/publish'),
  readQuotas: rows(({ personId }) => `/approvals/quotas?personId=${personId}`),
  listGrants: rows(({ personId }) => `/approvals/grants?personId=${personId}`),
  addGrant: deed(
    'POST',
    () => '/approvals/grants',
    ({ personId }) => ({
      payload: {
        personId,
        leaveTypeId: 'annual',
        from: '2026-01-01',
        to: '2026-12-31',
        amount: 60,
        reason: 'carried over',
      },
    }),
  ),
  listDelegations: rows(() => '/approvals/delegations', 'manager'),
  addDelegation: deed(
    'POST',
    () => '/approvals/delegations',
    ({ managerId, personId }) => ({
      payload: {
        fromPersonId: managerId,
        toPersonId: personId,
        from: '2026-05-01T00:00:00Z',
        to: '2026-05-02T00:00:00Z',
        kinds: null,
      },
    }),
  ),
  revokeDelegation: deed('DELETE', ({ delegationId }) => `/approvals/delegations/${delegationId}`),
  addAttachment: OWN,
  readAttachment: rows(({ attachmentId }) => `/approvals/attachments/${attachmentId}`),
  importForms: FORM_TABLE,
  importFormSheet: FORM_TABLE,

  listExceptions: rows(() => '/exceptions'),
  groupExceptions: rows(() => '/exceptions/groups?by=person'),
  readLockWarning: OPEN,
  readException: rows(caseOf),
  handleException: deed(
    'POST',
    (side) => `${caseOf(side)}/acts`,
    () => ({ payload: resolved }),
  ),
  handleExceptions: elsewhere(
    HERE,
    'are handled as far as somebody reaches, and the others are told apart',
  ),

  listWebhooks: company('GET', '/webhooks'),
  addWebhook: company('POST', '/webhooks', {
    label: 'new',
    url: 'https://example.com/hook',
    events: ['person.changed'],
  }),
  changeWebhook: company('PATCH', `/webhooks/${NOBODY}`, { label: 'renamed' }),
  removeWebhook: company('DELETE', `/webhooks/${NOBODY}`),
  rotateWebhookSecret: company('POST', `/webhooks/${NOBODY}/secret`, {}),
  testWebhook: company('POST', `/webhooks/${NOBODY}/test`),
  listWebhookDeliveries: company('GET', `/webhooks/${NOBODY}/deliveries`),
  replayWebhook: company('POST', `/webhooks/${NOBODY}/replay`, { fromId: 1, toId: 2 }),

  payrollColumns: OPEN,
  checkFormula: OPEN,
  listPayrollTemplates: OPEN,
  addPayrollTemplate: OPEN,
  readPayrollTemplate: OPEN,
  changePayrollTemplate: OPEN,
  retirePayrollTemplate: OPEN,
  payrollTemplateVersions: OPEN,
  tryPayrollTemplate: {
    kind: 'rows',
    asked: () => ({
      method: 'POST',
      path: '/payroll/trial',
      payload: { template: NAMES_ALONE, period: { from: DATE, to: DATE } },
    }),
  },
  listPayroll: rows(() => `/payroll/rows?${period}`),
  listExports: OWN,
  requestExport: elsewhere('tests/hub/exports.test.ts', 'has only those whom the asker may see'),
  readExport: rows(({ exportId }) => `/exports/${exportId}`),
  cancelExport: deed('POST', ({ exportId }) => `/exports/${exportId}/cancellation`),
  fetchExport: OWN,
  live: elsewhere('tests/scope/live.test.ts', 'is told of one’s own half and not of the other'),
  openApi: PUBLIC,
};
