import type { Locale } from '#contracts/wire/v1/ids';
import { type PhotographNo, SITTERS, type Sitter } from '#simulators/camera/photographs';

/** How far a head turns from how it was photographed; see `HeadTurn`. */
export interface Turn {
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
  readonly straight: Turn;
  /** To look some twenty degrees to that side; to the other side it is the mirror image. */
  readonly aside: Turn & { readonly to: 'left' | 'right' };
  /** How much brighter than photographed the light at the enrolment mark is. */
  readonly light: number;
}

type Angles = readonly [yaw: number, pitch: number];
type Line = readonly [
  person: string,
  photograph: PhotographNo,
  straight: Angles,
  aside: readonly ['left' | 'right', ...Angles],
  names: readonly [name: string, greetingName: string, Locale],
  light?: number,
];

/** Nobody looked straight into the camera that evening: the angles were found by measuring. */
const LINES: readonly Line[] = [
  ['p01', 1, [22, 18], ['right', 10, 10], ['许安', '小安', 'zh-CN']],
  ['p03', 3, [16, 10], ['right', 5, 10], ['Rhea Lindqvist', 'Rhea', 'en']],
  ['p07', 3, [22, 4], ['right', -5, -2], ['Mila Novak', 'Mila', 'en']],
  ['p08', 3, [-16, 16], ['left', 0, 16], ['Ines Duarte', 'Ines', 'en']],
  ['p12', 5, [-5, 4], ['left', 10, 10], ['黎冬梅', '冬梅', 'zh-CN'], 1.4],
  ['p14', 5, [-22, 16], ['left', 0, -2], ['方晴', '小晴', 'zh-CN']],
  ['p16', 5, [22, 16], ['right', 5, 16], ['Lucia Romano', 'Lucia', 'en'], 1.2],
  ['p17', 6, [-16, 16], ['left', 0, 16], ['陈默', '阿默', 'zh-CN']],
  ['p18', 6, [22, 16], ['right', 5, 16], ['Noor Haddad', 'Noor', 'en']],
  ['p20', 6, [10, 10], ['right', 5, 22], ['Clara Weiss', 'Clara', 'en']],
];

const FIRST_EMPLOYEE_NO = 1001;

/** Ten of the twenty people work here. */
export const STAFF: readonly StaffMember[] = LINES.map(
  ([person, photograph, straight, aside, names, light = 1], index) => ({
    person,
    employeeNo: String(FIRST_EMPLOYEE_NO + index),
    name: names[0],
    greetingName: names[1],
    locale: names[2],
    photograph,
    straight: { yaw: straight[0], pitch: straight[1] },
    aside: { to: aside[0], yaw: aside[1], pitch: aside[2] },
    light,
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
