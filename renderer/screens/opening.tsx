import { useState } from 'react';
import type { SeenFace } from '#contracts/ipc/kiosk-ipc';
import { type Focus, focusOn, focusOnAll } from '#renderer/camera/cover-map';
import { useModel } from '#renderer/kiosk/kiosk.tsx';
import type { Screen } from '#renderer/kiosk/kiosk-screen';
import { CameraPicture } from '#renderer/parts/camera-picture.tsx';
import { FaceMark, HungPosts } from '#renderer/parts/face-mark.tsx';

/** The middle of the door: it shows you. Kept while the lintel changes, so that the picture never blinks. */
export function Opening(props: { readonly screen: Screen }) {
  const model = useModel();
  const { screen } = props;
  const focus = useFocus(screen, model.faces);
  const hungTrack = screen.kind === 'plate' ? screen.shown.greeting.trackId : undefined;
  if (screen.kind === 'camera') return <section className="open dead" />;
  return (
    <section className={screen.kind === 'idle' ? 'open shut' : 'open'}>
      <CameraPicture focus={focus}>
        {(cover, opening) =>
          model.faces.map((face) =>
            face.trackId === hungTrack ? (
              <HungPosts key={face.trackId} face={face} cover={cover} />
            ) : (
              <FaceMark key={face.trackId} face={face} cover={cover} opening={opening} />
            ),
          )
        }
      </CameraPicture>
    </section>
  );
}

/** Chosen once per screen: a picture that followed every nod would swim. */
function useFocus(screen: Screen, faces: readonly SeenFace[]): Focus | undefined {
  const [held, hold] = useState<{ key: string; focus: Focus | undefined }>({
    key: '',
    focus: undefined,
  });
  const key = focusKey(screen, faces);
  const subject = faces.find((face) => face.trackId === subjectOf(screen)) ?? faces[0];
  const alone = subject && focusOn(subject.box);
  const focus = faces.length > 1 ? focusOnAll(faces.map((face) => face.box)) : alone;
  if (held.key !== key || (held.focus === undefined && focus !== undefined)) hold({ key, focus });
  return held.focus;
}

function focusKey(screen: Screen, faces: readonly SeenFace[]): string {
  if (faces.length > 1) return `many ${faces.map((face) => face.trackId).join(' ')}`;
  if (screen.kind === 'plate' || screen.kind === 'repeat')
    return `${screen.kind} ${screen.shown.greeting.punchSeq}`;
  return screen.kind === 'ask' ? screen.ask.askId : screen.kind;
}

function subjectOf(screen: Screen): number | undefined {
  if (screen.kind === 'plate' || screen.kind === 'repeat') return screen.shown.greeting.trackId;
  return screen.kind === 'ask' ? screen.ask.trackId : undefined;
}
