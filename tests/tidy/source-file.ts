import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Made by tools, or brought by npm: nobody writes here. */
const NOT_OURS = new Set([
  '.build',
  '.git',
  '.lintel',
  'coverage',
  'dist',
  'node_modules',
  'out',
  'test-results',
]);

const WRITTEN = /\.(?:ts|tsx|js|cjs|mjs|json|md|css|html|yml|yaml|svg|conf|service|sh)$/;

/** Every text somebody wrote, wherever it lies in the repository. */
export function sourceFiles(root: string, below = ''): readonly SourceFile[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : sourceFiles(root, path);
    return isWritten(entry, path) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

function isWritten(entry: Dirent, path: string): boolean {
  if (!entry.isFile() || path === 'package-lock.json') return false;
  return WRITTEN.test(entry.name) || path.startsWith('.ci/');
}

export interface ImportedName {
  readonly from: string;
  readonly line: number;
}

/** A literal that a program carries: a quoted text, or a stretch of a template. */
export interface Literal {
  readonly text: string;
  readonly line: number;
}

/** What the rules ask of a TypeScript file, read by a parser and not by a pattern. */
export interface ParsedFile {
  readonly imports: readonly ImportedName[];
  readonly literals: readonly Literal[];
  readonly identifiers: readonly Literal[];
  /** What is asked of something: `members` in `a.members`. */
  readonly members: readonly Literal[];
  readonly hasDefaultExport: boolean;
  /** Does nothing but pass on what others export. */
  readonly isBarrel: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export function parsed(file: SourceFile): ParsedFile {
  const { program, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} cannot be parsed: ${errors[0]?.message}`);
  const lineOf = (node: Node) => file.text.slice(0, node.start).split('\n').length;
  const nodes = [...walk(program)];
  return {
    imports: nodes.flatMap((node) => {
      const from = importedBy(node);
      return from === undefined ? [] : [{ from, line: lineOf(node) }];
    }),
    literals: nodes.flatMap((node) => {
      const text = literalOf(node);
      return text === undefined ? [] : [{ text, line: lineOf(node) }];
    }),
    identifiers: nodes.flatMap((node) =>
      node.type === 'Identifier' ? [{ text: String(node['name']), line: lineOf(node) }] : [],
    ),
    members: nodes.flatMap((node) => {
      const name = memberOf(node);
      return name === undefined ? [] : [{ text: name, line: lineOf(node) }];
    }),
    hasDefaultExport: nodes.some((node) => node.type === 'ExportDefaultDeclaration'),
    isBarrel:
      program.body.length > 0 &&
      program.body.every(
        (node) =>
          node.type === 'ExportAllDeclaration' ||
          (node.type === 'ExportNamedDeclaration' && node.source !== null),
      ),
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const each of value) yield* walk(each);
    return;
  }
  if (!isNode(value)) return;
  yield value;
  for (const [key, child] of Object.entries(value)) {
    // The name of a property or of a member says nothing about what is used.
    const isJustAName = (key === 'property' || key === 'key') && value['computed'] === false;
    if (!isJustAName) yield* walk(child);
  }
}

function memberOf(node: Node): string | undefined {
  const property = node['property'];
  const isNamed = node.type === 'MemberExpression' && node['computed'] === false;
  return isNamed && isNode(property) ? String(property['name']) : undefined;
}

/** The module a statement or call reaches for: `import`, `export … from`, `import()`, `require`. */
function importedBy(node: Node): string | undefined {
  if (node.type === 'CallExpression') {
    const { callee, arguments: given } = node;
    const asks = isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require';
    return asks && Array.isArray(given) ? textOf(given[0]) : undefined;
  }
  if (node.type === 'TSImportType') return textOf(node['source']) ?? textOf(node['argument']);
  return /^(?:Import|Export(?:All|Named)D)/.test(node.type) ? textOf(node['source']) : undefined;
}

function literalOf(node: Node): string | undefined {
  if (node.type !== 'TemplateElement') return textOf(node);
  const { value } = node;
  const isCooked = typeof value === 'object' && value !== null && 'cooked' in value;
  return isCooked ? String(value.cooked) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (!isNode(value) || value.type !== 'Literal') return undefined;
  return typeof value['value'] === 'string' ? value['value'] : undefined;
}
