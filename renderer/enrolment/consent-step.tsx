import { CONSENT_POINTS } from '#renderer/enrolment/consent-text';
import type { Enrolment } from '#renderer/enrolment/enrolment-model';
import { FailureNote } from '#renderer/enrolment/failure-note.tsx';
import { StepsLintel } from '#renderer/enrolment/steps-line.tsx';
import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import { languageOf } from '#renderer/kiosk/kiosk-screen';
import { Terms } from '#renderer/parts/terms.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';

/** The person's own decision: yes and no weigh the same, and no loses nothing. */
export function ConsentStep(props: { readonly enrolment: Enrolment }) {
  const say = useSay();
  const session = useSession();
  const language = languageOf(useModel());
  const { person, failure } = props.enrolment;
  if (person === undefined) return null;
  return (
    <>
      <StepsLintel at="consent" />
      <section className="open">
        <div className="two">
          <div className="page">
            <Terms points={CONSENT_POINTS} />
          </div>
          <div className="side decide">
            <p className="lead">{say('consent.title', { name: person.name })}</p>
            <p className="note">{say('consent.note')}</p>
            <FailureNote failure={failure} />
          </div>
        </div>
      </section>
      <Threshold>
        <Key
          icon="back"
          label={say('back')}
          look="quiet"
          onTap={() => session.enrolment({ kind: 'people-opened' })}
        />
        <Key
          icon="no"
          label={say('consent.no')}
          look="eq"
          onTap={() => void session.decline(person, language)}
        />
        <Key
          icon="check"
          label={say('consent.yes')}
          look="eq"
          onTap={() => void session.consent(person, language)}
        />
      </Threshold>
    </>
  );
}
