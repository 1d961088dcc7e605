import type { ImportColumn } from '#hub/people/sheet/heading';

export type PersonField =
  | 'employeeNo'
  | 'name'
  | 'greetingName'
  | 'locale'
  | 'department'
  | 'homeSite'
  | 'sites'
  | 'managerNo'
  | 'rule'
  | 'tags'
  | 'email'
  | 'phone'
  | 'employedFrom'
  | 'employedTo'
  | 'enroller';

/** Of each person a row; the first column says who is meant. */
export const PEOPLE_COLUMNS: readonly ImportColumn<PersonField>[] = [
  {
    field: 'employeeNo',
    'zh-CN': '工号',
    en: 'Employee no.',
    aliases: ['员工编号', '员工号', '员工工号', '职工号', '编号', 'Employee number', 'Employee ID'],
    kind: 'text',
    width: 14,
    note: {
      'zh-CN': '必填。字母、数字和下划线，1 到 20 位；按工号判断是新增还是修改',
      en: 'Required. Letters, digits and _, 1 to 20; it decides whether somebody is new or changed',
    },
  },
  {
    field: 'name',
    'zh-CN': '姓名',
    en: 'Name',
    aliases: ['员工姓名', '名字', 'Full name'],
    kind: 'text',
    width: 16,
    note: { 'zh-CN': '新增人员必填', en: 'Required of somebody new' },
  },
  {
    field: 'greetingName',
    'zh-CN': '称呼',
    en: 'Greeting name',
    aliases: ['昵称', '问候称呼', 'Preferred name', 'Nickname'],
    kind: 'text',
    width: 14,
    note: {
      'zh-CN': '终端问候时使用，不显示全名；留空则取名字部分',
      en: 'What the terminal says; left empty, the given name is taken',
    },
  },
  {
    field: 'locale',
    'zh-CN': '语言',
    en: 'Language',
    aliases: ['界面语言', 'Locale'],
    kind: 'text',
    width: 10,
    note: { 'zh-CN': '中文 或 英文；留空为中文', en: 'Chinese or English; Chinese when empty' },
  },
  {
    field: 'department',
    'zh-CN': '部门',
    en: 'Department',
    aliases: ['所属部门', '部门名称', '部门路径', '所在部门', 'Department path'],
    kind: 'text',
    width: 28,
    note: {
      'zh-CN': '从最上级写起，用 / 分隔，如 总部/研发部/平台组；名称唯一时可只写最后一级',
      en: 'From the top, joined by /, such as Head office/R&D/Platform; a name that is unique suffices',
    },
  },
  {
    field: 'homeSite',
    'zh-CN': '常驻地点',
    en: 'Home site',
    aliases: ['办公地点', '工作地点', '地点', 'Site', 'Office'],
    kind: 'text',
    width: 18,
    note: {
      'zh-CN': '地点名称；此人的日期按该地点的时区计算',
      en: 'Name of a site; its clock decides about the dates of this person',
    },
  },
  {
    field: 'sites',
    'zh-CN': '可打卡地点',
    en: 'Sites',
    aliases: ['打卡地点', 'Other sites'],
    kind: 'text',
    width: 24,
    note: {
      'zh-CN': '多个用分号分隔；常驻地点自动包含',
      en: 'Joined by semicolons; the home site is among them by itself',
    },
  },
  {
    field: 'managerNo',
    'zh-CN': '直属上级工号',
    en: 'Manager no.',
    aliases: ['直属上级', '上级工号', '直接上级', '直接上级工号', 'Manager', 'Reports to'],
    kind: 'text',
    width: 14,
    note: {
      'zh-CN': '上级的工号，可以是同一文件中的新人；留空由部门负责人审批',
      en: 'Their employee number, of somebody known or in this file; heads of the department when empty',
    },
  },
  {
    field: 'rule',
    'zh-CN': '考勤规则',
    en: 'Rule',
    aliases: ['规则', '考勤组', 'Rule group'],
    kind: 'text',
    width: 16,
    note: {
      'zh-CN': '已发布规则的编号或名称；留空按规则自身的适用范围',
      en: 'Id or name of a published rule; when empty the ranges of the rules decide',
    },
  },
  {
    field: 'tags',
    'zh-CN': '标签',
    en: 'Tags',
    aliases: ['Tag'],
    kind: 'text',
    width: 18,
    note: { 'zh-CN': '多个用分号分隔', en: 'Joined by semicolons' },
  },
  {
    field: 'email',
    'zh-CN': '邮箱',
    en: 'E-mail',
    aliases: ['电子邮箱', '电子邮件', '邮件', 'Email', 'Mail'],
    kind: 'text',
    width: 26,
    note: { 'zh-CN': '选填', en: 'Optional' },
    privacy: 'masked',
  },
  {
    field: 'phone',
    'zh-CN': '手机',
    en: 'Phone',
    aliases: ['手机号', '手机号码', '电话', '联系电话', 'Mobile', 'Telephone'],
    kind: 'text',
    width: 18,
    note: { 'zh-CN': '选填', en: 'Optional' },
    privacy: 'masked',
  },
  {
    field: 'employedFrom',
    'zh-CN': '入职日期',
    en: 'First day',
    aliases: ['入职时间', '入职日', 'Hire date', 'Start date'],
    kind: 'date',
    width: 12,
    note: {
      'zh-CN': '如 2026-03-01；此前不计缺勤。离职后再次入职，填新的入职日期',
      en: 'Such as 2026-03-01; nobody is absent before. Of somebody who left, a later one takes them on again',
    },
  },
  {
    field: 'employedTo',
    'zh-CN': '最后工作日',
    en: 'Last day',
    aliases: ['离职日期', '离职时间', '离职日', 'Leave date', 'End date'],
    kind: 'date',
    width: 12,
    note: {
      'zh-CN': '当天仍计考勤；结束后终端删除此人',
      en: 'Still worked; when it is over the terminals forget the person',
    },
  },
  {
    field: 'enroller',
    'zh-CN': '可录入人脸',
    en: 'May enrol',
    aliases: ['现场管理员', '设备管理员', 'Site manager'],
    kind: 'text',
    width: 12,
    note: {
      'zh-CN': '是 或 否；能否在终端上打开录入向导',
      en: 'Yes or no; whether they may open the enrolment wizard at a terminal',
    },
  },
];
