import type { FaceHint } from '#contracts/ipc/kiosk-ipc';
import { clockText } from '#renderer/clock/site-clock';
import { useModel, useZone } from '#renderer/kiosk/kiosk.tsx';
import type { Screen } from '#renderer/kiosk/kiosk-screen';
import type { IconName } from '#renderer/parts/icon.tsx';
import { AlarmBand, Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { Plate } from '#renderer/parts/plate.tsx';
import { useSay, Voice } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

type Spoken = Extract<
  Screen,
  { kind: 'ask' | 'plate' | 'repeat' | 'notice' | 'many' | 'unknown' | 'track' | 'camera' }
>;

/** What the lintel says while somebody stands in the opening. */
export function DoorLintel(props: { readonly screen: Spoken }) {
  const { screen } = props;
  if (screen.kind === 'plate')
    return (
      <Lintel key={screen.shown.greeting.punchSeq}>
        <Plate greeting={screen.shown.greeting} />
        <Beam />
      </Lintel>
    );
  return (
    <Lintel>
      <Cap now="shown" />
      <Words screen={screen} />
      {screen.kind !== 'camera' && <Beam />}
    </Lintel>
  );
}

function Words(props: { readonly screen: Exclude<Spoken, { kind: 'plate' }> }) {
  const say = useSay();
  const { screen } = props;
  switch (screen.kind) {
    case 'track':
      return <Saying title={say('track')} />;
    case 'many':
      return <Many savedCount={screen.savedCount} />;
    case 'notice':
      return <Saying icon="check" title={say('void')} sub={say('void.sub')} />;
    case 'unknown':
      return <Hint hint={screen.hint.hint} ways={screen.hint.otherWays ? 'other' : 'face'} />;
    case 'camera':
      return <CameraAlarm />;
    case 'ask':
      return (
        <Voice locale={screen.ask.locale}>
          <Question name={screen.ask.maskedName} />
        </Voice>
      );
    case 'repeat':
      return (
        <Voice locale={screen.shown.greeting.locale}>
          <Repeat screen={screen} />
        </Voice>
      );
  }
}

function Many(props: { readonly savedCount: number }) {
  const say = useSay();
  const { savedCount } = props;
  if (savedCount === 0)
    return <Saying title={say('track')} sub={say('many.hint')} layout="apart" />;
  const title = savedCount === 1 ? say('many.one') : say('many', { count: savedCount });
  return <Saying title={title} sub={say('many.hint')} layout="apart" />;
}

function Question(props: { readonly name: string }) {
  const say = useSay();
  return (
    <div className="question">
      <Saying title={say('ask', { name: props.name })} sub={say('ask.sub')} />
    </div>
  );
}

function Repeat(props: { readonly screen: Extract<Spoken, { kind: 'repeat' }> }) {
  const say = useSay();
  const zone = useZone();
  const { greeting } = props.screen.shown;
  const time = clockText(greeting.punchedAt, zone);
  const title = say(greeting.direction === 'in' ? 'again.in' : 'again.out', { time });
  return <Saying icon="check" title={title} sub={greeting.name} />;
}

const HINTS = {
  closer: ['hint.closer', 'near'],
  back: ['hint.back', 'far'],
  dark: ['hint.dark', 'sun'],
  backlight: ['hint.backlight', 'sun'],
  mask: ['hint.mask', 'mask'],
  sunglasses: ['hint.sunglasses', 'glasses'],
  'face-camera': ['hint.face-camera', 'face'],
  'hold-still': ['hint.hold-still', 'wait'],
  'move-left': ['hint.move-left', 'left'],
  'move-right': ['hint.move-right', 'right'],
} as const satisfies Record<FaceHint, readonly [WordKey, IconName]>;

function Hint(props: { readonly hint: FaceHint | undefined; readonly ways: 'face' | 'other' }) {
  const say = useSay();
  const sub = say(props.ways === 'other' ? 'unknown.sub' : 'hint.sub');
  if (props.hint === undefined) return <Saying icon="ask" title={say('unknown')} sub={sub} />;
  const [words, icon] = HINTS[props.hint];
  return <Saying icon={icon} title={say(words)} sub={sub} />;
}

function CameraAlarm() {
  const say = useSay();
  const { status } = useModel().camera;
  if (status === 'denied')
    return <AlarmBand icon="camera" title={say('camera.denied')} sub={say('camera.denied.sub')} />;
  const title = say(status === 'none' ? 'camera.none' : 'camera.lost');
  return <AlarmBand icon="camera" title={title} sub={say('camera.sub')} />;
}
