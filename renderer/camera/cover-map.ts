import type { FaceBox } from '#contracts/ipc/kiosk-ipc';
import type { Size } from '#renderer/camera/frame-size';

/** A rectangle on the screen, in pixels of the opening. */
export interface ScreenRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which point of the mirrored picture should stay in view when the opening crops it; fractions. */
export interface Focus {
  readonly x: number;
  readonly y: number;
}

export const CENTRE: Focus = { x: 0.5, y: 0.5 };

interface Cover {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** How `object-fit: cover` lays the picture out, with `focus` as near the middle as it goes. */
export function coverOf(picture: Size, opening: Size, focus: Focus): Cover {
  const scale = Math.max(opening.width / picture.width, opening.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    width,
    height,
    left: offset(opening.width, width, focus.x),
    top: offset(opening.height, height, focus.y),
  };
}

/** Where a box of the unmirrored frame appears in the mirrored, cropped picture. */
export function screenRect(box: FaceBox, cover: Cover): ScreenRect {
  return {
    left: cover.left + (1 - box.x - box.width) * cover.width,
    top: cover.top + box.y * cover.height,
    width: box.width * cover.width,
    height: box.height * cover.height,
  };
}

/** The point to keep in view for a face, in the mirrored picture: above its middle, for the hair's sake. */
export function focusOn(box: FaceBox): Focus {
  return { x: 1 - box.x - box.width / 2, y: box.y + box.height * 0.38 };
}

function offset(opening: number, picture: number, focus: number): number {
  const wanted = opening / 2 - focus * picture;
  return Math.min(0, Math.max(opening - picture, wanted));
}
