import type { Enrolment } from '#renderer/enrolment/enrolment-model';
import { StepsLintel } from '#renderer/enrolment/steps-line.tsx';
import { useSession } from '#renderer/kiosk/kiosk.tsx';
import { Icon, type IconName } from '#renderer/parts/icon.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

type Outcome = 'done' | 'failed' | 'declined';

const OUTCOMES = {
  done: ['check', 'enrol.done', 'enrol.done.sub'],
  failed: ['warn', 'enrol.failed', 'enrol.failed.sub'],
  declined: ['check', 'enrol.declined', 'enrol.declined.sub'],
} as const satisfies Record<Outcome, readonly [IconName, WordKey, WordKey]>;

/** How it ended, and what may come next. */
export function OutcomeStep(props: { readonly outcome: Outcome; readonly enrolment: Enrolment }) {
  const say = useSay();
  const { outcome, enrolment } = props;
  const [icon, title, sub] = OUTCOMES[outcome];
  const problem = enrolment.progress?.problem;
  const name = enrolment.person?.name ?? '';
  return (
    <>
      <StepsLintel at={outcome === 'declined' ? 'consent' : outcomeStep(outcome)} />
      <section className="open page outcome" role={outcome === 'failed' ? 'alert' : 'status'}>
        <Icon name={icon} />
        <h1>{say(title)}</h1>
        {problem !== undefined && <p className="lead">{say(`problem.${problem}`)}</p>}
        <p>{say(sub, { name })}</p>
      </section>
      <OutcomeKeys outcome={outcome} enrolment={enrolment} />
    </>
  );
}

function outcomeStep(outcome: 'done' | 'failed'): 'done' | 'capture' {
  return outcome === 'done' ? 'done' : 'capture';
}

function OutcomeKeys(props: { readonly outcome: Outcome; readonly enrolment: Enrolment }) {
  const say = useSay();
  const session = useSession();
  const { person } = props.enrolment;
  return (
    <Threshold>
      <Key icon="lock" label={say('enrol.finish')} onTap={() => void session.lock()} />
      {props.outcome === 'failed' && person !== undefined ? (
        <Key
          icon="again"
          label={say('enrol.restart')}
          onTap={() => session.enrolment({ kind: 'person-chosen', person })}
        />
      ) : (
        <Key
          icon="face"
          label={say('enrol.again')}
          onTap={() => session.enrolment({ kind: 'people-opened' })}
        />
      )}
    </Threshold>
  );
}
