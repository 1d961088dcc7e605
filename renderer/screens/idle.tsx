import type { KioskState } from '#contracts/ipc/kiosk-ipc';
import { doorTime } from '#renderer/clock/site-clock';
import { useModel, useZone } from '#renderer/kiosk/kiosk.tsx';
import { alarmOf, languageOf } from '#renderer/kiosk/kiosk-screen';
import { BigClock, SecondScale } from '#renderer/parts/big-clock.tsx';
import { Icon, type IconName } from '#renderer/parts/icon.tsx';
import { AlarmBand, Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

/** Nobody there: the lintel is down and is a clock. */
export function IdleLintel() {
  const model = useModel();
  const band = bandOf(model.engine);
  const isAlarmed = alarmOf(model) !== undefined;
  return (
    <Lintel>
      <Cap now="hidden" />
      {isAlarmed ? <Alarmed /> : band !== undefined && <Band band={band} />}
      <BigClock look={isAlarmed || band !== undefined ? 'row' : 'whole'} />
      <Beam />
      <SecondScale />
      <Under />
    </Lintel>
  );
}

/** Is there something to say besides the time? Then the clock makes room. */
export function isBanded(engine: KioskState | undefined): boolean {
  return bandOf(engine) !== undefined;
}

interface BandWords {
  readonly icon: IconName;
  readonly title: WordKey;
  readonly sub: WordKey;
}

/** What a terminal that is new still lacks, in the order in which it is to be done. */
function bandOf(engine: KioskState | undefined): BandWords | undefined {
  if (engine === undefined) return undefined;
  if (!engine.joined)
    return { icon: 'off', title: 'idle.notjoined', sub: `hubline.${engine.hubLine}` };
  if (engine.engine === 'starting')
    return { icon: 'wait', title: 'engine.starting', sub: 'engine.starting.sub' };
  if (engine.people === 0)
    return { icon: 'people', title: 'idle.nopeople', sub: 'idle.nopeople.sub' };
  if (engine.templates === 0) return { icon: 'face', title: 'idle.nobody', sub: 'idle.nobody.sub' };
  return undefined;
}

function Band(props: { readonly band: BandWords }) {
  const say = useSay();
  const { icon, title, sub } = props.band;
  return <Saying icon={icon} title={say(title)} sub={say(sub)} />;
}

function Alarmed() {
  const say = useSay();
  const model = useModel();
  switch (alarmOf(model)) {
    case 'disk-full':
      return <AlarmBand icon="warn" title={say('disk.full')} sub={say('disk.full.sub')} />;
    case 'disk-low':
      return <AlarmBand icon="warn" title={say('disk.low')} sub={say('disk.low.sub')} />;
    case 'clock-lost':
      return <AlarmBand icon="warn" title={say('clock.lost')} sub={say('clock.lost.sub')} />;
    case 'engine-failed': {
      const problem = model.engine?.engineProblem?.[languageOf(model)];
      return (
        <AlarmBand icon="warn" title={say('engine.failed')} sub={problem ?? say('unknown.sub')} />
      );
    }
    case undefined:
      return null;
  }
}

function Under() {
  const say = useSay();
  const model = useModel();
  const { date } = doorTime(model.nowMs, useZone(), languageOf(model));
  const canLook = alarmOf(model) !== 'disk-full' && alarmOf(model) !== 'engine-failed';
  return (
    <div className="under">
      <div className="date">{date}</div>
      <div className="sp" />
      {canLook && !isBanded(model.engine) && (
        <div className="look">
          <Icon name="look" />
          <span>{say('idle.look')}</span>
        </div>
      )}
    </div>
  );
}
