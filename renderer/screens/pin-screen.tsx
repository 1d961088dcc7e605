import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import { useSession } from '#renderer/kiosk/kiosk.tsx';
import type { Credentials } from '#renderer/kiosk/kiosk-session';
import { KeyPad } from '#renderer/parts/key-pad.tsx';
import { Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import {
  EMPTY_ENTRY,
  foldPin,
  isComplete,
  type PinEntry,
  type PinKey,
} from '#renderer/parts/pin-entry';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

/** What the pad says when a call failed; the same words whether number or PIN was wrong. */
const TROUBLES: Readonly<Record<string, WordKey>> = {
  wrong: 'pin.wrong',
  locked: 'pin.locked',
  'disk-full': 'disk.full.call',
  'not-manager': 'manager.not-manager',
  'no-managers': 'manager.no-managers',
  away: 'call.away',
  refused: 'call.refused',
};

/** Staff number and PIN: to punch, or to open the manager's side. */
export function PinScreen(props: { readonly purpose: 'punch' | 'manager' }) {
  const say = useSay();
  const session = useSession();
  const isPunch = props.purpose === 'punch';
  return (
    <>
      <Lintel>
        <Cap now="shown" />
        <Saying title={say(isPunch ? 'pin.title' : 'manager.title')} />
        <Beam />
      </Lintel>
      <section className="open">
        <PinForm
          send={isPunch ? 'pin.send' : 'manager.send'}
          note={isPunch ? 'pin.note' : 'manager.note'}
          onSend={async (credentials) => {
            const answer = isPunch
              ? await session.punchByPin(credentials)
              : await session.unlock(credentials);
            return answer.ok ? undefined : answer.failure;
          }}
        />
      </section>
      <Threshold>
        <Key
          icon="back"
          label={say('back')}
          look="quiet"
          onTap={() => session.dispatch({ kind: 'page', page: 'door' })}
        />
        <p className="next" />
      </Threshold>
    </>
  );
}

function PinForm(props: {
  readonly send: WordKey;
  readonly note: WordKey;
  readonly onSend: (credentials: Credentials) => Promise<string | undefined>;
}) {
  const say = useSay();
  const pad = usePad(props.onSend);
  const { entry } = pad;
  const goesOn = entry.field === 'number';
  return (
    <div className="form">
      <div className="fields">
        <Field entry={entry} field="number" onTap={pad.press} />
        <Field entry={entry} field="pin" onTap={pad.press} />
        {pad.trouble === undefined ? (
          <p className="note" role="status">
            {say(pad.isBusy ? 'pin.checking' : props.note)}
          </p>
        ) : (
          <p className="note trouble" role="alert">
            {say(pad.trouble)}
          </p>
        )}
      </div>
      <KeyPad
        letters={goesOn ? 'offered' : 'none'}
        onCharacter={(character) => pad.press({ kind: 'character', character })}
        onDelete={() => pad.press({ kind: 'delete' })}
      >
        <button type="button" className="pri" disabled={pad.isBusy} onClick={pad.enter}>
          {say(goesOn ? 'pin.next' : props.send)}
        </button>
      </KeyPad>
    </div>
  );
}

function usePad(onSend: (credentials: Credentials) => Promise<string | undefined>) {
  const [entry, press] = useReducer(foldPin, EMPTY_ENTRY);
  const [trouble, setTrouble] = useState<WordKey>();
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setTrouble(undefined);
    const failure = await onSend({ employeeNo: entry.number, pin: entry.pin });
    setBusy(false);
    if (failure === undefined) return;
    setTrouble(TROUBLES[failure] ?? 'call.refused');
    press({ kind: 'forget-pin' });
  };
  const enter = () => {
    if (isBusy) return;
    if (isComplete(entry)) void send();
    else if (entry.number !== '') press({ kind: 'field', field: 'pin' });
  };
  useKeyboard(press, enter);
  return { entry, press, enter, trouble, isBusy };
}

/** A keyboard or a number pad at the terminal types as the pad does. */
function useKeyboard(press: (key: PinKey) => void, enter: () => void): void {
  const typed = useEffectEvent((event: KeyboardEvent) => {
    // Enter on a focused key taps that key.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    if (event.key === 'Enter') enter();
    else if (event.key === 'Backspace') press({ kind: 'delete' });
    else if (/^\w$/.test(event.key)) press({ kind: 'character', character: event.key });
  });
  useEffect(() => {
    const type = (event: KeyboardEvent) => typed(event);
    window.addEventListener('keydown', type);
    return () => window.removeEventListener('keydown', type);
  }, []);
}

function Field(props: {
  readonly entry: PinEntry;
  readonly field: PinEntry['field'];
  readonly onTap: (key: PinKey) => void;
}) {
  const say = useSay();
  const { entry, field } = props;
  const isPin = field === 'pin';
  const name = say(isPin ? 'pin.pin' : 'pin.number');
  const value = isPin ? '●'.repeat(entry.pin.length) : entry.number;
  return (
    <div className="fld">
      <span className="label" aria-hidden="true">
        {name}
      </span>
      <button
        type="button"
        className={entry.field === field ? 'box on' : 'box'}
        aria-label={isPin ? `${name} ${entry.pin.length}` : `${name} ${value}`}
        aria-pressed={entry.field === field}
        onClick={() => props.onTap({ kind: 'field', field })}
      >
        {isPin ? Array.from(entry.pin, (_, index) => <Pip key={`pip ${String(index)}`} />) : value}
      </button>
    </div>
  );
}

function Pip() {
  return <i className="pip" />;
}
