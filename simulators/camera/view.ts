import type { Picture } from '#platform/image/jpeg';

export const SCENE_WIDTH = 960;
export const SCENE_HEIGHT = 540;

/** A head in a photograph: pixels of the photograph. */
export interface Head {
  readonly x: number;
  readonly y: number;
  /** Height of the face, forehead to chin. */
  readonly height: number;
}

/** Turns one head away from how it was photographed, in degrees. */
export interface HeadTurn {
  readonly head: Head;
  /** Positive: to that person's own left, which is the right of the picture. */
  readonly yaw: number;
  /** Positive: up. */
  readonly pitch: number;
}

/** What the camera over the door would see, had it looked at this part of a photograph. */
export interface View {
  readonly picture: Picture;
  /** Pixels of the photograph that come to the middle of the scene. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Pixels of the photograph across the whole scene: smaller is closer. */
  readonly span: number;
  /** Camera tilted by this much, clockwise. */
  readonly rollDegrees?: number;
  readonly turn?: HeadTurn;
  /** `mirrored`: left and right change places, as if seen from the head's other side. */
  readonly side?: 'as-photographed' | 'mirrored';
  /** Light: 1 as photographed. */
  readonly exposure?: number;
  /** Shows this head and what is below it, before a wall, and nobody who stood beside. */
  readonly alone?: Head;
}

const WALL = [118, 122, 126] as const;
const HEAD_HALF_WIDTH = 0.62; // of the face's height: ear to ear
const HEAD_HALF_HEIGHT = 0.85;
/** The nose stands out of that round by this much, around this point, over this width and height. */
const NOSE = { depth: 0.32, below: 0.08, width: 0.16, height: 0.22 } as const;
/** What is kept of a person shown alone: an ellipse for the head, a column for neck and chest. */
const ALONE = { headWidth: 0.72, headHeight: 0.95, chestWidth: 0.5, feather: 0.12 } as const;

type Project = (x: number, y: number) => { x: number; y: number };

/** Scene pixel to photograph pixel. */
function projection(view: View): Project {
  const scale = view.span / SCENE_WIDTH;
  const roll = ((view.rollDegrees ?? 0) * Math.PI) / 180;
  const cos = Math.cos(roll) * scale;
  const sin = Math.sin(roll) * scale;
  const turned = headTurn(view.turn);
  const across = view.side === 'mirrored' ? -1 : 1;
  return (x, y) => {
    const dx = across * (x + 0.5 - SCENE_WIDTH / 2);
    const dy = y + 0.5 - SCENE_HEIGHT / 2;
    return turned(view.centre.x + cos * dx - sin * dy, view.centre.y + sin * dx + cos * dy);
  };
}

/**
 * Parallax of a rounded head: what is nearest to the camera (nose, mouth) moves most, the outline stays.
 * Good to some 25 degrees; beyond that the far cheek would have to be invented.
 */
function headTurn(turn: HeadTurn | undefined): Project {
  if (turn === undefined) return (x, y) => ({ x, y });
  const halfWidth = turn.head.height * HEAD_HALF_WIDTH;
  const halfHeight = turn.head.height * HEAD_HALF_HEIGHT;
  const across = halfWidth * Math.sin((turn.yaw * Math.PI) / 180);
  const up = halfWidth * Math.sin((turn.pitch * Math.PI) / 180);
  return (x, y) => {
    const u = (x - turn.head.x) / halfWidth;
    const v = (y - turn.head.y) / halfHeight;
    const round = 1 - u * u - v * v;
    if (round <= 0) return { x, y };
    const depth = round + noseDepth(turn.head, x, y);
    return { x: x - across * depth, y: y + up * depth };
  };
}

function noseDepth(head: Head, x: number, y: number): number {
  const across = (x - head.x) / (head.height * NOSE.width);
  const down = (y - head.y - head.height * NOSE.below) / (head.height * NOSE.height);
  return NOSE.depth * Math.exp(-across * across - down * down);
}

/** How much of the photograph is kept at a scene pixel, 0…1. */
function keeping(view: View): (x: number, y: number) => number {
  if (view.alone === undefined) return () => 1;
  const height = (view.alone.height * SCENE_WIDTH) / view.span;
  return (x, y) => {
    const across = Math.abs(x - SCENE_WIDTH / 2) / height;
    const down = (y - SCENE_HEIGHT / 2) / height;
    const head = 1 - Math.hypot(across / ALONE.headWidth, down / ALONE.headHeight);
    const chest = down > 0 ? 1 - across / ALONE.chestWidth : 0;
    return Math.min(1, Math.max(0, head / ALONE.feather, chest / ALONE.feather));
  };
}

/** Draws a view at scene size; what lies outside the photograph is plain wall. */
export function drawView(view: View): Picture {
  const project = projection(view);
  const keep = keeping(view);
  const rgba = new Uint8Array(SCENE_WIDTH * SCENE_HEIGHT * 4).fill(255);
  let at = 0;
  for (let y = 0; y < SCENE_HEIGHT; y += 1) {
    for (let x = 0; x < SCENE_WIDTH; x += 1) {
      const kept = keep(x, y);
      if (kept === 0) rgba.set(WALL, at);
      else sample(view.picture, project(x, y), { rgba, at, kept });
      at += 4;
    }
  }
  if (view.exposure !== undefined) expose(rgba, view.exposure);
  return { width: SCENE_WIDTH, height: SCENE_HEIGHT, rgba };
}

interface Pixel {
  readonly rgba: Uint8Array;
  readonly at: number;
  readonly kept: number;
}

/** Bilinear; a photograph is never shown smaller than half its size, so that suffices. */
function sample(picture: Picture, from: { x: number; y: number }, to: Pixel): void {
  const { width, height, rgba } = picture;
  const left = Math.floor(from.x);
  const top = Math.floor(from.y);
  const outside = left < 0 || top < 0 || left >= width - 1 || top >= height - 1;
  const kept = outside ? 0 : to.kept;
  const fx = from.x - left;
  const fy = from.y - top;
  const row = width * 4;
  const corner = top * row + left * 4;
  for (let channel = 0; channel < 3; channel += 1) {
    const i = corner + channel;
    const above = (rgba[i] ?? 0) * (1 - fx) + (rgba[i + 4] ?? 0) * fx;
    const below = (rgba[i + row] ?? 0) * (1 - fx) + (rgba[i + row + 4] ?? 0) * fx;
    const seen = above * (1 - fy) + below * fy;
    to.rgba[to.at + channel] = seen * kept + (WALL[channel] ?? 0) * (1 - kept);
  }
}

function expose(rgba: Uint8Array, exposure: number): void {
  for (let i = 0; i < rgba.length; i += 1) {
    if (i % 4 !== 3) rgba[i] = Math.min(255, (rgba[i] ?? 0) * exposure);
  }
}

/** A door nobody stands in: a wall in even light, brighter towards the top. */
export function emptyDoorway(): Picture {
  const rgba = new Uint8Array(SCENE_WIDTH * SCENE_HEIGHT * 4).fill(255);
  for (let i = 0; i < rgba.length; i += 4) {
    const shade = 1.15 - (0.3 * i) / rgba.length;
    WALL.forEach((level, channel) => {
      rgba[i + channel] = level * shade;
    });
  }
  return { width: SCENE_WIDTH, height: SCENE_HEIGHT, rgba };
}
