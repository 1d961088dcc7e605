import { assert } from '#domain/assert';
import type { Point } from '#terminal/face/face-engine';
import type { Pixels } from '#terminal/face/image/pixels';
import { type Rectangle, type SourceMap, samplePlanes, stretch } from '#terminal/face/image/sample';
import type { OnnxNetwork } from '#terminal/face/onnx/onnx-network';

const SIDE = 64;
const SIZE = { width: SIDE, height: SIDE };
const LANDMARKS = 68;
export const LANDMARK_SHAPE = [1, 1, SIDE, SIDE];
const AREA = SIDE * SIDE;

/** 68 points within the square whose side is the *height* of the box, around the box's centre. */
export async function findLandmarks(
  network: OnnxNetwork,
  pixels: Pixels,
  box: Rectangle,
): Promise<readonly Point[]> {
  const map = stretch(squareAround(box), SIZE);
  const { output } = await network.run((input) => fillGrey(input, pixels, map));
  assert(output?.length === 2 * LANDMARKS, 'the landmark network gives 68 points');
  // Fractions of the input's pixels, so they go back the way the pixels came.
  return Array.from({ length: LANDMARKS }, (_, i) => ({
    x: map.x0 + map.xu * SIDE * (output[2 * i] ?? 0),
    y: map.y0 + map.yv * SIDE * (output[2 * i + 1] ?? 0),
  }));
}

/** Cut on whole pixels, as the network's own preparation did: half a pixel more or less shows in the figures. */
function squareAround(box: Rectangle): Rectangle {
  const side = Math.trunc(box.height);
  const x = Math.trunc(box.x + (box.width - box.height) / 2);
  return { x, y: Math.trunc(box.y), width: side, height: side };
}

function fillGrey(input: Float32Array, pixels: Pixels, map: SourceMap): void {
  const planes = new Float32Array(3 * AREA);
  samplePlanes(pixels, map, SIZE, planes);
  for (let i = 0; i < AREA; i += 1) {
    const [red, green, blue] = [planes[i] ?? 0, planes[i + AREA] ?? 0, planes[i + 2 * AREA] ?? 0];
    input[i] = (0.299 * red + 0.587 * green + 0.114 * blue) / 256;
  }
}
