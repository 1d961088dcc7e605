import { type Stage } from '#cli/demo/stage';
import type { Photographs } from '#simulators/camera/photographs';
import { type StaffMember } from '#simulators/door/cast';
import type { KioskHands } from '#simulators/visitor/kiosk-hands';

type Tell = (line: string) => void;
export interface Play {
  readonly stage: Stage;
  readonly photographs: Photographs;
  readonly hands: KioskHands;
  readonly tell: Tell;
}
/** @throws Error in the engine's own words when it cannot recognise faces */
export declare function untilReady({ stage, tell }: Pick<Play, 'stage' | 'tell'>): Promise<void>;
/** @returns those who were enrolled, by the wizard's own word */
export declare function enrolEverybody(play: Play): Promise<readonly StaffMember[]>;
/** Groups come to the door, stay, and go. @returns everybody who was in view */
export declare function walkPast(play: Play): Promise<ReadonlySet<string>>;
/** Waits until the terminal says that nothing is waiting. @returns ids of the face punches at the hub */
export declare function punchesAtHub({ stage }: Play): Promise<
  readonly {
    readonly id: string;
  }[]
>;
export {};
