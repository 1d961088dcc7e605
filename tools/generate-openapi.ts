/** `node tools/generate-openapi.ts`: writes docs/api/openapi.json after a contract has changed. */
import { write } from '#tools/generated-file';
import { openApiFile } from '#tools/openapi-file';

write(openApiFile());
