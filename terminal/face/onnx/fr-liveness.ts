import { assert } from '#domain/assert';
import type { Pixels } from '#terminal/face/image/pixels';
import { type Rectangle, samplePlanes, stretch } from '#terminal/face/image/sample';
import type { OnnxNetwork } from '#terminal/face/onnx/onnx-network';

const SIDE = 128;
export const LIVENESS_SHAPE = [1, 3, SIDE, SIDE];
const AREA = SIDE * SIDE;
const SURROUNDINGS = 2.7; // the network judges the edge of a sheet or a screen, not the skin alone

/** 0…1, 1 = live. */
export async function scoreLiveness(
  network: OnnxNetwork,
  pixels: Pixels,
  box: Rectangle,
): Promise<number> {
  const crop = surroundings(box, pixels);
  const { output } = await network.run((input) => {
    const size = { width: SIDE, height: SIDE };
    samplePlanes(pixels, stretch(crop, size), size, input);
    swapRedAndBlue(input); // trained on BGR
  });
  assert(output !== undefined && output.length === 3, 'the liveness network gives three classes');
  const powers = output.map((value) => Math.exp(value - Math.max(...output)));
  return (powers[0] ?? 0) / powers.reduce((sum, value) => sum + value, 0);
}

/** The box enlarged about its centre, no larger than the frame, and shifted inside it. */
export function surroundings(box: Rectangle, frame: Pixels): Rectangle {
  const scale = Math.min(
    SURROUNDINGS,
    (frame.width - 1) / box.width,
    (frame.height - 1) / box.height,
  );
  const [width, height] = [box.width * scale, box.height * scale];
  const x = box.x + (box.width - width) / 2;
  const y = box.y + (box.height - height) / 2;
  return {
    x: Math.min(Math.max(x, 0), frame.width - width),
    y: Math.min(Math.max(y, 0), frame.height - height),
    width,
    height,
  };
}

function swapRedAndBlue(planes: Float32Array): void {
  const red = planes.slice(0, AREA);
  planes.copyWithin(0, 2 * AREA, 3 * AREA);
  planes.set(red, 2 * AREA);
}
