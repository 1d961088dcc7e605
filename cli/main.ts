import { Command } from 'commander';
import { addDoctorCommand } from '#cli/commands/doctor';
import { addHubCommand } from '#cli/commands/hub';
import { addComputeCommand } from '#cli/commands/register-compute';
import { addDemoCommand } from '#cli/commands/register-demo';
import { addFacesCommand } from '#cli/commands/register-faces';
import { addModelsCommand } from '#cli/commands/register-models';
import { addVerifyCommand } from '#cli/commands/register-verify';
import { addStartCommand } from '#cli/commands/start';
import { addTerminalCommand } from '#cli/commands/terminal';
import { type Console, consoleIn } from '#cli/console';
import { Refusal } from '#cli/exit';
import { explain, speak } from '#cli/help';
import { languageOf, type Texts } from '#platform/config/language';

const ABOUT: Texts = {
  'zh-CN': '门楣：办公入口的考勤。人脸在本机识别，每次打卡都留存。',
  en: 'Lintel: attendance at the office entrance. Faces recognised locally, every punch kept.',
};

const MORE: Texts = {
  'zh-CN': `
设置按以下顺序生效，后者优先：数据目录里的 lintel.json、环境变量（LINTEL_…）、选项。
每个命令的选项见：npx lintel <命令> --help`,
  en: `
Settings come from lintel.json in the data folder, the environment (LINTEL_…) and flags; later ones win.
Options of a command: npx lintel <command> --help`,
};

/** Runs one command line; the exit code is 0 when it did what was asked. */
export async function main(args: readonly string[]): Promise<void> {
  const console = consoleIn(languageOf(process.env));
  const program = programFor(console);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = error instanceof Refusal ? 1 : explain(error, { args, console, program });
  }
  process.exit(); // a child that is still closing must not hold the command line
}

function programFor(console: Console): Command {
  const { language } = console;
  const program = speak(new Command('lintel'), language);
  program.usage(language === 'zh-CN' ? '<命令> [选项]' : '<command> [options]');
  program.description(ABOUT[language]).addHelpText('after', MORE[language]);
  addStartCommand(program, console);
  addHubCommand(program, console);
  addTerminalCommand(program, console);
  addDemoCommand(program, console);
  addModelsCommand(program, console);
  addFacesCommand(program, console);
  addVerifyCommand(program, console);
  addComputeCommand(program, console);
  addDoctorCommand(program, console);
  for (const command of program.commands) speak(command, language);
  return program;
}
