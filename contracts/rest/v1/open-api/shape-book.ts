import { z } from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** Read from a caller, or told to one: what has a default is optional in the one, there in the other. */
export type Side = 'input' | 'output';

const DEFINED_HERE = '#/$defs/';
const DEFINED_ONCE = '#/components/schemas/';

/** Shapes as JSON Schema. Those with a name are written once, however often they are used. */
export class ShapeBook {
  readonly #named = new Map<string, unknown>();

  schemaOf(shape: z.core.$ZodType, side: Side): unknown {
    const whole = z.toJSONSchema(shape, { io: side, unrepresentable: 'any' });
    const { $schema: _, $defs = {}, ...schema } = whole;
    for (const [name, named] of Object.entries($defs)) {
      const { id: _id, ...content } = named;
      this.#named.set(nameOf(name, side), pointedHere(content, side));
    }
    return pointedHere(schema, side);
  }

  components(): Json {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function nameOf(name: string, side: Side): string {
  return side === 'input' ? `${name}Input` : name;
}

function pointedHere(value: unknown, side: Side): unknown {
  if (Array.isArray(value)) return value.map((each) => pointedHere(each, side));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? `${DEFINED_ONCE}${nameOf(part.replace(DEFINED_HERE, ''), side)}`
        : pointedHere(part, side),
    ]),
  );
}
