import type { KnipConfig } from 'knip';

/** What a stylesheet takes from a package, as imports that can be followed. */
function importsOf(css: string): string {
  const taken = [...css.matchAll(/@import\s+"([^"]+)"|url\("(@[^"]+)"\)/g)];
  return taken.map(([, sheet, file]) => `import '${sheet ?? file ?? ''}';`).join('\n');
}

const config: KnipConfig = {
  entry: [
    'cli/main.ts',
    'tools/*.ts',
    'benchmarks/*.ts',
    '**/*.test.ts',
    // Started as processes of their own, by path.
    'cli/hub-host.ts',
    'tests/**/*-process.ts',
    // Named by stryker.config.json.
    'tools/mutation/*.ts',
  ],
  project: ['**/*.{ts,tsx,js,css}'],
  vite: { config: ['{console,renderer}/vite.config.ts'] },
  // A schema is often a part of another and of the vocabulary at once.
  ignoreExportsUsedInFile: true,
  // What a system has, not what we install.
  ignoreBinaries: ['apt-get', 'timedatectl', 'openssl', 'Xvfb', 'mount', 'umount'],
  compilers: { css: importsOf },
};

export default config;
