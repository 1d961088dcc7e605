import type { Command } from 'commander';
import { localSettings } from '#cli/commands/local-settings';
import type { Console } from '#cli/console';
import { toldBy } from '#cli/told';

export function addDemoCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  program
    .command('demo')
    .description(
      chinese
        ? '没有摄像头和屏幕也能看：照片里的人在真实流程里录入并打卡'
        : 'without camera or screen: people from photographs are enrolled and punched for real',
    )
    .option('--show', chinese ? '打开窗口' : 'open a window')
    .action(async (options: Record<string, unknown>) => {
      const { runDemo } = await import('#cli/commands/demo'); // loads browser driver and hub
      process.exitCode = await runDemo({
        look: options['show'] === true ? 'shown' : 'headless',
        config: localSettings({}, console),
        cacheDir: toldBy({}).cacheFolder,
        console,
      });
    });
}
