import { hubConfig } from '#contracts/config/hub-config';
import { startHub } from '#hub/main';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

/** A hub in a process of its own, so that it can be killed: `node hub-process.ts CONFIGURATION`. */
const config = hubConfig.parse(JSON.parse(process.argv[2] ?? ''));
const deps = { clock: systemClock(), logger: createLogger('hub', 'silent') };
const started = await startHub(config, deps);
if (!started.ok) throw new Error(started.failure.message.en);
const { brokerUrl, joinCode } = started.value;
process.stdout.write(`${JSON.stringify({ brokerUrl, joinCode })}\n`);
