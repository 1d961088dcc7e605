import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ready, setBackend } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import faceapi from '@vladmandic/face-api/dist/face-api.node-wasm.js';
import type { Picture } from '#platform/image/jpeg';

const { tf } = faceapi;

/** face-api by its own documentation: tiny detector, 68 points, 128-D descriptor, defaults throughout. */
export async function openFaceApiAsShipped(weightsFolder: string) {
  const tfjsWasm = '@tensorflow/tfjs-backend-wasm/package.json';
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve(tfjsWasm)), 'dist/'));
  await setBackend('wasm');
  await ready();
  const { tinyFaceDetector, faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
  for (const net of [tinyFaceDetector, faceLandmark68Net, faceRecognitionNet]) {
    await net.loadFromDisk(weightsFolder);
  }
  return { describe, matcherOf };
}

async function describe(picture: Picture): Promise<Float32Array | undefined> {
  const tensor = tensorOf(picture);
  const found = await faceapi
    .detectSingleFace(tensor, new faceapi.TinyFaceDetectorOptions())
    .withFaceLandmarks()
    .withFaceDescriptor();
  tensor.dispose();
  return found?.descriptor;
}

/** Its own matcher: Euclidean distance, below 0.6 is the same person. */
function matcherOf(descriptors: readonly Float32Array[]) {
  const labelled = descriptors.map(
    (descriptor, index) => new faceapi.LabeledFaceDescriptors(`p${index}`, [descriptor]),
  );
  return new faceapi.FaceMatcher(labelled);
}

function tensorOf({ width, height, rgba }: Picture) {
  const rgb = new Int32Array(width * height * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return tf.tensor3d(rgb, [height, width, 3], 'int32');
}
