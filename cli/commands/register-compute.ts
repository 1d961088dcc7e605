import type { Command } from 'commander';
import type { Console } from '#cli/console';

export function addComputeCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  program
    .command('compute')
    .argument(
      '[file]',
      chinese
        ? '考勤文档（JSON）；不写则读标准输入'
        : 'attendance document (JSON); standard input without it',
    )
    .description(
      chinese
        ? '按文档里的规则、排班、打卡和审批计算考勤，不保存任何内容'
        : 'compute the days of a document of rules, rosters, punches and forms; nothing is stored',
    )
    .option(
      '--explain',
      chinese ? '用文字逐日说明，而不是 JSON' : 'say day by day how it came about',
    )
    .option('--schema', chinese ? '打印文档的 JSON Schema' : 'print the document’s JSON Schema')
    .action(async (file: string | undefined, given: Record<string, unknown>) => {
      const { runCompute } = await import('#cli/commands/compute');
      const shown = given['explain'] === true ? (`explain-${console.language}` as const) : 'json';
      process.exitCode = await runCompute({
        ...(file === undefined ? {} : { file }),
        output: given['schema'] === true ? 'schema' : shown,
      });
    });
}
