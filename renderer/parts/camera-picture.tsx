import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { CENTRE, coverOf, type Focus } from '#renderer/camera/cover-map';
import type { Size } from '#renderer/camera/frame-size';
import { useModel } from '#renderer/kiosk/kiosk.tsx';

export type Cover = ReturnType<typeof coverOf>;

const NOTHING: Size = { width: 0, height: 0 };

/** The live picture as a mirror, cropped round `focus`; what is drawn on it learns where it lies. */
export function CameraPicture(props: {
  readonly focus?: Focus | undefined;
  readonly videoRef?: Ref<HTMLVideoElement>;
  readonly children?: (cover: Cover, opening: Size) => ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const { camera } = useModel();
  const opening = useSize(frame);
  const [picture, setPicture] = useState(NOTHING);
  const isReady = picture.width > 0 && opening.width > 0;
  const cover = isReady ? coverOf(picture, opening, props.focus ?? CENTRE) : undefined;
  return (
    <div className="picture" ref={frame}>
      <Mirror
        stream={camera.stream}
        cover={cover}
        onSize={setPicture}
        {...(props.videoRef === undefined ? {} : { videoRef: props.videoRef })}
      />
      {cover !== undefined && props.children?.(cover, opening)}
    </div>
  );
}

function Mirror(props: {
  readonly stream: MediaStream | undefined;
  readonly cover: Cover | undefined;
  readonly onSize: (size: Size) => void;
  readonly videoRef?: Ref<HTMLVideoElement>;
}) {
  const own = useRef<HTMLVideoElement>(null);
  const { stream, cover, onSize } = props;
  useEffect(() => {
    const video = own.current;
    if (video === null) return;
    video.srcObject = stream ?? null;
    // A stream that ends before it plays rejects; the camera source reports that loss itself.
    if (stream !== undefined) video.play().catch(() => undefined);
  }, [stream]);
  return (
    <video
      ref={(element) => {
        own.current = element;
        assign(props.videoRef, element);
      }}
      muted
      playsInline
      aria-hidden="true"
      style={
        cover && { left: cover.left, top: cover.top, width: cover.width, height: cover.height }
      }
      onResize={(event) =>
        onSize({ width: event.currentTarget.videoWidth, height: event.currentTarget.videoHeight })
      }
      onLoadedMetadata={(event) =>
        onSize({ width: event.currentTarget.videoWidth, height: event.currentTarget.videoHeight })
      }
    />
  );
}

function assign(ref: Ref<HTMLVideoElement> | undefined, element: HTMLVideoElement | null): void {
  if (typeof ref === 'function') ref(element);
  else if (ref !== undefined && ref !== null) ref.current = element;
}

function useSize(ref: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState(NOTHING);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
