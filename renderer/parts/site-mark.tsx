import { useRef, useState } from 'react';
import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import { languageOf } from '#renderer/kiosk/kiosk-screen';
import { Mark } from '#renderer/parts/icon.tsx';
import { useSay } from '#renderer/words/voice.tsx';

/** Nobody holds a sign for five seconds by accident. */
const HOLD_MS = 5_000;

/** The site's name; held for five seconds it asks for the manager's PIN. */
export function SiteMark() {
  const say = useSay();
  const model = useModel();
  const hold = useHold();
  const locale = languageOf(model);
  const site = model.engine?.site;
  const name = site?.name[locale] ?? 'Lintel';
  return (
    <button
      type="button"
      className={hold.isHeld ? 'site held' : 'site'}
      aria-label={say('site.mark.label', { site: name })}
      {...hold.handlers}
    >
      <Mark />
      <b>{name}</b>
      {site !== undefined && <span>{site.terminalName[locale]}</span>}
    </button>
  );
}

function useHold() {
  const session = useSession();
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = () => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const press = () => {
    // A wizard that is open or waiting must not be opened over itself.
    if (session.model().enrolment !== undefined || session.model().link !== 'up') return;
    clearTimeout(timer.current);
    setHeld(true);
    timer.current = setTimeout(() => {
      release();
      session.dispatch({ kind: 'page', page: 'manager-pin' });
    }, HOLD_MS);
  };
  const handlers = {
    onPointerDown: press,
    onPointerUp: release,
    onPointerLeave: release,
    onPointerCancel: release,
    onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
    onKeyDown: (event: { key: string; repeat: boolean }) => {
      if (event.key === 'Enter' && !event.repeat) press();
    },
    onKeyUp: release,
    onBlur: release,
  };
  return { isHeld, handlers };
}
