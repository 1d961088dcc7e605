import type { Photographs, Sitter } from '#simulators/camera/photographs';
import type { HeadTurn, View } from '#simulators/camera/view';

/** A face fills this much of the height of the scene when its owner stands at the enrolment mark. */
const PORTRAIT_FACE = 0.46;
const SCENE_ASPECT = 16 / 9;

/** One person before the camera, head upright, turned from how the photograph has it. */
export function portrait(
  photographs: Photographs,
  who: Sitter,
  turn: Omit<HeadTurn, 'head'>,
): View {
  const { head } = who;
  return {
    picture: photographs[who.photograph],
    centre: { x: head.x, y: head.y },
    span: (head.height / PORTRAIT_FACE) * SCENE_ASPECT,
    rollDegrees: who.rollDegrees,
    turn: { head, ...turn },
    alone: head,
  };
}
