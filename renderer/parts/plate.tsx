import type { Greeting } from '#contracts/ipc/kiosk-ipc';
import { clockText, minuteOfDay, weekdayOf } from '#renderer/clock/site-clock';
import { useModel, useZone } from '#renderer/kiosk/kiosk.tsx';
import { DayLine } from '#renderer/parts/day-line.tsx';
import { FitName } from '#renderer/parts/fit-name.tsx';
import { Icon } from '#renderer/parts/icon.tsx';
import { useSay, Voice } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

const NOON = 12 * 60;
const EVENING = 18 * 60;
const FRIDAY = 5;

/** The lintel come down as a door plate, in the language of the person it names. */
export function Plate(props: { readonly greeting: Greeting }) {
  return (
    <Voice locale={props.greeting.locale}>
      <PlateFace greeting={props.greeting} />
    </Voice>
  );
}

function PlateFace(props: { readonly greeting: Greeting }) {
  const say = useSay();
  const zone = useZone();
  const { engine } = useModel();
  const { greeting } = props;
  const isIn = greeting.direction === 'in';
  const time = clockText(greeting.punchedAt, zone);
  return (
    <div className={isIn ? 'plate' : 'plate outward'} role="status" lang={greeting.locale}>
      <div className="dir">
        <Icon name={isIn ? 'in' : 'out'} />
        <span>{say(isIn ? helloOf(greeting, zone) : byeOf(greeting, zone))}</span>
      </div>
      <FitName name={greeting.name} />
      <div className="tm">
        <span className="done">
          <Icon name="check" />
          {say(isIn ? 'in.done' : 'out.done')}
        </span>
        {engine?.clock === 'lost' ? say('clock.about.time', { time }) : time}
      </div>
      <DayLine greeting={greeting} zone={zone} />
    </div>
  );
}

function helloOf(greeting: Greeting, zone: string): WordKey {
  const minute = minuteOfDay(greeting.punchedAt, zone);
  if (minute < NOON) return 'in.morning';
  return minute < EVENING ? 'in.afternoon' : 'in.evening';
}

function byeOf(greeting: Greeting, zone: string): WordKey {
  return weekdayOf(greeting.punchedAt, zone) === FRIDAY ? 'out.friday' : 'out.bye';
}
