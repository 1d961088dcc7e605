import { SingleBar } from 'cli-progress';
import type { Console } from '#cli/console';
import { plain } from '#cli/console';
import { createLogger } from '#platform/log/logger';
import {
  evaluateFaces,
  type FaceEvaluation,
  measured,
  type SkippedPicture,
} from '#terminal/face/evaluation/evaluate-faces';
import { readFaceSet } from '#terminal/face/evaluation/face-set';
import type { FaceEngineKind } from '#terminal/face/models/model-cards';
import { openFaceEngine } from '#terminal/face/open-face-engine';

export interface FacesEvalOptions {
  /** Folder with `manifest.json`, `people/` and `strangers/`. */
  readonly data: string;
  readonly engine: FaceEngineKind;
  readonly modelDir: string;
  readonly threads: number;
  readonly output: 'table' | 'json';
  readonly console: Console;
}

const EXIT = { done: 0, failed: 1 } as const;
const SKIPPED_NAMED_MAX = 10; // enough to see the pattern; all of them are in the JSON

/** `lintel faces eval`: how good an engine is on a folder of faces. */
export async function runFacesEval(options: FacesEvalOptions): Promise<number> {
  const { data, engine: kind, modelDir, threads, console } = options;
  const faces = readFaceSet(data);
  if (!faces.ok) {
    console.complain(faces.failure);
    return EXIT.failed;
  }
  const logger = createLogger('faces', 'error');
  const engine = await openFaceEngine({ kind, modelDir, threads, logger });
  if (!engine.ok) {
    console.complain(engine.failure.message);
    return EXIT.failed;
  }
  const bar = new SingleBar({ format: '{bar} {value}/{total}  {eta_formatted}' });
  bar.start(faces.value.people.flat().length + faces.value.strangers.length, 0);
  const onProgress = (done: number) => bar.update(done);
  const evaluation = await evaluateFaces({
    engine: measured(engine.value),
    faces: faces.value,
    onProgress,
  });
  bar.stop();
  await engine.value.close();
  report(evaluation, options);
  return evaluation.found === 0 ? EXIT.failed : EXIT.done;
}

function report(evaluation: FaceEvaluation, { output, console }: FacesEvalOptions): void {
  if (output === 'json') console.say(plain(JSON.stringify(evaluation)));
  else console.say({ en: tableOf(evaluation, ENGLISH), 'zh-CN': tableOf(evaluation, CHINESE) });
  for (const skipped of evaluation.skipped.slice(0, SKIPPED_NAMED_MAX)) {
    console.complain(skippedText(skipped));
  }
  if (evaluation.found === 0) {
    console.complain({
      en: 'No face was found in any picture: there is nothing to measure.',
      'zh-CN': '所有图片中都没有检测到人脸,无法评估。',
    });
  }
}

function skippedText({ path, reason }: SkippedPicture) {
  const why = {
    absent: { en: 'is not there', 'zh-CN': '不存在' },
    'not-a-jpeg': { en: 'is not a JPEG picture', 'zh-CN': '不是 JPEG 图片' },
    'too-large': { en: 'is too large', 'zh-CN': '过大' },
    damaged: { en: 'is damaged', 'zh-CN': '已损坏' },
  }[reason];
  return { en: `Skipped: ${path} ${why.en}.`, 'zh-CN': `已跳过:${path} ${why['zh-CN']}。` };
}

interface Words {
  readonly recall: string;
  readonly skipped: string;
  readonly speed: string;
  readonly pairs: string;
  readonly identification: string;
}

const ENGLISH: Words = {
  recall: 'detector recall',
  skipped: 'pictures skipped',
  speed: 'ms per picture',
  pairs: 'genuine / impostor pairs',
  identification: 'enrolled  probes   rank-1  no stranger  FNIR@FPIR 1 %',
};
const CHINESE: Words = {
  recall: '检测召回率',
  skipped: '跳过的图片',
  speed: '每张毫秒',
  pairs: '同人 / 异人对数',
  identification: '注册张数    测试    首位命中   零误识接受  FNIR@FPIR 1 %',
};

function tableOf(evaluation: FaceEvaluation, words: Words): string {
  const { modelId, dataSet, verification, identification } = evaluation;
  const recall = `${percent(evaluation.recall)} (${evaluation.found}/${evaluation.pictures})`;
  return [
    `${modelId} · ${dataSet}`,
    `${words.recall}: ${recall}   ${words.skipped}: ${evaluation.skipped.length}   ${words.speed}: ${evaluation.millisecondsPerPicture.toFixed(1)}`,
    `${words.pairs}: ${verification.genuinePairs} / ${verification.impostorPairs}`,
    '',
    'FMR      TAR       cos',
    ...verification.figures.map(
      ({ fmr, similarity, tar }) =>
        `${fmr.toExponential(0).padEnd(8)} ${percent(tar).padEnd(9)} ${similarity.toFixed(3)}`,
    ),
    '',
    words.identification,
    ...identification
      .filter(({ probes }) => probes > 0)
      .map((figure) =>
        [
          String(figure.enrolled).padStart(8),
          String(figure.probes).padStart(8),
          percent(figure.rank1).padStart(9),
          percent(figure.acceptedWithoutStranger).padStart(12),
          percent(figure.fnirAtFpir1).padStart(14),
        ].join(''),
      ),
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
