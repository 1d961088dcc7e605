import type { ReactNode } from 'react';
import { doorTime } from '#renderer/clock/site-clock';
import { useModel, useSession, useZone } from '#renderer/kiosk/kiosk.tsx';
import { languageOf } from '#renderer/kiosk/kiosk-screen';
import { Icon, type IconName } from '#renderer/parts/icon.tsx';
import { SiteMark } from '#renderer/parts/site-mark.tsx';
import { useSay } from '#renderer/words/voice.tsx';

/** The upper part of every screen: it speaks. */
export function Lintel(props: { readonly children: ReactNode }) {
  return <header className="lintel">{props.children}</header>;
}

export function Beam() {
  return <div className="beam" />;
}

/** Site, door, what waits, the time, the language: the line that is always there. */
export function Cap(props: { readonly now: 'shown' | 'hidden' }) {
  return (
    <div className="cap">
      <SiteMark />
      <div className="sp" />
      <OfflineBadge />
      {props.now === 'shown' && <SmallClock />}
      <LanguageKey />
    </div>
  );
}

function SmallClock() {
  const say = useSay();
  const model = useModel();
  const zone = useZone();
  if (model.engine === undefined) return null;
  const { hours, minutes } = doorTime(model.nowMs, zone, languageOf(model));
  const time = `${hours}:${minutes}`;
  return (
    <div className="now">
      {model.engine.clock === 'lost' ? say('clock.about.time', { time }) : time}
    </div>
  );
}

/** Calm: punches are safe here, and go on by themselves. */
function OfflineBadge() {
  const say = useSay();
  const { engine } = useModel();
  if (engine === undefined || engine.online || !engine.joined) return null;
  return (
    <div className="badge" role="status">
      <Icon name="off" />
      <span>{say('offline')}</span>
      {engine.waiting > 0 && <em>{say('offline.count', { count: engine.waiting })}</em>}
    </div>
  );
}

function LanguageKey() {
  const say = useSay();
  const session = useSession();
  const locale = languageOf(useModel());
  return (
    <button
      type="button"
      className="key"
      aria-label={say('language.switch.label')}
      onClick={() =>
        session.dispatch({ kind: 'language', locale: locale === 'en' ? 'zh-CN' : 'en' })
      }
    >
      <Icon name="globe" />
      {say('language.switch')}
    </button>
  );
}

/** One sentence, and what to do next. */
export function Saying(props: {
  readonly icon?: IconName | undefined;
  readonly title: string;
  readonly sub?: string | undefined;
  readonly layout?: 'stacked' | 'apart';
}) {
  const text =
    props.layout === 'apart' ? (
      <>
        <h1>{props.title}</h1>
        {props.sub !== undefined && <p className="apart">{props.sub}</p>}
      </>
    ) : (
      <div>
        <h1>{props.title}</h1>
        {props.sub !== undefined && <p>{props.sub}</p>}
      </div>
    );
  return (
    <div className="say" role="status">
      {props.icon !== undefined && <Icon name={props.icon} />}
      {text}
    </div>
  );
}

/** Full width, hatched edge, so that it never depends on colour. */
export function AlarmBand(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly sub: string;
}) {
  return (
    <div className="say alarm" role="alert">
      <Icon name={props.icon} />
      <div>
        <h1>{props.title}</h1>
        <p>{props.sub}</p>
      </div>
    </div>
  );
}
