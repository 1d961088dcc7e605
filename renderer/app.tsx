import { useEffect } from 'react';
import { doorTime } from '#renderer/clock/site-clock';
import { EnrolmentScreen } from '#renderer/enrolment/enrolment-screen.tsx';
import { useModel, useSession, useZone } from '#renderer/kiosk/kiosk.tsx';
import type { KioskModel } from '#renderer/kiosk/kiosk-model';
import { alarmOf, isDim, languageOf, type Screen, screenOf } from '#renderer/kiosk/kiosk-screen';
import { pixelShift } from '#renderer/look/pixel-shift';
import { themeAt } from '#renderer/look/theme';
import { AboutScreen } from '#renderer/screens/about-screen.tsx';
import { Door } from '#renderer/screens/door.tsx';
import { isBanded } from '#renderer/screens/idle.tsx';
import { LinkScreen } from '#renderer/screens/link-screen.tsx';
import { PinScreen } from '#renderer/screens/pin-screen.tsx';
import { Voice } from '#renderer/words/voice.tsx';

/** The kiosk: one screen at a time, in one language and one light. */
export function App() {
  const model = useModel();
  const session = useSession();
  const screen = screenOf(model);
  const locale = languageOf(model);
  useDocumentLook(model);
  const { x, y } = pixelShift(model.nowMs);
  return (
    <Voice locale={locale}>
      <main
        className={classesOf(screen, model)}
        data-screen={screen.kind}
        style={{ transform: `translate(${x}px, ${y}px)` }}
        onPointerDown={() => session.touch()}
      >
        <CurrentScreen screen={screen} />
      </main>
    </Voice>
  );
}

function CurrentScreen(props: { readonly screen: Screen }) {
  const { screen } = props;
  switch (screen.kind) {
    case 'link':
      return <LinkScreen link={screen.link} />;
    case 'pin':
      return <PinScreen key="punch" purpose="punch" />;
    case 'manager-pin':
      return <PinScreen key="manager" purpose="manager" />;
    case 'about':
      return <AboutScreen />;
    case 'enrolment':
      return <EnrolmentScreen enrolment={screen.enrolment} />;
    case 'idle':
    case 'track':
    case 'unknown':
    case 'ask':
    case 'plate':
    case 'repeat':
    case 'many':
    case 'notice':
    case 'camera':
      return <Door screen={screen} />;
  }
}

/** Theme, text size and language belong to the whole document. */
function useDocumentLook(model: KioskModel): void {
  const { hour } = doorTime(model.nowMs, useZone(), 'en');
  const contrast = window.matchMedia('(prefers-contrast: more)').matches ? 'more' : 'usual';
  const theme = themeAt(model.settings.theme, hour, contrast);
  const locale = languageOf(model);
  const { text } = model.settings;
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.dataset['text'] = text;
    root.lang = locale;
  }, [theme, text, locale]);
}

function classesOf(screen: Screen, model: KioskModel): string {
  const isIdle = screen.kind === 'idle' || screen.kind === 'link';
  const alarm = alarmOf(model);
  const classes = ['k'];
  if (isIdle) classes.push('idle');
  if (isIdle && isDim(model)) classes.push('dim');
  if (screen.kind === 'link' || (screen.kind === 'idle' && (alarm ?? isBanded(model.engine))))
    classes.push('banded');
  if (screen.kind === 'camera' || alarm === 'disk-full' || alarm === 'engine-failed')
    classes.push('redd');
  else if (alarm !== undefined) classes.push('amber');
  if (languageOf(model) !== 'zh-CN') classes.push('lat');
  return classes.join(' ');
}
