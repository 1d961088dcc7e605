import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import type { Screen } from '#renderer/kiosk/kiosk-screen';
import { BigClock, SecondScale } from '#renderer/parts/big-clock.tsx';
import { Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';

type Link = Extract<Screen, { kind: 'link' }>['link'];

/** The engine is not there: the screen says so calmly, and keeps the time. */
export function LinkScreen(props: { readonly link: Link }) {
  const say = useSay();
  const model = useModel();
  const session = useSession();
  return (
    <>
      <Lintel>
        <Cap now="hidden" />
        <Words link={props.link} />
        {/* Before the site's zone is known, any time would be a guess. */}
        {model.engine === undefined ? <div className="clock row" /> : <BigClock look="row" />}
        <Beam />
        <SecondScale />
        <div className="under" />
      </Lintel>
      <Threshold>
        <Key
          icon="face"
          label={say('idle.consent')}
          onTap={() => session.dispatch({ kind: 'page', page: 'about' })}
        />
      </Threshold>
    </>
  );
}

function Words(props: { readonly link: Link }) {
  const say = useSay();
  switch (props.link) {
    case 'connecting':
      return <Saying icon="wait" title={say('link.connecting')} sub={say('link.connecting.sub')} />;
    case 'away':
      return <Saying icon="wait" title={say('link.away')} sub={say('link.away.sub')} />;
    case 'mismatch':
      return <Saying icon="warn" title={say('link.mismatch')} sub={say('link.mismatch.sub')} />;
    case 'no-shell':
      return <Saying icon="warn" title={say('link.no-shell')} sub={say('link.no-shell.sub')} />;
  }
}
