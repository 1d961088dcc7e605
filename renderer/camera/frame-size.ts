/** What the engine is sent at most: enough for a face at two metres, small enough to copy in a blink. */
const LONG_SIDE_MAX = 960;
const SHORT_SIDE_MAX = 540;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Scales down, never up, and keeps the shape. */
export function frameSize(video: Size): Size {
  const long = Math.max(video.width, video.height);
  const short = Math.min(video.width, video.height);
  const scale = Math.min(1, LONG_SIDE_MAX / long, SHORT_SIDE_MAX / short);
  return { width: Math.round(video.width * scale), height: Math.round(video.height * scale) };
}
