import { CONSENT_POINTS } from '#renderer/enrolment/consent-text';
import { useSession } from '#renderer/kiosk/kiosk.tsx';
import { Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { Terms } from '#renderer/parts/terms.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';

/** How your face is used, for anybody who stands there: the consent text, and what a stranger leaves behind. */
export function AboutScreen() {
  const say = useSay();
  const session = useSession();
  return (
    <>
      <Lintel>
        <Cap now="shown" />
        <Saying title={say('about.title')} />
        <Beam />
      </Lintel>
      <section className="open page">
        <Terms points={[...CONSENT_POINTS, ['about.stranger', 'about.stranger.text']]} />
      </section>
      <Threshold>
        <Key
          icon="back"
          label={say('back')}
          look="quiet"
          onTap={() => session.dispatch({ kind: 'page', page: 'door' })}
        />
        <p className="next" />
      </Threshold>
    </>
  );
}
