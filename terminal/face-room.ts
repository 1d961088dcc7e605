import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { ModelCard } from '#contracts/models/model-card';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import { ok, type Result } from '#domain/result';
import type { Logger } from '#platform/log/logger';
import type { FaceWatcher } from '#terminal/face/face-observation';
import { createFaceWatcher } from '#terminal/face/face-watcher';
import { FaceGallery } from '#terminal/face/gallery/face-gallery';
import { openFaceEngine } from '#terminal/face/open-face-engine';

/** Everything about faces that the rest of the engine touches. */
export interface FaceRoom {
  readonly card: ModelCard;
  readonly gallery: FaceGallery;
  readonly watcher: FaceWatcher;
  close(): Promise<void>;
}

export interface FaceRoomFailure {
  readonly message: Bilingual;
}

export type OpenFaces = (
  config: TerminalConfig,
  logger: Logger,
) => Promise<Result<FaceRoom, FaceRoomFailure>>;

export async function openFaceRoom(
  config: TerminalConfig,
  logger: Logger,
): Promise<Result<FaceRoom, FaceRoomFailure>> {
  const { faceEngine: kind, modelDir, threads, liveness } = config;
  const opened = await openFaceEngine({ kind, modelDir, threads, logger });
  if (!opened.ok) return opened;
  const engine = opened.value;
  const gallery = new FaceGallery(engine.card.templateLength);
  const watcher = createFaceWatcher({ engine, gallery, liveness });
  return ok({ card: engine.card, gallery, watcher, close: () => engine.close() });
}
