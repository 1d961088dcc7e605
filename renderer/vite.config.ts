import { defineConfig } from 'vite';
import { rendererOptions } from '#renderer/vite-options';

export default defineConfig(rendererOptions);
