/** `node tools/generate-client.ts`: writes the REST client after a contract has changed. */
import { clientFiles } from '#tools/client-files';
import { write } from '#tools/generated-file';

for (const file of clientFiles()) write(file);
