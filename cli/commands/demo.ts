import { availableParallelism } from 'node:os';
import { ensureBrowser } from '#browser/ensure-browser';
import type { Console } from '#cli/console';
import { enrolEverybody, type Play, punchesAtHub, untilReady, walkPast } from '#cli/demo/acts';
import { Stage } from '#cli/demo/stage';
import { untilStopped } from '#cli/exit';
import { OUT } from '#cli/start/node-process';
import { ensureBuilt, ensureModels } from '#cli/start/prepare';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { loadPhotographs, type Photographs } from '#simulators/camera/photographs';
import { STRANGERS } from '#simulators/door/cast';
import { type DemoSummary, isSound, summarise } from '#simulators/door/summary';
import { browserPage } from '#simulators/visitor/browser-page';
import { KioskHands } from '#simulators/visitor/kiosk-hands';

export interface DemoOptions {
  /** `shown` opens a window; there must be a display. */
  readonly look: 'headless' | 'shown';
  /** Where the models are, as a terminal on this machine would have it. */
  readonly config: TerminalConfig;
  /** For what was fetched once and can be fetched again. */
  readonly cacheDir: string;
  readonly console: Console;
}

const EXIT = { sound: 0, unsound: 1, interrupted: 130 } as const;
const MS = 1000;

/**
 * A hub, a terminal and its kiosk in a browser, for a machine with no camera and no screen: people are
 * enrolled at the kiosk and walk past with strangers among them.
 *
 * @returns the exit code: 0 only if every greeted punch is at the hub exactly once and nobody was
 * taken for somebody else
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const tell = progress();
  await ensureBuilt(options.console);
  await ensureModels(options.config, options.console);
  const browser = ensureBrowser(tell);
  if (!browser.ok) return refuse(browser.failure);
  const photographs = await loadPhotographs(options.cacheDir);
  if (!photographs.ok) return refuse(photographs.failure);
  const stage = new Stage({
    browserPath: browser.value.executablePath,
    rendererDir: OUT.renderer,
    consoleDir: OUT.console,
    modelDir: options.config.modelDir,
    threads: Math.min(2, availableParallelism()),
    look: options.look,
  });
  const stopped = untilStopped();
  try {
    const played = play(stage, photographs.value, tell);
    played.catch(() => undefined); // after Ctrl-C, what breaks is what is being taken down
    const summary = await Promise.race([played, stopped]);
    if (typeof summary === 'string') return EXIT.interrupted;
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return isSound(summary) ? EXIT.sound : EXIT.unsound;
  } catch (error) {
    return refuse(
      `The demo could not go on: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await stage.stop();
  }
}

async function play(
  stage: Stage,
  photographs: Photographs,
  tell: (line: string) => void,
): Promise<DemoSummary> {
  const { page } = await stage.start();
  tell(
    `Hub and console: ${stage.site.hub.httpUrl}; data in ${stage.site.folder}, removed at the end.`,
  );
  await untilReady({ stage, tell });
  const acts: Play = {
    stage,
    photographs,
    hands: new KioskHands(browserPage(page), 'zh-CN'),
    tell,
  };
  const enrolled = await enrolEverybody(acts);
  tell(`Enrolled: ${enrolled.length}. Now they walk past, with ${STRANGERS.length} strangers.`);
  const peopleShown = await walkPast(acts);
  const punches = await punchesAtHub(acts);
  return summarise({ observer: stage.observer, peopleShown, enrolled, punches });
}

/** Lines on standard error, each with the seconds gone by. */
function progress(): (line: string) => void {
  const startedMs = performance.now();
  return (line) => {
    const seconds = Math.round((performance.now() - startedMs) / MS);
    process.stderr.write(`[${String(seconds).padStart(3)} s] ${line}\n`);
  };
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return EXIT.unsound;
}
