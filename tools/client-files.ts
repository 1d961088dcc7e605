import { API, type Area } from '#contracts/rest/v1/api';
import type { RouteContract } from '#contracts/rest/v1/route';
import type { GeneratedFile } from '#tools/generated-file';

const FOLDER = 'contracts/rest/v1/client';
const NOTE =
  '// Written by tools/generate-client.ts from the contracts; a change made here is lost.\n';

/** The client of the REST interface: a file for every area, and one that has them all. */
export function clientFiles(): readonly GeneratedFile[] {
  const called = API.filter(({ routes }) => Object.values(routes).some(isCalled));
  return [...called.map(areaFile), hubClientFile(called)];
}

/** Events are listened to, not called. */
function isCalled({ answers }: RouteContract): boolean {
  return Object.values(answers).every((answer) => !('kind' in answer) || answer.kind !== 'stream');
}

function areaFile(area: Area): GeneratedFile {
  const { file, routesName, routes } = area;
  const functions = Object.entries(routes)
    .filter(([, route]) => isCalled(route))
    .map(([name, { summary }]) => `/** ${summary} */\n${name}: call(${routesName}.${name}),`);
  const text = `${NOTE}import type { Call } from '#${FOLDER}/call';
import { ${routesName} } from '#contracts/rest/v1/${file}';

export function ${nameOf(area)}(call: Call) {
  return {
    ${functions.join('\n')}
  };
}
`;
  return { path: `${FOLDER}/${fileOf(area)}.ts`, text };
}

function hubClientFile(areas: readonly Area[]): GeneratedFile {
  const imports = areas.map(
    (area) => `import { ${nameOf(area)} } from '#${FOLDER}/${fileOf(area)}';`,
  );
  const text = `${NOTE}import type { Call } from '#${FOLDER}/call';
${imports.join('\n')}

/** Every question that can be put to a hub. */
export function hubClient(call: Call) {
  return { ${areas.map((area) => `...${nameOf(area)}(call)`).join(', ')} };
}
export type HubClient = ReturnType<typeof hubClient>;
`;
  return { path: `${FOLDER}/hub-client.ts`, text };
}

function nameOf({ name }: Area): string {
  return `${name}Client`;
}

function fileOf({ name }: Area): string {
  return `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-client`;
}
