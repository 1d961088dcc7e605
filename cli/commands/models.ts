import { SingleBar } from 'cli-progress';
import type { Console } from '#cli/console';
import { plain } from '#cli/console';
import type { ModelCard } from '#contracts/models/model-card';
import { cardOf, type FaceEngineKind } from '#terminal/face/models/model-cards';
import { checkModels, type FileState, fetchModels } from '#terminal/face/models/model-store';

export interface ModelsOptions {
  /** `list` says what there is and what is doubtful about it; `fetch` makes sure it is here. */
  readonly action: 'list' | 'fetch';
  readonly engines: readonly FaceEngineKind[];
  readonly modelDir: string;
  readonly console: Console;
}

const EXIT = { done: 0, failed: 1 } as const;

/** `lintel models list | fetch`. Fetching what is there already says so and asks no network. */
export async function runModels(options: ModelsOptions): Promise<number> {
  let exit: number = EXIT.done;
  for (const kind of options.engines) {
    const card = cardOf(kind);
    const done = options.action === 'list' ? await list(card, options) : await fetch(card, options);
    if (done !== EXIT.done) exit = done;
  }
  return exit;
}

const STATE: Readonly<Record<FileState, { readonly en: string; readonly 'zh-CN': string }>> = {
  ok: { en: 'here, verified', 'zh-CN': '已就绪,已校验' },
  missing: { en: 'not fetched', 'zh-CN': '未获取' },
  corrupt: { en: 'damaged: fetch again', 'zh-CN': '已损坏,请重新获取' },
};

async function list(card: ModelCard, { modelDir, console }: ModelsOptions): Promise<number> {
  const states = await checkModels(modelDir, card);
  const spec = `${card.npm.name}@${card.npm.version}`;
  console.say(plain(`${card.id}: ${card.title}\n  npm ${spec}`));
  console.say({ en: `  Licence: ${card.licence}`, 'zh-CN': `  许可:${card.licence}` });
  for (const doubt of card.doubts) {
    console.say({ en: `  Doubt: ${doubt}`, 'zh-CN': `  存疑:${doubt}` });
  }
  for (const { name, state } of states) {
    console.say({
      en: `  ${name}: ${STATE[state].en}`,
      'zh-CN': `  ${name}:${STATE[state]['zh-CN']}`,
    });
  }
  return states.every(({ state }) => state === 'ok') ? EXIT.done : EXIT.failed;
}

async function fetch(card: ModelCard, { modelDir, console }: ModelsOptions): Promise<number> {
  const bar = new SingleBar({
    format: `{bar} {value}/{total}  {subject}`,
    clearOnComplete: true,
    hideCursor: true,
  });
  const steps = card.files.length + 1; // the download is the first
  const fetched = await fetchModels({
    card,
    modelDir,
    onProgress: ({ step, subject, filesDone }) => {
      if (step === 'downloading') bar.start(steps, 0, { subject });
      else bar.update(filesDone + 1, { subject });
    },
  });
  bar.stop();
  if (!fetched.ok) {
    console.complain(fetched.failure.message);
    return EXIT.failed;
  }
  const words =
    fetched.value === 'present'
      ? { en: `${card.id}: already here and genuine`, 'zh-CN': `${card.id}:已就绪,校验通过` }
      : { en: `${card.id}: fetched and verified`, 'zh-CN': `${card.id}:已获取并校验` };
  console.say(words);
  return EXIT.done;
}
