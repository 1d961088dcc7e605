import type { Locale } from '#contracts/wire/v1/ids';
import { type PhotographNo, SITTERS, type Sitter } from '#simulators/camera/photographs';

/** How far a head has to turn, from how it was photographed, to look straight into the camera. */
export interface Straight {
  readonly yaw: number;
  readonly pitch: number;
}

/** Somebody who is enrolled before the day begins. All names are invented. */
export interface StaffMember {
  readonly person: string;
  readonly employeeNo: string;
  readonly name: string;
  readonly greetingName: string;
  readonly locale: Locale;
  /** The photograph this person is enrolled from; they may be in another one too. */
  readonly photograph: PhotographNo;
  readonly straight: Straight;
}

type Line = readonly [
  person: string,
  photograph: PhotographNo,
  straight: readonly [yaw: number, pitch: number],
  name: string,
  greetingName: string,
  locale: Locale,
];

const LINES: readonly Line[] = [
  ['p01', 1, [20, 10], '许安', '小安', 'zh-CN'],
  ['p03', 3, [8, 10], 'Rhea Lindqvist', 'Rhea', 'en'],
  ['p07', 3, [14, 0], 'Mila Novak', 'Mila', 'en'],
  ['p08', 3, [-16, 18], 'Ines Duarte', 'Ines', 'en'],
  ['p12', 5, [-6, 0], '黎冬梅', '冬梅', 'zh-CN'],
  ['p14', 5, [-16, -4], '方晴', '小晴', 'zh-CN'],
  ['p16', 5, [16, 14], 'Lucia Romano', 'Lucia', 'en'],
  ['p17', 6, [-14, 18], '陈默', '阿默', 'zh-CN'],
  ['p18', 6, [14, 10], 'Noor Haddad', 'Noor', 'en'],
  ['p20', 6, [12, 14], 'Clara Weiss', 'Clara', 'en'],
];

const FIRST_EMPLOYEE_NO = 1001;

/** Ten of the twenty people work here. */
export const STAFF: readonly StaffMember[] = LINES.map(
  ([person, photograph, [yaw, pitch], name, greetingName, locale], index) => ({
    person,
    employeeNo: String(FIRST_EMPLOYEE_NO + index),
    name,
    greetingName,
    locale,
    photograph,
    straight: { yaw, pitch },
  }),
);

/** The other ten are never enrolled: they are seen, and must not be greeted. */
export const STRANGERS: readonly string[] = [
  ...new Set(SITTERS.map((sitter) => sitter.person)),
].filter((person) => !STAFF.some((member) => member.person === person));

/** @throws Error for somebody who is not in that photograph */
export function sitterOf({ person, photograph }: StaffMember): Sitter {
  const found = SITTERS.find((one) => one.person === person && one.photograph === photograph);
  if (found === undefined) throw new Error(`${person} is not in photograph ${photograph}`);
  return found;
}
