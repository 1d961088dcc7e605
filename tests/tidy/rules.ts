import { BUILD_PACKAGES, roomOf, TEST_PACKAGES } from '#tests/tidy/house';
import { type ParsedFile, parsed, type SourceFile } from '#tests/tidy/source-file';

/** One broken rule, worded for whoever broke it. */
export type Complaint = string;

type Rule = (file: SourceFile) => readonly Complaint[];
type CodeRule = (file: SourceFile, code: ParsedFile) => readonly Complaint[];

const LINES_MAX = 400;
const CODE = /\.(?:ts|tsx|js|cjs|mjs)$/;
const TEST = /\.test\.ts$|^tests\//;
const BUILD = /(?:\.config|\/vite-options)\.ts$/;

/** Folders where things go to be forgotten: name the noun instead. */
const NO_NOUN = new Set(['utils', 'util', 'helpers', 'helper', 'shared', 'common', 'misc', 'lib']);

export function complaintsAbout(file: SourceFile): readonly Complaint[] {
  const told = fileRules.flatMap((rule) => rule(file));
  if (!CODE.test(file.path)) return told;
  const code = parsed(file);
  return [...told, ...codeRules.flatMap((rule) => rule(file, code))];
}

const isNamedByItsNoun: Rule = ({ path }) => {
  const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
  return parts
    .filter((part) => NO_NOUN.has(part))
    .map((part) => `${path}: "${part}" names no noun; say what is in it`);
};

const isKebabCase: Rule = ({ path }) => {
  const name = path.split('/').at(-1) ?? '';
  const fine = !CODE.test(name) || /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)+$/.test(name);
  return fine ? [] : [`${path}: file names are kebab-case`];
};

const isShortEnough: Rule = ({ path, text }) => {
  const lines = text.split('\n').length - 1;
  const isCounted = CODE.test(path) && lines > LINES_MAX;
  return isCounted ? [`${path}: ${lines} lines, ${LINES_MAX} are the most; split it`] : [];
};

/** Split in two, so that this file does not speak them either. */
const UNSPOKEN = [
  ['/wo', 'rk/'],
  ['regis', 'try.npmjs'],
  ['npm', 'mirror'],
  ['Chat', 'GPT'],
  ['Clau', 'de'],
  ['Anthro', 'pic'],
  ['Open', 'AI'],
  ['Copi', 'lot'],
  ['language ', 'model'],
  ['TO', 'DO'],
  ['FIX', 'ME'],
].map((halves) => halves.join(''));

/** The repository speaks of the product, not of how or where it is made. */
const speaksOfTheProduct: Rule = ({ path, text }) =>
  UNSPOKEN.filter((word) => text.includes(word)).map((word) => `${path}: says "${word}"`);

/** Test data that may lie beside the repository is for tests; the product has never heard of it. */
const runsOnItsOwn: Rule = ({ path, text }) => {
  const maySay = /^(?:tests|benchmarks|tools|\.ci)\/|\.test\.ts$|\.md$/.test(path);
  const says = /\.\.\/shared\//.test(text);
  return says && !maySay ? [`${path}: the product does not reach beside its own folder`] : [];
};

const fileRules: readonly Rule[] = [
  isNamedByItsNoun,
  isKebabCase,
  isShortEnough,
  speaksOfTheProduct,
  runsOnItsOwn,
];

const staysInItsDirection: CodeRule = ({ path }, { imports }) => {
  const room = roomOf(path);
  if (room === undefined) return [];
  const reachable = [room.name, ...room.mayImport];
  return imports.flatMap(({ from, line }) => {
    const target = /^#([^/]+)\//.exec(from)?.[1];
    const isAllowed = target === undefined || TEST.test(path) || reachable.includes(target);
    return isAllowed ? [] : [`${path}:${line}: ${room.name} does not look into ${target}`];
  });
};

/** The launcher runs on whatever Node is there, before it is known whether that Node can run us. */
const LAUNCHER = 'cli/lintel.js';

/** Stylesheets both screens share are the one thing a room takes by its path. */
const comesThroughTheDoor: CodeRule = ({ path }, { imports }) => {
  if (roomOf(path) === undefined || path === LAUNCHER) return [];
  return imports
    .filter(({ from }) => from.startsWith('.'))
    .filter(({ from }) => !/\.(?:css|html|svg)$/.test(from) && !BUILD.test(path))
    .map(({ from, line }) => `${path}:${line}: import ${from} as #room/file`);
};

const namesItsPackages: CodeRule = ({ path }, { imports }) => {
  const room = roomOf(path);
  if (room === undefined || room.packages === '*') return [];
  const allowed = allowedPackages(path, room.packages);
  return imports.flatMap(({ from, line }) => {
    const name = packageOf(from);
    const isAllowed = name === undefined || allowed.includes(name);
    return isAllowed ? [] : [`${path}:${line}: ${room.name} may not name the package ${name}`];
  });
};

function allowedPackages(path: string, own: readonly string[]): readonly string[] {
  const beside = TEST.test(path) ? [...TEST_PACKAGES] : [];
  return [...own, ...beside, ...(BUILD.test(path) ? BUILD_PACKAGES : [])];
}

function packageOf(from: string): string | undefined {
  if (/^(?:#|\.|node:|\/)/.test(from)) return undefined;
  const parts = from.split('/');
  return from.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

const saysElectronInItsRoomOnly: CodeRule = ({ path }, { imports }) => {
  const room = roomOf(path)?.name;
  if (room === 'electron' || room === 'tests' || room === undefined) return [];
  return imports
    .filter(({ from }) => /^(?:electron|electron-updater)(?:\/|$)/.test(from))
    .map(({ line }) => `${path}:${line}: only electron/ says electron`);
};

const SQL =
  /^\s*(?:SELECT\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(?:TABLE|INDEX|UNIQUE|TRIGGER|VIEW)\s|ALTER\s+TABLE\s|DROP\s+(?:TABLE|INDEX)\s|PRAGMA\s)/;
const MAY_SPEAK_SQL = /\/storage\/|-repository\.ts$|^platform\/sql(?:ite)?\//;

/** A query is a query, whether it is written or built. */
const BUILT_SQL = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom']);

const keepsSqlInStorage: CodeRule = ({ path }, { literals, members }) => {
  if (roomOf(path) === undefined || TEST.test(path) || MAY_SPEAK_SQL.test(path)) return [];
  const written = literals.filter(({ text }) => SQL.test(text));
  const built = members.filter(({ text }) => BUILT_SQL.has(text));
  return [...written, ...built].map(
    ({ line }) => `${path}:${line}: SQL belongs to storage/ or a *-repository.ts`,
  );
};

const tellsTimeWithTemporal: CodeRule = ({ path }, { identifiers }) =>
  identifiers
    .filter(({ text }) => text === 'Date')
    .map(({ line }) => `${path}:${line}: time is Temporal, and is passed in`);

/** Configuration files because their tools ask for it, declarations because a package does so. */
const MAY_EXPORT_DEFAULT = /\.(?:config|d)\.ts$/;

const exportsByName: CodeRule = ({ path }, { hasDefaultExport }) =>
  hasDefaultExport && !MAY_EXPORT_DEFAULT.test(path) ? [`${path}: exports are named`] : [];

const definesWhatItExports: CodeRule = ({ path }, { isBarrel }) => {
  const isIndex = /(?:^|\/)index\.tsx?$/.test(path);
  return isIndex || (isBarrel && !ALIASES.has(path))
    ? [`${path}: import from the file that defines it, not from a barrel`]
    : [];
};

/** One name for one thing that lives in a room others may not reach by that name. */
const ALIASES = new Set(['tools/browser/find-browser.ts', 'tools/browser/ensure-browser.ts']);

const codeRules: readonly CodeRule[] = [
  staysInItsDirection,
  comesThroughTheDoor,
  namesItsPackages,
  saysElectronInItsRoomOnly,
  keepsSqlInStorage,
  tellsTimeWithTemporal,
  exportsByName,
  definesWhatItExports,
];
