import { assert } from '#domain/assert';
import type { Point } from '#terminal/face/face-engine';
import { ALIGNED_SIDE, alignedToFrame } from '#terminal/face/image/align';
import type { Pixels } from '#terminal/face/image/pixels';
import { along, samplePlanes } from '#terminal/face/image/sample';
import type { OnnxNetwork } from '#terminal/face/onnx/onnx-network';
import { normalised } from '#terminal/face/template';

export const EMBEDDER_SHAPE = [1, 3, ALIGNED_SIDE, ALIGNED_SIDE];
const SIZE = { width: ALIGNED_SIDE, height: ALIGNED_SIDE };

export async function embedFace(
  network: OnnxNetwork,
  pixels: Pixels,
  landmarks: readonly Point[],
): Promise<Float32Array> {
  const { output } = await network.run((input) => {
    samplePlanes(pixels, along(alignedToFrame(landmarks)), SIZE, input);
    for (let i = 0; i < input.length; i += 1) input[i] = ((input[i] ?? 0) - 127) / 128;
  });
  assert(output !== undefined, 'the embedder gives a template');
  return normalised(output);
}
