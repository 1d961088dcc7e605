import type { FaceBox } from '#contracts/ipc/kiosk-ipc';

/** Somebody drawn before the camera: middle and top of the head, and its height, in pixels. */
export interface Silhouette {
  readonly x: number;
  readonly y: number;
  readonly head: number;
  readonly hair: 'short' | 'long' | 'parted';
}

export const CAMERA = { width: 1280, height: 720 } as const;

/** The box an engine would report for the head, in the unmirrored frame. */
export function boxOf({ x, y, head }: Silhouette): FaceBox {
  const width = head * 0.76;
  return {
    x: (x - width / 2) / CAMERA.width,
    y: (y + head * 0.08) / CAMERA.height,
    width: width / CAMERA.width,
    height: (head * 0.94) / CAMERA.height,
  };
}

/** A hallway with people in it, flat and faceless: nobody's photograph, and the same on every machine. */
export function hallway(people: readonly Silhouette[]): string {
  const { width: w, height: h } = CAMERA;
  const door = (x: number) =>
    `<path fill="#B9C3CC" d="M${x} ${h}V46h300V${h}z"/><path fill="#A7B2BC" d="M${x} 26h300v20h-300z"/>`;
  return `<!doctype html><style>body{margin:0}svg{display:block}</style>
    <svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">
      <path fill="#CCD4DB" d="M0 0h${w}v${h}H0z"/>${door(80)}${door(900)}
      <path fill="#A7B2BC" opacity=".6" d="M0 ${h * 0.86}H${w}V${h}H0z"/>
      ${people.map(figure).join('')}
    </svg>`;
}

function figure({ x, y, head, hair }: Silhouette): string {
  const at = (dx: number, dy: number) => `${x + dx * head} ${y + dy * head}`;
  const neck = `C${at(0.19, 1.16)} ${at(0.24, 1.25)} ${at(0.5, 1.34)}`;
  const body = `M${at(-1.12, 9)}L${at(-1.12, 2.4)}C${at(-1.12, 1.6)} ${at(-0.86, 1.46)} ${at(-0.5, 1.34)}
    C${at(-0.24, 1.25)} ${at(-0.19, 1.16)} ${at(-0.19, 0.8)}L${at(0.19, 0.8)}${neck}
    C${at(0.86, 1.46)} ${at(1.12, 1.6)} ${at(1.12, 2.4)}L${at(1.12, 9)}Z`;
  return `<path fill="#6B7884" d="${body}"/>
    <ellipse fill="#929EA9" cx="${x}" cy="${y + head * 0.5}" rx="${head * 0.38}" ry="${head * 0.52}"/>
    <path fill="#4D5964" d="${hairPath(hair, at)}"/>`;
}

function hairPath(hair: Silhouette['hair'], at: (dx: number, dy: number) => string): string {
  if (hair === 'short')
    return `M${at(-0.39, 0.46)}C${at(-0.5, -0.27)} ${at(0.5, -0.27)} ${at(0.39, 0.46)}
      C${at(0.32, 0.2)} ${at(-0.08, 0.26)} ${at(-0.39, 0.46)}Z`;
  if (hair === 'long')
    return `M${at(-0.43, 0.98)}C${at(-0.62, -0.46)} ${at(0.62, -0.46)} ${at(0.43, 0.98)}L${at(0.33, 0.98)}
      C${at(0.41, 0.3)} ${at(0.08, 0.24)} ${at(-0.09, 0.2)}C${at(-0.23, 0.34)} ${at(-0.38, 0.5)} ${at(-0.33, 0.98)}Z`;
  return `M${at(-0.38, 0.36)}C${at(-0.43, -0.24)} ${at(0.43, -0.24)} ${at(0.38, 0.36)}
    C${at(0.23, 0.18)} ${at(-0.23, 0.18)} ${at(-0.38, 0.36)}Z`;
}
