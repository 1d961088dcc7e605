/** Entry of the utility process: the engine, told what to do by the shell. */
import '#electron/temporal';
import type { MessageEvent, MessagePortMain } from 'electron';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { type UtilityReport, utilityOrder } from '#contracts/ipc/utility-engine';
import { portPipe } from '#electron/engine/port-pipe';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { startTerminalEngine, type TerminalEngine } from '#terminal/engine';

let engine: TerminalEngine | undefined;

process.parentPort.on('message', ({ data, ports }: MessageEvent) => {
  const order = utilityOrder.parse(data);
  if (order.t === 'start') void begin(order.config);
  else if (order.t === 'pipe') attach(ports[0]);
  else void end();
});

async function begin(config: TerminalConfig): Promise<void> {
  const logger = createLogger('engine', config.logLevel);
  const started = await startTerminalEngine(config, { clock: systemClock(), logger });
  if (started.ok) {
    engine = started.value;
    report({ t: 'ready' });
    return;
  }
  report({ t: 'failed', reason: started.failure.reason, message: started.failure.message });
  process.exit(1);
}

/** A port that comes before the engine is there is closed; the page asks again. */
function attach(port: MessagePortMain | undefined): void {
  if (port === undefined) return;
  if (engine) engine.attach(portPipe(port));
  else port.close();
}

async function end(): Promise<void> {
  await engine?.stop();
  process.exit(0);
}

function report(message: UtilityReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  process.parentPort.postMessage(message);
}
