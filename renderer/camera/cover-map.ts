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
  /** Share of the picture's width that must not be cropped; without it the opening is always filled. */
  readonly span?: number;
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
  const scales = [opening.width / picture.width, opening.height / picture.height];
  const filling = Math.max(...scales);
  const spanning = opening.width / (picture.width * (focus.span ?? 0));
  const scale = Math.max(Math.min(...scales), Math.min(filling, spanning));
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

/** Room beside the outermost faces, in widths of a face: their plates are wider than they are. */
const BESIDE = 0.8;

/** Several people: nobody's plate may be cropped away, be the panel ever so narrow. */
export function focusOnAll(boxes: readonly FaceBox[]): Focus {
  const lefts = boxes.map((box) => box.x - box.width * BESIDE);
  const rights = boxes.map((box) => box.x + box.width * (1 + BESIDE));
  const left = Math.max(0, Math.min(...lefts));
  const right = Math.min(1, Math.max(...rights));
  const heights = boxes.map((box) => focusOn(box).y);
  const y = heights.reduce((sum, height) => sum + height, 0) / Math.max(1, boxes.length);
  return { x: 1 - (left + right) / 2, y, span: right - left };
}

function offset(opening: number, picture: number, focus: number): number {
  if (picture < opening) return (opening - picture) / 2;
  const wanted = opening / 2 - focus * picture;
  return Math.min(0, Math.max(opening - picture, wanted));
}
