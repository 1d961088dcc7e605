import * as fc from 'fast-check';
import { z } from 'zod';

/** What of JSON Schema our contracts come to. */
const node = z.looseObject({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  $ref: z.string().optional(),
});
type Node = z.output<typeof node>;
type Defs = Readonly<Record<string, unknown>>;

const ITEMS_MAX = 3;

/** Values of about the right shape: right enough to be near the door, whoever opens it decides. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { $defs = {}, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return valueOf(whole, $defs);
}

function valueOf(schema: unknown, defs: Defs): fc.Arbitrary<unknown> {
  const shape = node.parse(schema);
  const choices = shape.anyOf ?? shape.oneOf;
  if (shape.$ref !== undefined) return valueOf(defs[shape.$ref.replace('#/$defs/', '')], defs);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (choices !== undefined) return fc.oneof(...choices.map((each) => valueOf(each, defs)));
  return ofType(shape, defs);
}

function ofType(shape: Node, defs: Defs): fc.Arbitrary<unknown> {
  const { type = 'any' } = shape;
  switch (type) {
    case 'object':
      return objectOf(shape, defs);
    case 'array':
      return fc.array(valueOf(shape.items ?? {}, defs), { maxLength: ITEMS_MAX });
    case 'string':
      return textOf(shape);
    case 'integer':
    case 'number':
      return fc.integer({ min: shape.minimum ?? -100, max: shape.maximum ?? 100 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

function objectOf({ properties = {}, required = [] }: Node, defs: Defs): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([key, part]) => [key, valueOf(part, defs)]);
  const all: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(parts);
  return fc.record(all, { requiredKeys: required });
}

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  uuid: ['8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99'],
  date: ['2026-03-02', '2028-02-29'],
  'date-time': ['2026-03-02T09:00:00Z'],
};

function textOf({ format = '', pattern, minLength = 0, maxLength = 40 }: Node) {
  const samples = SAMPLES[format];
  if (samples !== undefined) return fc.constantFrom(...samples);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
}

/** What attackers and broken programs put where a word was asked for. */
const HOSTILE = [
  "'; DROP TABLE people; --",
  '" OR ""="',
  '=HYPERLINK("http://a","b")',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '\0',
  '\ud800',
  '\u202e',
  '💥'.repeat(50),
  '9'.repeat(400),
  '${jndi:ldap://a}',
];

const STRANGE: readonly unknown[] = [null, true, 0, -1, 1e308, 0.1, [], {}, [[]], '', ...HOSTILE];

/** The same with one thing wrong: a key too many, a key too few, something strange somewhere. */
export function spoiled(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.nat(), fc.constantFrom(...STRANGE), fc.constantFrom('put', 'drop', 'add'))
    .map(([value, at, strange, how]) => {
      const places = placesIn(value);
      const path = places[at % places.length] ?? [];
      if (how === 'add') return withPart(value, [...path, 'unheardOf'], strange);
      return withPart(value, path, how === 'drop' ? undefined : strange);
    });
}

/** The same with a hostile word in the place of one of its texts. */
export function poisoned(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.nat(), fc.constantFrom(...HOSTILE)).map(([value, at, word]) => {
    const texts = placesIn(value).filter((path) => typeof partOf(value, path) === 'string');
    const path = texts[at % Math.max(texts.length, 1)];
    return path === undefined ? value : withPart(value, path, word);
  });
}

type Path = readonly string[];

function partOf(value: unknown, [key, ...path]: Path): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return partOf(Object.entries(value).find(([name]) => name === key)?.[1], path);
}

function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
  return [path, ...below];
}

function withPart(value: unknown, [key, ...path]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) =>
      String(index) === key ? withPart(each, path, part) : each,
    );
  }
  const object: Record<string, unknown> = typeof value === 'object' ? { ...value } : {};
  return { ...object, [key]: withPart(object[key], path, part) };
}
