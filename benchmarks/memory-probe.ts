/* A process with the engine open and one frame behind it: prints its resident memory in bytes. */
import { openBenchEngine } from '#benchmarks/stage';

const engine = await openBenchEngine();
const frame = {
  frameId: 1,
  capturedAtMs: 0,
  width: 960,
  height: 540,
  rgba: Uint8Array.from({ length: 960 * 540 * 4 }, (_, i) => (i * 7919) % 251),
};
await engine.detect(frame);
const landmarks = Array.from({ length: 68 }, (_, i) => ({ x: 300 + (i % 9) * 10, y: 200 + i }));
const face = {
  frameId: 1,
  box: { x: 300, y: 200, width: 100, height: 100 },
  score: 1,
  landmarks,
};
await engine.embed(frame, face);
await engine.liveness(frame, face);
process.stdout.write(String(process.memoryUsage.rss()));
