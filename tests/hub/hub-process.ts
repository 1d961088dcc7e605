import { startHub } from '#hub/main';
import { configFor, hubDeps } from '#tests/hub/running-hub';

/** A hub in a process of its own, so that it can be killed: `node hub-process.ts FOLDER MQTT-PORT`. */
const [folder = '', mqttPort = '0'] = process.argv.slice(2);
const started = await startHub(configFor(folder, { mqttPort: Number(mqttPort) }), hubDeps);
if (!started.ok) throw new Error(started.failure.message.en);
const { brokerUrl, joinCode } = started.value;
process.stdout.write(`${JSON.stringify({ brokerUrl, joinCode })}\n`);
