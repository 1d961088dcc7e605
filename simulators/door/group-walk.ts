import {
  PHOTOGRAPHS,
  type PhotographNo,
  type Photographs,
  SITTERS,
} from '#simulators/camera/photographs';
import type { View } from '#simulators/camera/view';

/** A group that comes to the door and stays for a moment. */
export interface Group {
  readonly photograph: PhotographNo;
  readonly view: View;
  /** Everybody in view, staff and strangers. */
  readonly people: readonly string[];
}

/** Where the camera must look for all heads to be in view. */
const CENTRE_Y: Readonly<Record<PhotographNo, number>> = {
  1: 540,
  2: 540,
  3: 540,
  4: 540,
  5: 640,
  6: 560,
};
const CENTRE_X = 960;

/** How one round of groups is seen: nobody stands twice at the same place in the same light. */
export interface Round {
  readonly span: number;
  readonly exposure: number;
}

export function groupsOf(photographs: Photographs, { span, exposure }: Round): readonly Group[] {
  return PHOTOGRAPHS.map((photograph) => ({
    photograph,
    view: {
      picture: photographs[photograph],
      centre: { x: CENTRE_X, y: CENTRE_Y[photograph] },
      span,
      exposure,
    },
    people: SITTERS.filter((one) => one.photograph === photograph).map((one) => one.person),
  }));
}
