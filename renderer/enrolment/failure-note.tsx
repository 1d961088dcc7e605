import type { EnrolFailure } from '#renderer/enrolment/enrolment-model';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

const WORDS: Readonly<Record<EnrolFailure, WordKey>> = {
  locked: 'enrol.locked',
  'unknown-person': 'enrol.unknown-person',
  busy: 'enrol.busy',
  'not-joined': 'enrol.not-joined',
  'engine-not-ready': 'enrol.engine-not-ready',
  'disk-full': 'disk.full.call',
  'not-enrolling': 'enrol.not-enrolling',
  away: 'call.away',
  refused: 'call.refused',
};

/** Why the last tap did nothing, and what to do. */
export function FailureNote(props: { readonly failure: EnrolFailure | undefined }) {
  const say = useSay();
  if (props.failure === undefined) return null;
  return (
    <p className="note trouble" role="alert">
      {say(WORDS[props.failure])}
    </p>
  );
}
