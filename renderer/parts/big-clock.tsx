import { doorTime } from '#renderer/clock/site-clock';
import { useModel, useZone } from '#renderer/kiosk/kiosk.tsx';
import { languageOf } from '#renderer/kiosk/kiosk-screen';
import { useSay } from '#renderer/words/voice.tsx';

/** The clock is the instrument; figures nobody vouches for are only outlined. */
export function BigClock(props: { readonly look: 'whole' | 'row' }) {
  const say = useSay();
  const model = useModel();
  const { hours, minutes } = doorTime(model.nowMs, useZone(), languageOf(model));
  const isVague = model.engine?.clock === 'lost';
  const label = say('clock.label', { time: `${hours}:${minutes}` });
  const figures = isVague ? 'outline' : undefined;
  return (
    <div className={props.look === 'row' ? 'clock row' : 'clock'} role="timer" aria-label={label}>
      {isVague && <span className="about">{say('clock.about')}</span>}
      <span className={figures}>{hours}</span>
      <span className={isVague ? 'c outline' : 'c'}>:</span>
      <span className={figures}>{minutes}</span>
    </div>
  );
}

const SECONDS = Array.from({ length: 61 }, (_, second) => second);

/** Sixty ticks and one notch that steps: proof that the terminal lives. */
export function SecondScale() {
  const model = useModel();
  const { second } = doorTime(model.nowMs, useZone(), 'en');
  return (
    <svg className="scale" viewBox="-2 0 1004 40" preserveAspectRatio="none" aria-hidden="true">
      {SECONDS.map((tick) => (
        <path key={tick} className="tick" d={`M${(tick / 60) * 1000} 0v${tickLength(tick)}`} />
      ))}
      <path className="notch" d={`M${(second / 60) * 1000 - 4} -1h8v34h-8z`} />
    </svg>
  );
}

function tickLength(second: number): number {
  if (second % 15 === 0) return 26;
  return second % 5 === 0 ? 17 : 9;
}
