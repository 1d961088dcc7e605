import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import type { ShownGreeting } from '#renderer/kiosk/kiosk-model';
import { type Screen, voidable } from '#renderer/kiosk/kiosk-screen';
import { Key, Threshold, TimeLeft } from '#renderer/parts/threshold.tsx';
import { useSay, Voice } from '#renderer/words/voice.tsx';

/** More "I'm not …" keys than this do not fit beside each other. */
const NAMED_KEYS_MAX = 2;

/** What can be touched at the door. */
export function DoorThreshold(props: { readonly screen: Screen }) {
  const { screen } = props;
  if (screen.kind === 'ask') return <AskKeys ask={screen.ask} />;
  if (screen.kind === 'plate') return <PlateKeys />;
  const isBig = screen.kind === 'camera' || (screen.kind === 'unknown' && screen.hint.otherWays);
  if (isBig) return <BigKeys />;
  return <UsualKeys screen={screen} />;
}

function PlateKeys() {
  const say = useSay();
  const model = useModel();
  const newest = voidable(model)[0];
  return (
    <Threshold>
      <p className="next">{say('next')}</p>
      <ResumeKey />
      {newest !== undefined && <NotMeKey shown={newest} naming="plain" />}
    </Threshold>
  );
}

function UsualKeys(props: { readonly screen: Screen }) {
  const say = useSay();
  const model = useModel();
  const session = useSession();
  const offers = voidable(model).slice(0, NAMED_KEYS_MAX);
  const naming = props.screen.kind === 'many' || offers.length > 1 ? 'named' : 'plain';
  return (
    <Threshold>
      <PinKey />
      {props.screen.kind === 'idle' && offers.length === 0 && (
        <Key
          icon="face"
          label={say('idle.consent')}
          onTap={() => session.dispatch({ kind: 'page', page: 'about' })}
        />
      )}
      <ResumeKey />
      {offers.map((shown) => (
        <NotMeKey key={shown.greeting.punchSeq} shown={shown} naming={naming} />
      ))}
    </Threshold>
  );
}

function BigKeys() {
  return (
    <Threshold look="big">
      <PinKey look="big" />
      <ResumeKey />
    </Threshold>
  );
}

function PinKey(props: { readonly look?: 'big' }) {
  const say = useSay();
  const session = useSession();
  const { engine } = useModel();
  // A terminal that cannot save anything offers no way to try.
  if (engine?.disk === 'full') return null;
  return (
    <Key
      icon="pin"
      label={say('way.pin')}
      {...(props.look === 'big' ? { sub: say('way.pin.sub') } : {})}
      onTap={() => session.dispatch({ kind: 'page', page: 'pin' })}
    />
  );
}

/** Back to the wizard that let others pass. */
function ResumeKey() {
  const say = useSay();
  const session = useSession();
  if (useModel().enrolment?.paused !== true) return null;
  return (
    <Key
      icon="people"
      label={say('enrol.resume')}
      onTap={() => void session.pauseEnrolment('resume')}
    />
  );
}

/** In the language of the one it concerns; alone it needs no name. */
function NotMeKey(props: { readonly shown: ShownGreeting; readonly naming: 'plain' | 'named' }) {
  return (
    <Voice locale={props.shown.greeting.locale}>
      <NotMe {...props} />
    </Voice>
  );
}

function NotMe(props: { readonly shown: ShownGreeting; readonly naming: 'plain' | 'named' }) {
  const say = useSay();
  const model = useModel();
  const session = useSession();
  const { greeting, sinceMs, voidUntilMs } = props.shown;
  const label =
    props.naming === 'named' ? say('notme.named', { name: greeting.name }) : say('ask.no');
  return (
    <Key
      icon="no"
      label={label}
      look="quiet"
      onTap={() => void session.voidPunch(greeting.punchSeq)}
    >
      <TimeLeft nowMs={model.nowMs} sinceMs={sinceMs} untilMs={voidUntilMs ?? sinceMs} />
    </Key>
  );
}

function AskKeys(props: { readonly ask: Extract<Screen, { kind: 'ask' }>['ask'] }) {
  return (
    <Voice locale={props.ask.locale}>
      <Answers {...props} />
    </Voice>
  );
}

function Answers(props: { readonly ask: Extract<Screen, { kind: 'ask' }>['ask'] }) {
  const say = useSay();
  const model = useModel();
  const session = useSession();
  const { askId, sinceMs, untilMs } = props.ask;
  return (
    <Threshold look="ask">
      <Key icon="no" label={say('ask.no')} onTap={() => void session.answerAsk(askId, 'no')} />
      <Key
        icon="check"
        label={say('ask.yes')}
        look="pri"
        onTap={() => void session.answerAsk(askId, 'yes')}
      />
      <TimeLeft nowMs={model.nowMs} sinceMs={sinceMs} untilMs={untilMs} />
    </Threshold>
  );
}
