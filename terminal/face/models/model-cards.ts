import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ModelCard, modelCard } from '#contracts/models/model-card';
import { assert } from '#domain/assert';

/** Face engines by the name configuration knows them by. */
export type FaceEngineKind = 'onnx' | 'face-api';

const CARD_OF: Readonly<Record<FaceEngineKind, string>> = { onnx: 'fr', 'face-api': 'face-api' };
export const FACE_ENGINE_KINDS: readonly FaceEngineKind[] = ['onnx', 'face-api'];

/** @throws ZodError when the card that came with this build is not one: a broken installation */
export function cardOf(kind: FaceEngineKind): ModelCard {
  const file = join(cardFolder(import.meta.dirname), `${CARD_OF[kind]}.json`);
  return modelCard.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** `models/` lies at the top of the installation, however deep this file ends up in a bundle. */
function cardFolder(from: string): string {
  const folder = join(from, 'models');
  if (existsSync(join(folder, 'fr.json'))) return folder;
  assert(dirname(from) !== from, 'the model cards are part of the installation');
  return cardFolder(dirname(from));
}
