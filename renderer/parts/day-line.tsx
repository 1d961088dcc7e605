import type { Greeting } from '#contracts/ipc/kiosk-ipc';
import { clockText, minuteOfDay } from '#renderer/clock/site-clock';
import { dayScale, labelled, shareOf } from '#renderer/parts/day-scale';
import { useSay } from '#renderer/words/voice.tsx';
import type { Say } from '#renderer/words/words';

/** A day is one drawn line: a dot for a punch, a thick run for the time between coming and going. */
export function DayLine(props: { readonly greeting: Greeting; readonly zone: string }) {
  const say = useSay();
  const { greeting, zone } = props;
  const minutes = greeting.today.map((instant) => minuteOfDay(instant, zone));
  const scale = dayScale(minutes);
  const shares = minutes.map((minute) => shareOf(scale, minute));
  const percents = shares.map((share) => `${(share * 100).toFixed(2)}%`);
  const labels = new Set(labelled(shares));
  const worked = workedText(say, greeting);
  return (
    <div className={worked === undefined ? 'dayline' : 'dayline worked'}>
      {worked !== undefined && <p className="big">{worked}</p>}
      <div className="rail" aria-hidden="true">
        {scale.ticks.map((minute) => (
          <i key={minute} className="tick" style={{ left: `${shareOf(scale, minute) * 100}%` }} />
        ))}
        {worked !== undefined && <Run shares={shares} />}
        {percents.map((left, index) => (
          <i key={greeting.today[index]} className="dot" style={{ left }} />
        ))}
        {percents.map(
          (left, index) =>
            labels.has(index) && (
              <span key={greeting.today[index]} style={{ left }}>
                {clockText(greeting.today[index] ?? greeting.punchedAt, zone)}
              </span>
            ),
        )}
      </div>
    </div>
  );
}

function Run(props: { readonly shares: readonly number[] }) {
  const from = props.shares[0] ?? 0;
  const to = props.shares.at(-1) ?? from;
  return <i className="run" style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />;
}

function workedText(say: Say, greeting: Greeting): string | undefined {
  const total = greeting.workedMinutes;
  if (total === undefined || greeting.direction === 'in') return undefined;
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  return hours === 0
    ? say('out.worked.minutes', { minutes })
    : say('out.worked', { hours, minutes });
}
