import type { SeenFace } from '#contracts/ipc/kiosk-ipc';
import { screenRect } from '#renderer/camera/cover-map';
import type { Size } from '#renderer/camera/frame-size';
import type { Cover } from '#renderer/parts/camera-picture.tsx';
import { Icon } from '#renderer/parts/icon.tsx';

/** A face's beam is a little wider than the head, and sits above it. */
const BEAM_WIDTH = 1.22;
const BEAM_ABOVE = 0.28;
const MARK_HEIGHT = 1.2;
const HUNG_WIDTH = 1.5;
const HUNG_REACH = 0.42;

/** Shape first, colour second: dashed beam with a runner, plate, broken beam with "?", two corners. */
const LOOKS = {
  tracking: 'search',
  saved: 'ok',
  repeat: 'ok',
  ask: 'ask',
  unknown: 'none',
} as const satisfies Record<SeenFace['state'], string>;

export function FaceMark(props: {
  readonly face: SeenFace;
  readonly cover: Cover;
  readonly opening: Size;
}) {
  const { face } = props;
  const rect = screenRect(face.box, props.cover);
  const side = rect.height;
  const width = side * BEAM_WIDTH;
  const left = rect.left + rect.width / 2 - width / 2;
  const look = LOOKS[face.state];
  const isBare = look === 'ok' && face.name === undefined;
  return (
    <div
      className={isBare ? 'face ok bare' : `face ${look}`}
      style={{
        left,
        width,
        // The beam of a tall person still shows: it stops below the lintel.
        top: `max(calc(var(--u) * ${look === 'ok' ? 5.6 : 3.4}), ${rect.top - side * BEAM_ABOVE}px)`,
        height: side * MARK_HEIGHT,
      }}
    >
      <div className="bar">
        {look === 'search' && <i />}
        {look === 'ask' && <b>?</b>}
        {look === 'ok' && <Icon name="check" />}
        {look === 'ok' && face.name}
      </div>
      <span className="post l" />
      <span className="post r" />
    </div>
  );
}

/** The plate's posts, down to the person it greets. */
export function HungPosts(props: { readonly face: SeenFace; readonly cover: Cover }) {
  const rect = screenRect(props.face.box, props.cover);
  const width = rect.height * HUNG_WIDTH;
  const left = rect.left + rect.width / 2 - width / 2;
  const height = Math.max(0, rect.top + rect.height * HUNG_REACH);
  return (
    <div className="face hung" style={{ left, width, top: 0, height }}>
      <span className="post l" />
      <span className="post r" />
    </div>
  );
}
