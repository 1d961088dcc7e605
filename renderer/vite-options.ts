import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/**
 * How the kiosk screens are built, for Vite and electron-vite alike; both run at the repository root.
 *
 * No asset is inlined and nothing is inline in the page: it lives under `default-src 'self'`.
 */
export const rendererOptions = {
  root: 'renderer',
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    // Absolute: Vite counts from its root, electron-vite from the folder it runs in.
    outDir: resolve('out/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The oldest engine that must show the screens is Chromium 114.
    target: 'chrome114',
    rollupOptions: { input: 'renderer/index.html' },
  },
} satisfies UserConfig;
