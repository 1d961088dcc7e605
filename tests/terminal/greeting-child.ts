import { terminalConfig } from '#contracts/config/terminal-config';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { startTerminalEngine } from '#terminal/engine';
import { accepted, face, ScriptedFaces } from '#tests/terminal/scripted-faces';
import { TestScreen } from '#tests/terminal/test-screen';

// A terminal in a process of its own: greets one face after another and prints each greeting the moment
// it is told, so that whoever reads it can cut the power right then.

const [, , dataDir = '', personId = ''] = process.argv;
const faces = new ScriptedFaces();
const started = await startTerminalEngine(
  terminalConfig.parse({
    dataDir,
    hubUrl: 'mqtt://127.0.0.1:1',
    modelDir: dataDir,
    coolDownSeconds: 0,
    logLevel: 'silent',
  }),
  {
    clock: systemClock(),
    logger: createLogger('test', 'silent'),
    openFaces: faces.open,
    scanWifi: async () => ({ absent: 'no-adapter' }),
  },
);
if (!started.ok) throw new Error(started.failure.message.en);
const screen = new TestScreen();
started.value.attach(screen.pipe);
await screen.hello();
let told = 0;
for (let trackId = 1; ; trackId += 1) {
  faces.faces = [face(trackId, { decision: accepted(personId) })];
  screen.frame(trackId);
  await new Promise((resolve) => setTimeout(resolve, 1));
  for (const { punchSeq } of screen.heard('greeting').slice(told)) {
    process.stdout.write(`${punchSeq}\n`);
    told += 1;
  }
}
