import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/**/*.test.ts'],
    exclude: ['node_modules/**', 'out/**', '.build/**', 'dist/**'],
    pool: 'forks',
    globalSetup: ['tests/scratch-folder.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
