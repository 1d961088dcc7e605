import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { clientFiles } from '#tools/client-files';
import { formatted } from '#tools/generated-file';
import { openApiFile } from '#tools/openapi-file';

/*
 * Goal: what is generated from the contracts says what they say today.
 * Method: it is generated again, and compared with what is kept.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const files = [
  ...clientFiles().map((file) => ({ ...file, tool: 'tools/generate-client.ts' })),
  { ...openApiFile(), tool: 'tools/generate-openapi.ts' },
];

test.each(files)('$path is as $tool writes it now', (file) => {
  const kept = readFileSync(join(ROOT, file.path), 'utf8');
  expect(kept === formatted(file), `stale: run node ${file.tool}`).toBe(true);
});
