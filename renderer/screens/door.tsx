import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import type { Screen } from '#renderer/kiosk/kiosk-screen';
import { DoorLintel } from '#renderer/screens/door-lintel.tsx';
import { DoorThreshold } from '#renderer/screens/door-threshold.tsx';
import { IdleLintel } from '#renderer/screens/idle.tsx';
import { Opening } from '#renderer/screens/opening.tsx';

export type DoorScreen = Exclude<
  Screen,
  { kind: 'link' | 'pin' | 'about' | 'manager-pin' | 'enrolment' }
>;

/** Lintel, opening, threshold: what a person at the door sees, whatever happens to them. */
export function Door(props: { readonly screen: DoorScreen }) {
  const session = useSession();
  const { screen } = props;
  const { greetings } = useModel();
  const dismiss = () => {
    if (greetings.length > 0 && (screen.kind === 'plate' || screen.kind === 'repeat'))
      session.dispatch({ kind: 'plate-dismissed' });
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a shortcut for the impatient: the plate lifts by itself anyway */}
      <div className="above" onPointerUp={dismiss}>
        {screen.kind === 'idle' ? <IdleLintel /> : <DoorLintel screen={screen} />}
        <Opening screen={screen} />
      </div>
      <DoorThreshold screen={screen} />
    </>
  );
}
