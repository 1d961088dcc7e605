import { type RefObject, useRef } from 'react';
import { screenRect } from '#renderer/camera/cover-map';
import type { Enrolment, EnrolProgress, Pose } from '#renderer/enrolment/enrolment-model';
import { FailureNote } from '#renderer/enrolment/failure-note.tsx';
import { Meters } from '#renderer/enrolment/meters.tsx';
import { Shots } from '#renderer/enrolment/shots.tsx';
import { StepsLintel, type WizardStep } from '#renderer/enrolment/steps-line.tsx';
import { useSession } from '#renderer/kiosk/kiosk.tsx';
import { CameraPicture } from '#renderer/parts/camera-picture.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

type LiveStep = Exclude<EnrolProgress['step'], 'done' | 'failed'>;

const WIZARD_STEPS = {
  capture: 'capture',
  lookalike: 'check',
  saving: 'check',
  test: 'test',
} as const satisfies Record<LiveStep, WizardStep>;

/** The camera at work: three shots, the check for doubles, the test. */
export function CaptureStep(props: { readonly step: LiveStep; readonly enrolment: Enrolment }) {
  const video = useRef<HTMLVideoElement>(null);
  const { progress, failure } = props.enrolment;
  return (
    <>
      <StepsLintel at={WIZARD_STEPS[props.step]} />
      <section className="open">
        <div className="two">
          <div className="cam">
            <CameraPicture videoRef={video}>
              {(cover) => progress?.box && <SubjectMark rect={screenRect(progress.box, cover)} />}
            </CameraPicture>
          </div>
          <div className="side">
            <Side step={props.step} progress={progress} video={video} />
            <FailureNote failure={failure} />
          </div>
        </div>
      </section>
      <CaptureKeys step={props.step} taken={progress?.taken ?? []} />
    </>
  );
}

function SubjectMark(props: { readonly rect: ReturnType<typeof screenRect> }) {
  const { rect } = props;
  const width = rect.height * 1.22;
  const style = {
    left: rect.left + rect.width / 2 - width / 2,
    top: Math.max(24, rect.top - rect.height * 0.28),
    width,
    height: rect.height * 1.2,
  };
  return (
    <div className="face search" style={style}>
      <div className="bar">
        <i />
      </div>
      <span className="post l" />
      <span className="post r" />
    </div>
  );
}

function Side(props: {
  readonly step: LiveStep;
  readonly progress: EnrolProgress | undefined;
  readonly video: RefObject<HTMLVideoElement | null>;
}) {
  const say = useSay();
  const { step, progress } = props;
  if (step === 'lookalike') return <Lookalike progress={progress} />;
  const taken = progress?.taken ?? [];
  const pose = progress?.pose;
  return (
    <>
      <p className="lead" role="status">
        {say(leadOf(step, pose))}
      </p>
      <Shots taken={taken} pose={step === 'capture' ? pose : undefined} video={props.video} />
      {step === 'capture' && <Meters meters={progress?.meters} />}
      {step !== 'saving' && (
        <p className={progress?.problem === undefined ? 'note' : 'note trouble'}>
          {say(noteOf(step, progress?.problem))}
        </p>
      )}
    </>
  );
}

function leadOf(step: LiveStep, pose: Pose | undefined): WordKey {
  if (step === 'saving') return 'enrol.saving';
  if (step === 'test') return 'enrol.test';
  return pose === undefined ? 'enrol.checking' : `enrol.${pose}`;
}

function noteOf(step: LiveStep, problem: EnrolProgress['problem']): WordKey {
  if (problem !== undefined) return `problem.${problem}`;
  return step === 'test' ? 'enrol.test.sub' : 'enrol.auto';
}

function Lookalike(props: { readonly progress: EnrolProgress | undefined }) {
  const say = useSay();
  const name = props.progress?.lookalike ?? '?';
  const percent = Math.round((props.progress?.similarity ?? 0) * 100);
  return (
    <>
      <p className="lead" role="alert">
        {say('enrol.dup')}
      </p>
      <p className="warned">{say('enrol.dup.sub', { name, percent })}</p>
      <p className="note">{say('enrol.dup.note')}</p>
    </>
  );
}

function CaptureKeys(props: { readonly step: LiveStep; readonly taken: readonly Pose[] }) {
  const say = useSay();
  const session = useSession();
  // Nothing to take back while it is being written.
  if (props.step === 'saving') return <Threshold>{<p className="next" />}</Threshold>;
  return (
    <Threshold>
      <Key label={say('enrol.cancel')} look="quiet" onTap={() => void session.cancelEnrolment()} />
      {props.step === 'lookalike' ? (
        <Key
          icon="people"
          label={say('enrol.dup.accept')}
          onTap={() => void session.acceptLookalike()}
        />
      ) : (
        <>
          {props.step === 'capture' && props.taken.length > 0 && (
            <Key icon="again" label={say('enrol.retake')} onTap={() => void session.retake()} />
          )}
          <Key
            icon="people"
            label={say('enrol.pause')}
            onTap={() => void session.pauseEnrolment('pause')}
          />
        </>
      )}
    </Threshold>
  );
}
