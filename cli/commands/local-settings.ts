import { type Command, Option } from 'commander';
import type { Console } from '#cli/console';
import { settled } from '#cli/settled';
import { toldBy } from '#cli/told';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { Language, Texts } from '#platform/config/language';
import { terminalSettings } from '#terminal/config/terminal-settings';
import { FACE_ENGINE_KINDS, type FaceEngineKind } from '#terminal/face/models/model-cards';

/** What works on this machine's own files needs no hub; a terminal's settings want one all the same. */
const NO_HUB = { hubUrl: 'mqtt://127.0.0.1:1883' };

const TEXTS: Readonly<Record<'engine' | 'modelDir' | 'threads', Texts>> = {
  engine: { 'zh-CN': '人脸引擎', en: 'face engine' },
  modelDir: { 'zh-CN': '模型文件目录', en: 'folder of the model files' },
  threads: { 'zh-CN': '神经网络使用的线程数', en: 'threads of the neural networks' },
};

export function addModelOptions(command: Command, language: Language): Command {
  return command
    .addOption(
      new Option('--engine <kind>', TEXTS.engine[language]).choices([...FACE_ENGINE_KINDS]),
    )
    .option('--model-dir <folder>', `${TEXTS.modelDir[language]} [LINTEL_MODEL_DIR]`)
    .option('--threads <count>', `${TEXTS.threads[language]} [LINTEL_THREADS]`);
}

/** Where data and models are and how to run them, as a terminal on this machine would have it. */
export function localSettings(
  { dataDir, modelDir, threads }: Readonly<Record<string, unknown>>,
  console: Console,
): TerminalConfig {
  return settled(terminalSettings(toldBy({ dataDir, modelDir, threads }), NO_HUB), console);
}

export function engineNamed(name: unknown): FaceEngineKind | undefined {
  return FACE_ENGINE_KINDS.find((kind) => kind === name);
}
