import { readFileSync, statSync } from 'node:fs';
import { failed, ok, type Result } from '#domain/result';
import { type ConfigProblem, unknownKey } from '#platform/config/config-problem';
import { nearest } from '#platform/config/setting-names';

/** Sections by name, each a plain object; nothing inside is checked yet. */
export interface ConfigFile {
  readonly path: string;
  readonly sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const FILE_BYTES_MAX = 256 * 1024; // a configuration is a page; anything larger is another file
const VERSION = 1;

/** Reads `lintel.json`: `{ "version": 1, "hub": { … }, "terminal": { … } }`. */
export function readConfigFile(
  path: string,
  sectionNames: readonly string[],
): Result<ConfigFile, ConfigProblem[]> {
  const text = readText(path);
  if (!text.ok) return failed([text.failure]);
  const content = parseObject(path, text.value);
  if (!content.ok) return failed([content.failure]);
  const { version, ...rest } = content.value;
  const problems: ConfigProblem[] = [];
  if (version !== undefined && version !== VERSION) problems.push(unknownVersion(path, version));
  const sections: Record<string, Record<string, unknown>> = {};
  for (const [name, section] of Object.entries(rest)) {
    if (!sectionNames.includes(name)) {
      problems.push(unknownKey(`${path}: ${name}`, nearest(name, [...sectionNames, 'version'])));
    } else if (!isPlainObject(section)) {
      problems.push(problem(`${path}: ${name}`, '应为 { … } 对象', 'must be an object { … }'));
    } else sections[name] = section;
  }
  return problems.length > 0 ? failed(problems) : ok({ path, sections });
}

function readText(path: string): Result<string, ConfigProblem> {
  try {
    if (statSync(path).size > FILE_BYTES_MAX) {
      return failed(problem(path, '文件过大，不像配置文件', 'too large to be a configuration'));
    }
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed(problem(path, `无法读取（${detail}）`, `cannot be read (${detail})`));
  }
}

function parseObject(path: string, text: string): Result<Record<string, unknown>, ConfigProblem> {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, '')); // Windows editors add a mark
    if (isPlainObject(content)) return ok(content);
    return failed(problem(path, '应为 { … } 对象', 'must be one object { … }'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed(problem(path, `不是有效的 JSON（${detail}）`, `is not valid JSON (${detail})`));
  }
}

function isPlainObject(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}

function unknownVersion(path: string, version: unknown): ConfigProblem {
  const found = JSON.stringify(version);
  return problem(
    `${path}: version`,
    `本版本只认识 ${VERSION}，文件写的是 ${found}`,
    `this Lintel knows ${VERSION}, the file says ${found}`,
  );
}

function problem(where: string, chinese: string, english: string): ConfigProblem {
  return { where, reason: { 'zh-CN': chinese, en: english } };
}
