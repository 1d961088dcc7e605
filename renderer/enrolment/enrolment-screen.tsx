import { CaptureStep } from '#renderer/enrolment/capture-step.tsx';
import { ConsentStep } from '#renderer/enrolment/consent-step.tsx';
import type { Enrolment } from '#renderer/enrolment/enrolment-model';
import { OutcomeStep } from '#renderer/enrolment/outcome-step.tsx';
import { PersonStep } from '#renderer/enrolment/person-step.tsx';
import { SettingsStep } from '#renderer/enrolment/settings-step.tsx';

/** The manager's side, step by step. */
export function EnrolmentScreen(props: { readonly enrolment: Enrolment }) {
  const { enrolment } = props;
  switch (enrolment.step) {
    case 'person':
      return <PersonStep />;
    case 'settings':
      return <SettingsStep />;
    case 'consent':
      return <ConsentStep enrolment={enrolment} />;
    case 'declined':
      return <OutcomeStep outcome="declined" enrolment={enrolment} />;
    case 'engine':
      return <EngineStep enrolment={enrolment} />;
  }
}

function EngineStep(props: { readonly enrolment: Enrolment }) {
  const step = props.enrolment.progress?.step ?? 'capture';
  if (step === 'done' || step === 'failed')
    return <OutcomeStep outcome={step} enrolment={props.enrolment} />;
  return <CaptureStep step={step} enrolment={props.enrolment} />;
}
