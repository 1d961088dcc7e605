import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';

const fileName = z.string().regex(/^[^/\\]{1,200}$/, 'a file name without a folder');

/** `manifest.json` of a folder of pictures: people with several each, strangers with one. */
const manifest = z.object({
  source: z.string().default('unnamed'),
  people: z.record(z.string(), z.array(fileName)),
  strangers: z.array(fileName),
});

/** Pictures of faces to measure an engine on. */
export interface FaceSet {
  readonly source: string;
  /** Paths, by person, in the manifest's order. */
  readonly people: readonly (readonly string[])[];
  readonly strangers: readonly string[];
}

/** A folder that is not a set of faces: what is wrong and what to do. */
export function readFaceSet(folder: string): Result<FaceSet, Bilingual> {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) {
    return failed({
      en: `${file} is missing. --data takes a folder with manifest.json, people/ and strangers/.`,
      'zh-CN': `缺少 ${file}。--data 需要一个包含 manifest.json、people/ 和 strangers/ 的文件夹。`,
    });
  }
  const parsed = manifest.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const detail = z.prettifyError(parsed.error);
    return failed({
      en: `${file} is not a manifest of faces: {"people": {name: [file, …]}, "strangers": [file, …]}.\n${detail}`,
      'zh-CN': `${file} 不是有效的人脸清单:{"people": {姓名: [文件, …]}, "strangers": [文件, …]}。\n${detail}`,
    });
  }
  const { source, people, strangers } = parsed.data;
  return ok({
    source,
    people: Object.values(people).map((files) => files.map((name) => join(folder, 'people', name))),
    strangers: strangers.map((name) => join(folder, 'strangers', name)),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema says what was expected
  }
}
