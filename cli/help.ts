import { type Command, CommanderError, Help } from 'commander';
import type { Console } from '#cli/console';
import type { Language, Texts } from '#platform/config/language';
import { nearest } from '#platform/config/setting-names';

/** The few words commander itself puts into a help page. */
const CHINESE: ReadonlyMap<string, string> = new Map([
  ['Usage:', '用法：'],
  ['Options:', '选项：'],
  ['Commands:', '命令：'],
  ['Arguments:', '参数：'],
]);

const WIDTH_MAX = 100; // columns; a terminal that is narrower says so itself

/** A program or command whose help page speaks the person's language and never exits by itself. */
export function speak(command: Command, language: Language): Command {
  const help = language === 'zh-CN' ? '显示帮助' : 'show this help';
  return command
    .helpOption('-h, --help', help)
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined }) // `explain` says it, in the right language
    .configureHelp({
      helpWidth: Math.min(process.stdout.columns ?? WIDTH_MAX, WIDTH_MAX),
      styleTitle: (title) => (language === 'zh-CN' ? (CHINESE.get(title) ?? title) : title),
    });
}

export interface Mistaken {
  readonly args: readonly string[];
  readonly console: Console;
  readonly program: Command;
}

/**
 * Says what was wrong with a command line, and what may have been meant.
 *
 * @returns the exit code: 0 for a help page, 1 for a mistake
 */
export function explain(error: unknown, { args, console, program }: Mistaken): number {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 0;
  const typed = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      console.complain(noSuch({ what: OPTION, typed, valid: flagsOf(commandIn(program, args)) }));
      break;
    case 'commander.unknownCommand':
      console.complain(noSuch({ what: COMMAND, typed, valid: namesOf(program) }));
      break;
    case 'commander.help':
      break; // no command was given, the help page was shown
    default:
      console.complain(otherMistake(error, typed));
  }
  return 1;
}

/** The rest of what commander finds, which it says in English only. */
function otherMistake({ code, message }: CommanderError, typed: string): Texts {
  const en = message.replace(/^error: /, '');
  const chinese: Readonly<Record<string, string>> = {
    'commander.excessArguments': '参数太多，请看 --help。',
    'commander.optionMissingArgument': `${typed} 后面缺少值。`,
    'commander.missingMandatoryOptionValue': `缺少必需的选项 ${typed}。`,
    'commander.invalidArgument': `${typed} 不是可用的值，请看 --help。`,
  };
  return { 'zh-CN': chinese[code] ?? en, en };
}

const OPTION: Texts = { 'zh-CN': '选项', en: 'option' };
const COMMAND: Texts = { 'zh-CN': '命令', en: 'command' };

interface Unknown {
  readonly what: Texts;
  readonly typed: string;
  readonly valid: readonly string[];
}

function noSuch({ what, typed, valid }: Unknown): Texts {
  const meant = nearest(typed, valid);
  return {
    'zh-CN': `没有 ${typed} 这个${what['zh-CN']}${meant ? `，您是不是想写 ${meant}？` : '，请看 --help。'}`,
    en: `There is no ${what.en} ${typed}${meant ? `; did you mean ${meant}?` : '; see --help.'}`,
  };
}

/** The command that was being parsed: the named one, else the program itself. */
function commandIn(program: Command, args: readonly string[]): Command {
  return program.commands.find((command) => args.includes(command.name())) ?? program;
}

function namesOf(program: Command): string[] {
  return program.commands.map((command) => command.name());
}

function flagsOf(command: Command): string[] {
  return new Help().visibleOptions(command).flatMap(({ long }) => (long ? [long] : []));
}
