import { defineConfig } from 'electron-vite';
import { rendererOptions } from './renderer/vite-options.ts';

/**
 * CommonJS for what Electron runs: a preload must be one bundled script, and older Electrons take no
 * ES module as their main. Packages that come as ES modules only are bundled in, native ones never.
 */
const BUNDLED_IN = ['canonicalize', 'fastest-levenshtein', 'temporal-polyfill', 'zod'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      externalizeDeps: { exclude: BUNDLED_IN },
      rollupOptions: {
        input: { main: 'electron/main.ts', engine: 'electron/engine-process.ts' },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererOptions,
});
