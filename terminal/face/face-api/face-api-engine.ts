import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ready, setBackend } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import faceapi from '@vladmandic/face-api/dist/face-api.node-wasm.js';
import type { Frame } from '#contracts/ipc/frame-codec';
import type { ModelCard } from '#contracts/models/model-card';
import { assert } from '#domain/assert';
import type { DetectedFace, FaceEngine, Point } from '#terminal/face/face-engine';
import { type Pixels, pixelsOf } from '#terminal/face/image/pixels';
import { type Rectangle, type Size, samplePlanes, stretch } from '#terminal/face/image/sample';
import type { Weights } from '#terminal/face/models/model-store';
import { normalised } from '#terminal/face/template';

const { tf } = faceapi;
type Tensor3D = ReturnType<typeof tf.tensor3d>;

const DETECTOR_SIDE = 416;
const SCORE_MIN = 0.5;
const LANDMARK_SIDE = 112;
const TEMPLATE_SIDE = 150;
const FACES_MAX = 20; // as of the other engine
const LANDMARKS = 68;

interface Networks {
  readonly detector: InstanceType<typeof faceapi.TinyFaceDetector>;
  readonly landmarks: InstanceType<typeof faceapi.FaceLandmark68Net>;
  readonly recognition: InstanceType<typeof faceapi.FaceRecognitionNet>;
}

/**
 * The second engine: face-api's networks on TensorFlow.js and WebAssembly, in one thread.
 *
 * Pictures are cut and scaled here and reach the networks small: converting a whole camera frame
 * to a tensor costs more than the networks do.
 *
 * @throws Error when the weights are not those networks
 */
export async function openFaceApiEngine(options: {
  readonly card: ModelCard;
  readonly weights: Weights;
}): Promise<FaceEngine> {
  await startBackend();
  const networks: Networks = {
    detector: new faceapi.TinyFaceDetector(),
    landmarks: new faceapi.FaceLandmark68Net(),
    recognition: new faceapi.FaceRecognitionNet(),
  };
  load(networks.detector, 'tiny_face_detector', options.weights);
  load(networks.landmarks, 'face_landmark_68', options.weights);
  load(networks.recognition, 'face_recognition', options.weights);
  return {
    card: options.card,
    detect: async (frame) => await detect(networks, frame),
    embed: async (frame, face) => await embed(networks, pixelsOf(frame), face.landmarks),
    liveness: async () => await Promise.resolve(undefined),
    close: async () => {
      for (const network of Object.values(networks)) network.dispose();
      await Promise.resolve();
    },
  };
}

/** Without the fetch flag: with it, Node's fetch is asked for a file path and refuses. */
async function startBackend(): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/package.json',
  );
  setWasmPaths(join(dirname(manifest), 'dist/'));
  await setBackend('wasm');
  await ready();
}

type Network = Networks[keyof Networks];

function load(network: Network, name: string, weights: Weights): void {
  const manifest = weights.get(`${name}_model-weights_manifest.json`);
  const bytes = weights.get(`${name}_model.bin`);
  assert(manifest !== undefined && bytes !== undefined, `the card lists ${name}`);
  const [group] = JSON.parse(Buffer.from(manifest).toString('utf8'));
  const buffer = new Uint8Array(bytes).buffer;
  network.loadFromWeightMap(tf.io.decodeWeights(buffer, group.weights));
}

async function detect(networks: Networks, frame: Frame): Promise<readonly DetectedFace[]> {
  const pixels = pixelsOf(frame);
  const scale = Math.max(pixels.width, pixels.height) / DETECTOR_SIDE;
  const whole = { x: 0, y: 0, width: DETECTOR_SIDE * scale, height: DETECTOR_SIDE * scale };
  const input = cut(pixels, whole, { width: DETECTOR_SIDE, height: DETECTOR_SIDE });
  const found = await networks.detector.locateFaces(input, {
    inputSize: DETECTOR_SIDE,
    scoreThreshold: SCORE_MIN,
  });
  input.dispose();
  const largest = found.toSorted((p, q) => q.box.area - p.box.area).slice(0, FACES_MAX);
  const faces: DetectedFace[] = [];
  for (const { box, score } of largest) {
    const place = {
      x: box.x * scale,
      y: box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    };
    const landmarks = await findLandmarks(networks, pixels, place);
    faces.push({ frameId: frame.frameId, box: place, score, landmarks });
  }
  return faces;
}

async function findLandmarks(networks: Networks, pixels: Pixels, box: Rectangle) {
  const shrink = LANDMARK_SIDE / Math.max(box.width, box.height);
  const size = {
    width: Math.max(1, Math.round(box.width * shrink)),
    height: Math.max(1, Math.round(box.height * shrink)),
  };
  const input = cut(pixels, box, size);
  const found = await networks.landmarks.detectLandmarks(input);
  input.dispose();
  const [landmarks] = Array.isArray(found) ? found : [found];
  assert(landmarks?.positions.length === LANDMARKS, 'the landmark network gives 68 points');
  return landmarks.positions.map((point) => ({
    x: box.x + (point.x / size.width) * box.width,
    y: box.y + (point.y / size.height) * box.height,
  }));
}

async function embed(
  networks: Networks,
  pixels: Pixels,
  landmarks: readonly Point[],
): Promise<Float32Array> {
  const size = { width: TEMPLATE_SIDE, height: TEMPLATE_SIDE };
  const input = cut(pixels, dlibSquare(landmarks, pixels), size);
  const descriptor = await networks.recognition.computeFaceDescriptor(input);
  input.dispose();
  assert(descriptor instanceof Float32Array, 'one picture gives one template');
  return normalised(descriptor);
}

/** The padded-box alignment that is face-api's default halves what strict thresholds accept. */
function dlibSquare(landmarks: readonly Point[], { width, height }: Size): Rectangle {
  const relative = landmarks.map(({ x, y }) => new faceapi.Point(x / width, y / height));
  const aligned = new faceapi.FaceLandmarks68(relative, { width, height });
  const box = aligned.align(null, { useDlibAlignment: true });
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

/** A part of the picture as the tensor the networks take: rows of RGB, 0…255. */
function cut(pixels: Pixels, from: Rectangle, size: Size): Tensor3D {
  const area = size.width * size.height;
  const planes = new Float32Array(3 * area);
  samplePlanes(pixels, stretch(from, size), size, planes);
  const rows = new Float32Array(3 * area);
  for (let i = 0; i < area; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rows[3 * i + channel] = planes[i + channel * area] ?? 0;
    }
  }
  return tf.tensor3d(rows, [size.height, size.width, 3]);
}
