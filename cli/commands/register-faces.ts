import type { Command } from 'commander';
import { addModelOptions, engineNamed, localSettings } from '#cli/commands/local-settings';
import type { Console } from '#cli/console';
import { speak } from '#cli/help';

export function addFacesCommand(program: Command, console: Console): void {
  const { language } = console;
  const chinese = language === 'zh-CN';
  const faces = program
    .command('faces')
    .description(chinese ? '评估人脸引擎' : 'measure a face engine');
  const command = speak(faces.command('eval'), language)
    .description(
      chinese
        ? '在一个人脸目录上测量：检测召回率、TAR@FMR、首位命中率、FNIR@FPIR 1 %'
        : 'measure detector recall, TAR at FMR, rank-1 and FNIR at FPIR 1 % on a folder of faces',
    )
    .requiredOption(
      '--data <folder>',
      chinese ? '含 manifest.json 的目录' : 'a folder with a manifest.json',
    )
    .option('--json', chinese ? '输出 JSON' : 'print JSON');
  addModelOptions(command, language).action(async (options: Record<string, unknown>) => {
    const settings = localSettings(options, console);
    const { runFacesEval } = await import('#cli/commands/faces'); // loads the neural runtime
    process.exitCode = await runFacesEval({
      data: String(options['data']),
      engine: engineNamed(options['engine']) ?? settings.faceEngine,
      modelDir: settings.modelDir,
      threads: settings.threads,
      output: options['json'] === true ? 'json' : 'table',
      console,
    });
  });
}
