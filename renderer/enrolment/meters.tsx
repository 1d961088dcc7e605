import type { EnrolProgress } from '#renderer/enrolment/enrolment-model';
import { useSay } from '#renderer/words/voice.tsx';

type AllMeters = NonNullable<EnrolProgress['meters']>;
type Meter = AllMeters['sharpness'];

const SEGMENTS = Array.from({ length: 10 }, (_, index) => index);
const NOTHING: Meter = { value: 0, mark: 0.7, pass: false };

/** Four measures and their mark; what passes is plain, what does not is hatched and named. */
export function Meters(props: { readonly meters: AllMeters | undefined }) {
  const say = useSay();
  const { meters } = props;
  const degrees = Math.round(Math.abs(meters?.yawDegrees ?? 0));
  const good = say('meter.good');
  return (
    <div className={meters === undefined ? 'meters off' : 'meters'}>
      <Row
        name={say('meter.sharpness')}
        meter={meters?.sharpness}
        good={good}
        low={say('meter.sharpness.low')}
      />
      <Row name={say('meter.size')} meter={meters?.size} good={good} low={say('meter.size.low')} />
      <Row
        name={say('meter.light')}
        meter={meters?.light}
        good={good}
        low={say('meter.light.low')}
      />
      <Row
        name={say('meter.angle')}
        meter={meters?.angle}
        good={say('meter.degrees', { degrees })}
        low={say('meter.degrees', { degrees })}
      />
    </div>
  );
}

function Row(props: {
  readonly name: string;
  readonly meter: Meter | undefined;
  readonly good: string;
  readonly low: string;
}) {
  const meter = props.meter ?? NOTHING;
  const isLow = props.meter !== undefined && !meter.pass;
  const filled = Math.round(meter.value * SEGMENTS.length);
  const mark = Math.min(SEGMENTS.length - 1, Math.round(meter.mark * SEGMENTS.length));
  const verdict = meter.pass ? props.good : props.low;
  return (
    <div className={isLow ? 'm w' : 'm'}>
      <b>{props.name}</b>
      <div className="seg" aria-hidden="true">
        {SEGMENTS.map((index) => (
          <i key={index} className={segmentClass(index, filled, mark)} />
        ))}
      </div>
      <em>{props.meter === undefined ? '' : verdict}</em>
    </div>
  );
}

function segmentClass(index: number, filled: number, mark: number): string {
  return `${index < filled ? 'f' : ''} ${index === mark ? 't' : ''}`.trim();
}
