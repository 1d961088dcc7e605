import { openApiDocument } from '#contracts/rest/v1/open-api/document';
import type { GeneratedFile } from '#tools/generated-file';

/** The published description of the REST interface. */
export function openApiFile(): GeneratedFile {
  return { path: 'docs/api/openapi.json', text: JSON.stringify(openApiDocument()) };
}
