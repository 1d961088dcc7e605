import { type RefObject, useEffect, useRef } from 'react';
import type { Pose } from '#renderer/enrolment/enrolment-model';
import { Icon } from '#renderer/parts/icon.tsx';
import { useSay } from '#renderer/words/voice.tsx';

const POSES: readonly Pose[] = ['front', 'left', 'right'];
const THUMB = { width: 320, height: 272 } as const;

/** The three shots. The little pictures come from this screen's own camera and are never stored. */
export function Shots(props: {
  readonly taken: readonly Pose[];
  readonly pose: Pose | undefined;
  readonly video: RefObject<HTMLVideoElement | null>;
}) {
  return (
    <div className="shots">
      {POSES.map((pose) => (
        <Shot
          key={pose}
          pose={pose}
          state={stateOf(pose, props.taken, props.pose)}
          video={props.video}
        />
      ))}
    </div>
  );
}

function stateOf(pose: Pose, taken: readonly Pose[], now: Pose | undefined) {
  if (taken.includes(pose)) return 'taken';
  return pose === now ? 'now' : 'next';
}

function Shot(props: {
  readonly pose: Pose;
  readonly state: 'taken' | 'now' | 'next';
  readonly video: RefObject<HTMLVideoElement | null>;
}) {
  const say = useSay();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { state, video } = props;
  useEffect(() => {
    if (state === 'taken') drawThumb(video.current, canvas.current);
  }, [state, video]);
  const classes = { taken: 'taken', now: 'cur', next: 'nx' } as const;
  return (
    <div className={classes[state]}>
      {state === 'taken' && <canvas ref={canvas} {...THUMB} aria-hidden="true" />}
      <span>
        {state === 'taken' && <Icon name="check" />}
        {say(`pose.${props.pose}`)}
      </span>
    </div>
  );
}

/** The middle of the mirrored picture, as the person sees it. */
function drawThumb(video: HTMLVideoElement | null, canvas: HTMLCanvasElement | null): void {
  const context = canvas?.getContext('2d');
  if (video === null || !context || video.videoWidth === 0) return;
  const height = video.videoHeight;
  const width = Math.min(video.videoWidth, (height * THUMB.width) / THUMB.height);
  const left = (video.videoWidth - width) / 2;
  context.setTransform(-1, 0, 0, 1, THUMB.width, 0);
  context.drawImage(video, left, 0, width, height, 0, 0, THUMB.width, THUMB.height);
}
