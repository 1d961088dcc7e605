import { encodeJpeg } from '#platform/image/jpeg';
import { drawView, emptyDoorway, type View } from '#simulators/camera/view';

/** One second of what the camera sees, as JPEGs to be repeated. */
export type Loop = readonly Uint8Array[];

const QUALITY = 90; // a good webcam; lower and the sharpness gate begins to see the blocks
/** Pictures in a loop; even four positions a second keep a track alive, and drawing one costs. */
const LOOP_FRAMES = 4;
const SWAY_PIXELS = 5; // of the photograph; a person who stands still sways about that much
const BREATH = 0.006; // how much closer and farther, of the span

/** People standing before the camera: they sway and breathe, they do not walk. */
export async function standing(view: View): Promise<Loop> {
  const loop: Uint8Array[] = [];
  for (let frame = 0; frame < LOOP_FRAMES; frame += 1) {
    const angle = (2 * Math.PI * frame) / LOOP_FRAMES;
    const moved: View = {
      ...view,
      centre: {
        x: view.centre.x + SWAY_PIXELS * Math.sin(angle),
        y: view.centre.y + (SWAY_PIXELS / 2) * Math.cos(angle),
      },
      span: view.span * (1 + BREATH * Math.sin(angle)),
    };
    loop.push(await encodeJpeg(drawView(moved), QUALITY));
  }
  return loop;
}

export async function nobody(): Promise<Loop> {
  return [await encodeJpeg(emptyDoorway(), QUALITY)];
}
