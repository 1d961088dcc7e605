import { z } from 'zod';
import { logLevel } from '#contracts/config/hub-config';

const port = z.coerce.number().int().min(0).max(65_535);

/** Everything a terminal can be told; each key has a flag and an environment variable of its own. */
export const terminalConfig = z.strictObject({
  dataDir: z.string().min(1),
  /** Where the hub's broker is. */
  hubUrl: z.url({ protocol: /^mqtts?$/ }),
  /** PEM file of a private certificate authority. */
  hubCa: z.string().optional(),
  /** Shown by the hub; needed once, kept afterwards. */
  joinCode: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([a-z2-7]{4}-){4}[a-z2-7]{4}$/, 'five groups of four, as the hub shows it')
    .optional(),
  /** What the console calls this terminal. */
  name: z.string().trim().min(1).max(80).default('Terminal'),
  /** Port of the browser shell, always on the loopback address; 0 = any free one. */
  kioskPort: port.default(0),
  shell: z.enum(['auto', 'electron', 'chromium', 'none']).default('auto'),
  faceEngine: z.enum(['onnx', 'face-api']).default('onnx'),
  modelDir: z.string().min(1),
  /** Threads of the neural networks. */
  threads: z.coerce.number().int().min(1).max(16).default(1),
  liveness: z.enum(['off', 'advise']).default('advise'),
  /** A second look within this time is greeted, not recorded. */
  coolDownSeconds: z.coerce.number().int().min(0).max(3600).default(60),
  logLevel: logLevel.default('info'),
});
export type TerminalConfig = z.output<typeof terminalConfig>;
