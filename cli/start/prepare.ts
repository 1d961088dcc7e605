import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runModels } from '#cli/commands/models';
import type { Console } from '#cli/console';
import { Refusal } from '#cli/exit';
import { NODE, ROOT } from '#cli/start/node-process';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { cardOf } from '#terminal/face/models/model-cards';
import { checkModels } from '#terminal/face/models/model-store';

/** A packaged Lintel has its screens built and no tools; a checkout builds them when they are stale. */
export async function ensureBuilt(console: Console): Promise<void> {
  const tool = join(ROOT, 'tools', 'build.ts');
  if (!existsSync(tool)) return;
  const build = spawn(NODE, [tool, '--quiet'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: ROOT,
  });
  const [code] = await once(build, 'exit');
  if (code === 0) return;
  console.complain({
    'zh-CN': '界面构建失败，原因见上；修正后运行 npm run build。',
    en: 'Building the screens failed, see above; mend it and run npm run build.',
  });
  throw new Refusal('build');
}

/** Silent and offline when the models are here; else fetches them, once, with a progress bar. */
export async function ensureModels(config: TerminalConfig, console: Console): Promise<void> {
  const { modelDir, faceEngine } = config;
  const states = await checkModels(modelDir, cardOf(faceEngine));
  if (states.every(({ state }) => state === 'ok')) return;
  const code = await runModels({ action: 'fetch', engines: [faceEngine], modelDir, console });
  if (code === 0) return;
  console.complain({
    'zh-CN': '没有模型就无法识别人脸，但 PIN 打卡仍然可用。',
    en: 'Without models no face is recognised; punching with a PIN still works.',
  });
}
