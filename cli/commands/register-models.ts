import { Argument, type Command } from 'commander';
import { addModelOptions, engineNamed, localSettings } from '#cli/commands/local-settings';
import { runModels } from '#cli/commands/models';
import type { Console } from '#cli/console';
import { FACE_ENGINE_KINDS } from '#terminal/face/models/model-cards';

export function addModelsCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  const action = new Argument(
    '[action]',
    chinese ? 'list 列出，fetch 获取并校验' : 'list what is here, or fetch and verify it',
  );
  const command = program
    .command('models')
    .description(chinese ? '列出或获取模型文件' : 'list the model files, or fetch them')
    .addArgument(action.choices(['list', 'fetch']).default('list'));
  addModelOptions(command, console.language).action(
    async (verb: string, options: Record<string, unknown>) => {
      const { modelDir } = localSettings(options, console);
      const one = engineNamed(options['engine']);
      process.exitCode = await runModels({
        action: verb === 'fetch' ? 'fetch' : 'list',
        engines: one === undefined ? FACE_ENGINE_KINDS : [one],
        modelDir,
        console,
      });
    },
  );
}
