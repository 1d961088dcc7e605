import { bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { FormSubject } from '#domain/approvals/form/form';
import type { FormEvent } from '#domain/approvals/process/form-event';
import type { FormStatus } from '#domain/approvals/process/form-state';
import type { Extent } from '#domain/attendance/approval/approval';
import { failed, ok, type Result } from '#domain/result';

/** A form another system has decided on. `source` and `foreignId` together are its identity for good. */
export interface ForeignForm {
  readonly source: string;
  readonly foreignId: string;
  readonly personId: string;
  readonly status: 'approved' | 'withdrawn';
  readonly name: string;
  readonly subject: FormSubject;
}

/** What is here already under the same identity. */
export interface KnownForeignForm {
  readonly form: ForeignForm;
  readonly status: FormStatus;
}

/** What a row does. `same`: it came before, and nothing happens. */
export type ForeignOutcome =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'new' | 'changed' | 'withdrawn';
      readonly events: readonly FormEvent[];
    };

export type ForeignFaultCode = 'foreignPerson' | 'foreignEnded' | 'foreignTwice';

/** Takes a row in: once is enough, twice is harmless, a change is recorded field by field. */
export function takeForeign(
  incoming: ForeignForm,
  known: KnownForeignForm | null,
  act: { readonly by: string; readonly at: number },
): Result<ForeignOutcome, Fault<ForeignFaultCode>> {
  const { source, foreignId, personId } = incoming;
  const revoked: FormEvent = { kind: 'revoked', ...act, reason: source };
  if (known === null) {
    const imported: FormEvent = {
      kind: 'imported',
      ...act,
      applicantId: personId,
      source,
      foreignId,
    };
    const events = incoming.status === 'approved' ? [imported] : [imported, revoked];
    return ok({ kind: 'new', events });
  }
  if (known.form.personId !== personId) return failed(OTHER_PERSON);
  const fields = changedFields(known.form, incoming);
  const ended = known.status !== 'approved';
  if (fields.length === 0 && known.form.status === incoming.status) return ok({ kind: 'same' });
  if (ended && incoming.status === 'approved') return failed(ENDED);
  if (ended) return ok({ kind: 'same' });
  const amended: readonly FormEvent[] =
    fields.length > 0 ? [{ kind: 'amended', ...act, fields }] : [];
  return incoming.status === 'withdrawn'
    ? ok({ kind: 'withdrawn', events: [...amended, revoked] })
    : ok({ kind: 'changed', events: amended });
}

/** Rows of one delivery that give one identity two contents; neither can be believed. */
export function contradictions(
  forms: readonly ForeignForm[],
): ReadonlyMap<number, Fault<ForeignFaultCode>> {
  const first = new Map<string, number>();
  const faults = new Map<number, Fault<ForeignFaultCode>>();
  for (const [index, form] of forms.entries()) {
    const identity = JSON.stringify([form.source, form.foreignId]);
    const before = first.get(identity);
    const other = before === undefined ? undefined : forms[before];
    if (before === undefined || other === undefined) first.set(identity, index);
    else if (!isSame(other, form)) {
      faults.set(before, TWICE);
      faults.set(index, TWICE);
    }
  }
  return faults;
}

function isSame(a: ForeignForm, b: ForeignForm): boolean {
  return a.personId === b.personId && a.status === b.status && changedFields(a, b).length === 0;
}

/** The names of what differs, for the record. */
function changedFields(before: ForeignForm, now: ForeignForm): readonly string[] {
  const [was, is] = [figuresOf(before), figuresOf(now)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].filter((name) => was.get(name) !== is.get(name));
}

type Figures = ReadonlyMap<string, string | number | null>;

function figuresOf({ name, subject }: ForeignForm): Figures {
  return new Map([['name', name], ['kind', subject.kind], ...subjectFigures(subject)]);
}

type Figure = readonly [string, string | number | null];

function subjectFigures(subject: FormSubject): readonly Figure[] {
  switch (subject.kind) {
    case 'leave':
      return [['leaveType', subject.leaveTypeId], ...extentFigures(subject.extent)];
    case 'trip':
    case 'outing':
      return extentFigures(subject.extent);
    case 'overtime':
      return [['compensation', subject.compensation], ...extentFigures(subject.extent)];
    case 'makeup':
      return [
        ['date', subject.date],
        ['duty', subject.duty],
        ['section', subject.section],
        ['at', subject.at],
        ['reason', subject.reason],
      ];
  }
}

function extentFigures(extent: Extent): readonly Figure[] {
  const span: readonly Figure[] = [
    ['from', extent.from],
    ['to', extent.to],
    ['unit', extent.unit],
  ];
  if (extent.unit === 'time') return span;
  return [...span, ['fromHalf', extent.starts], ['toHalf', extent.ends]];
}

const OTHER_PERSON = fault(
  'foreignPerson',
  'employeeNo',
  bilingual(
    '同一单号此前属于另一位员工；请在来源系统核对，或换一个单号',
    'this id belonged to somebody else before; check it in the other system, or use another id',
  ),
);

const ENDED = fault(
  'foreignEnded',
  'foreignId',
  bilingual(
    '这张单已被撤销，不能重新生效；请用新的单号再次导入',
    'this form was taken back and stays so; import it again under a new id',
  ),
);

const TWICE = fault(
  'foreignTwice',
  'foreignId',
  bilingual(
    '同一批数据里这个单号出现两次且内容不同；请只保留正确的一行',
    'this id comes twice with different content; keep the right line only',
  ),
);
