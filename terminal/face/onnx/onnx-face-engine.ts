import type { Frame } from '#contracts/ipc/frame-codec';
import type { ModelCard } from '#contracts/models/model-card';
import { assert } from '#domain/assert';
import type { DetectedFace, FaceEngine } from '#terminal/face/face-engine';
import { pixelsOf } from '#terminal/face/image/pixels';
import type { Weights } from '#terminal/face/models/model-store';
import { DETECTOR_SHAPE, findFaces } from '#terminal/face/onnx/fr-detector';
import { EMBEDDER_SHAPE, embedFace } from '#terminal/face/onnx/fr-embedder';
import { findLandmarks, LANDMARK_SHAPE } from '#terminal/face/onnx/fr-landmarks';
import { LIVENESS_SHAPE, scoreLiveness } from '#terminal/face/onnx/fr-liveness';
import { OnnxNetwork } from '#terminal/face/onnx/onnx-network';

export interface OnnxEngineOptions {
  readonly card: ModelCard;
  readonly weights: Weights;
  readonly threads: number;
}

/** @throws Error from the runtime when a file is not a network it can run */
export async function openOnnxFaceEngine(options: OnnxEngineOptions): Promise<FaceEngine> {
  const { card, threads } = options;
  const open = async (name: string, inputShape: readonly number[]) => {
    const weights = options.weights.get(name);
    assert(weights !== undefined, `the card lists ${name}`);
    return await OnnxNetwork.open({ weights, inputShape, threads });
  };
  const detector = await open('fr_detect.onnx', DETECTOR_SHAPE);
  const landmarks = await open('fr_landmark.onnx', LANDMARK_SHAPE);
  const embedder = await open('fr_feature.onnx', EMBEDDER_SHAPE);
  const liveness = await open('fr_liveness.onnx', LIVENESS_SHAPE);
  return {
    card,
    detect: async (frame) => await detect(frame, { detector, landmarks }),
    embed: async (frame, face) => await embedFace(embedder, pixelsOf(frame), face.landmarks),
    liveness: async (frame, face) => await scoreLiveness(liveness, pixelsOf(frame), face.box),
    close: async () => {
      for (const network of [detector, landmarks, embedder, liveness]) await network.close();
    },
  };
}

async function detect(
  frame: Frame,
  networks: { readonly detector: OnnxNetwork; readonly landmarks: OnnxNetwork },
): Promise<readonly DetectedFace[]> {
  const pixels = pixelsOf(frame);
  const faces: DetectedFace[] = [];
  for (const { box, score } of await findFaces(networks.detector, pixels)) {
    const landmarks = await findLandmarks(networks.landmarks, pixels, box);
    faces.push({ frameId: frame.frameId, box, score, landmarks });
  }
  return faces;
}
