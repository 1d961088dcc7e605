/** Who may look into whom, and which packages a room may name. The table of ARCHITECTURE.md. */
export interface Room {
  readonly name: string;
  /** Rooms its `#…` imports may reach, besides itself. */
  readonly mayImport: readonly string[];
  /** Packages its own files may name; `*` for rooms that span the others. */
  readonly packages: readonly string[] | '*';
}

const ENGINE = ['domain', 'contracts', 'platform'];
const SHELL = [...ENGINE, 'terminal'];
const SPANNING = [
  ...SHELL,
  'electron',
  'browser',
  'renderer',
  'hub',
  'console',
  'simulators',
  'cli',
];

export const HOUSE: readonly Room[] = [
  { name: 'domain', mayImport: [], packages: [] },
  { name: 'contracts', mayImport: ['domain'], packages: ['zod'] },
  {
    name: 'platform',
    mayImport: ['domain'],
    packages: [
      '@block65/webcrypto-web-push',
      '@jsquash/jpeg',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
      'aedes',
      'better-sqlite3',
      'canonicalize',
      'chinese-days',
      'fastest-levenshtein',
      'file-type',
      'hash-wasm',
      'hucre',
      'kysely',
      'mqtt',
      'nodemailer',
      'openid-client',
      'otpauth',
      'pg',
      'pino',
      'prom-client',
      'zod',
    ],
  },
  {
    name: 'terminal',
    mayImport: ENGINE,
    packages: [
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-backend-wasm',
      '@vladmandic/face-api',
      'better-sqlite3',
      'node-wifi',
      'onnxruntime-node',
      'temporal-polyfill',
      'zod',
    ],
  },
  {
    name: 'electron',
    mayImport: SHELL,
    packages: ['electron', 'temporal-polyfill'],
  },
  {
    name: 'browser',
    mayImport: SHELL,
    packages: ['@fastify/rate-limit', '@fastify/static', '@fastify/websocket', 'fastify', 'ws'],
  },
  {
    name: 'renderer',
    mayImport: ['domain', 'contracts'],
    packages: [
      'i18next',
      'react',
      'react-dom',
      'react-i18next',
      'temporal-polyfill',
      'zod',
      '@fontsource-variable/ibm-plex-sans',
      '@fontsource-variable/noto-sans-sc',
    ],
  },
  {
    name: 'hub',
    mayImport: ENGINE,
    packages: [
      '@fastify/cookie',
      '@fastify/rate-limit',
      '@fastify/static',
      'fastify',
      'kysely',
      'zod',
    ],
  },
  {
    name: 'console',
    mayImport: ['domain', 'contracts'],
    packages: [
      'antd',
      'i18next',
      'react',
      'react-dom',
      'react-i18next',
      'temporal-polyfill',
      'zod',
    ],
  },
  {
    name: 'simulators',
    mayImport: [...SHELL, 'browser', 'hub'],
    packages: ['aedes', 'fast-check', 'playwright', 'zod'],
  },
  {
    name: 'cli',
    mayImport: [...SHELL, 'browser', 'hub', 'simulators'],
    packages: ['cli-progress', 'commander', 'fastest-levenshtein', 'zod'],
  },
  { name: 'tools', mayImport: SPANNING, packages: '*' },
  { name: 'benchmarks', mayImport: [...SPANNING, 'tools'], packages: '*' },
  { name: 'tests', mayImport: [...SPANNING, 'tools', 'benchmarks'], packages: '*' },
];

/** What a test beside the code may name over and above its room. */
export const TEST_PACKAGES = [
  'vitest',
  'fast-check',
  'playwright',
  'better-sqlite3',
  'csv-parse',
  'kysely',
  'ws',
  'zod',
];
/** What builds a room, and never runs in it. */
export const BUILD_PACKAGES = ['vite', 'vitest', 'electron-vite', '@vitejs/plugin-react'];

export function roomOf(path: string): Room | undefined {
  const [first = ''] = path.split('/');
  return path.includes('/') ? HOUSE.find((room) => room.name === first) : undefined;
}
