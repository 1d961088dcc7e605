import { failed, ok, type Result } from '#domain/result';
import type { Logger } from '#platform/log/logger';
import type { FaceEngine } from '#terminal/face/face-engine';
import { cardOf, type FaceEngineKind } from '#terminal/face/models/model-cards';
import { corrupt, type ModelFailure } from '#terminal/face/models/model-failure';
import { readWeights } from '#terminal/face/models/model-store';

export interface FaceEngineOptions {
  readonly kind: FaceEngineKind;
  readonly modelDir: string;
  readonly threads: number;
  readonly logger: Logger;
}

/**
 * Opens the configured engine over verified weights; fetches nothing. The networks of the engine
 * that is not chosen are never loaded, nor is its runtime.
 */
export async function openFaceEngine(
  options: FaceEngineOptions,
): Promise<Result<FaceEngine, ModelFailure>> {
  const { kind, modelDir, threads, logger } = options;
  const card = cardOf(kind);
  const weights = await readWeights(modelDir, card);
  if (!weights.ok) return weights;
  try {
    const engine =
      kind === 'onnx'
        ? await (await import('#terminal/face/onnx/onnx-face-engine')).openOnnxFaceEngine({
            card,
            weights: weights.value,
            threads,
          })
        : await (await import('#terminal/face/face-api/face-api-engine')).openFaceApiEngine({
            card,
            weights: weights.value,
          });
    logger.info({ engine: kind, card: card.id, threads }, 'face engine open');
    return ok(engine);
  } catch (error) {
    // The digests were right, so it is the runtime that cannot run them; IT needs its words.
    logger.error({ engine: kind, error: String(error) }, 'face engine cannot run its networks');
    return failed(corrupt(`${modelDir}/${card.id}`));
  }
}
