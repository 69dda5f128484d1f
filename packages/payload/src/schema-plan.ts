/**
 * Reads a zod schema as an XML layout.
 *
 * @module
 */
import { xmlName } from '@egov-gateway/xml';
import type * as z from 'zod';

import { extraSchemas } from './extra-elements.ts';
import { type LeafCodec, leafCodecs } from './leaf-codec.ts';
import { bigintLeaf, booleanLeaf, choiceLeaf, integerLeaf, numberLeaf, plainText } from './leaf-kinds.ts';
import { type FieldPlan, type LeafPlan, type ObjectPlan, objectPlan } from './plan.ts';
import { fieldOptions, type XmlFieldOptions } from './xml-field.ts';

/** The namespace and prefix of elements that do not name their own. */
export interface ElementDefaults {
  readonly namespace: string;
  readonly prefix: string;
}

/** Beyond this a schema is taken for one that contains itself. */
const maxDepth = 64;

type Definition = z.core.$ZodTypes['_zod']['def'];

/**
 * The plan of an object schema.
 *
 * @throws {TypeError} when the schema has no XML layout, or changes values: what is validated is what is sent
 */
export function planOf(schema: z.core.$ZodType, defaults: ElementDefaults, where = ''): ObjectPlan {
  const core = unwrap(schema);
  if (core.isOptional || core.isNullable || core.isArray) {
    throw new TypeError(`${where || '/'}: the schema of a payload must be a plain object`);
  }
  const definition = definitionOf(core.schema);
  if (definition.type !== 'object') {
    throw new TypeError(
      `${where || '/'}: the schema of a payload must be z.object({...}), found ${definition.type}`,
    );
  }
  return planOfObject(core.schema, definition, defaults, where);
}

function planOfObject(
  schema: z.core.$ZodType,
  definition: Extract<Definition, { type: 'object' }>,
  defaults: ElementDefaults,
  where: string,
): ObjectPlan {
  refuseChanges(schema, where);
  if (where.split('/').length > maxDepth) {
    throw new TypeError(
      `the schema is in itself, or deeper than ${maxDepth} elements; use defineCustomPayload`,
    );
  }
  if (definition.catchall !== undefined && definitionOf(definition.catchall).type !== 'never') {
    throw new TypeError(
      `${where || '/'}: keys outside the schema have no place in XML; use z.object or z.strictObject`,
    );
  }
  const entries = Object.entries(definition.shape);
  const isExtra = ([, field]: [string, z.core.$ZodType]): boolean => extraSchemas.has(unwrap(field).schema);
  const [extra, ...others] = entries.filter(isExtra);
  if (others.length > 0) throw new TypeError(`${where || '/'}: one field of extra elements is enough`);
  const fields = entries
    .filter((entry) => !isExtra(entry))
    .map(([key, field], index) => planOfField(key, index, field, defaults, where));
  return objectPlan(fields, where, extra?.[0]);
}

function planOfField(
  key: string,
  index: number,
  schema: z.core.$ZodType,
  defaults: ElementDefaults,
  parent: string,
): FieldPlan {
  const core = unwrap(schema);
  const { options } = core;
  const localName = options.name ?? key;
  const namespace = options.namespace ?? defaults.namespace;
  const inherited = namespace === defaults.namespace ? defaults.prefix : 'ns';
  const where = `${parent}/${localName}`;
  return {
    key,
    index,
    name: xmlName(localName, namespace, namespace === '' ? '' : (options.prefix ?? inherited)),
    occurs: core.isArray ? 'repeated' : core.isOptional ? 'optional' : 'once',
    isNillable: core.isNullable,
    content: contentOf(core.schema, options, defaults, where),
    clause: options.clause,
  };
}

function contentOf(
  schema: z.core.$ZodType,
  options: XmlFieldOptions,
  defaults: ElementDefaults,
  where: string,
): ObjectPlan | LeafPlan {
  const definition = definitionOf(schema);
  if (definition.type === 'object') return planOfObject(schema, definition, defaults, where);
  return { kind: 'leaf', codec: leafOf(schema, where), whitespace: options.whitespace };
}

/** The schema without the wrappers that only say how often it occurs. */
interface Unwrapped {
  readonly schema: z.core.$ZodType;
  readonly options: XmlFieldOptions;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly isArray: boolean;
}

function unwrap(schema: z.core.$ZodType): Unwrapped {
  let options: XmlFieldOptions = {};
  let isOptional = false;
  let isNullable = false;
  let isArray = false;
  for (let current = schema; ; ) {
    // What is said further outside wins.
    options = { ...fieldOptions.get(current), ...options };
    if (leafCodecs.get(current) !== undefined)
      return { schema: current, options, isOptional, isNullable, isArray };
    const definition = definitionOf(current);
    switch (definition.type) {
      case 'optional':
        if (isArray)
          throw new TypeError('the items of an array cannot be optional; leave them out of the array');
        isOptional = true;
        break;
      case 'nullable':
        isNullable = true;
        break;
      case 'readonly':
        break;
      case 'array':
        if (isArray)
          throw new TypeError('an array of arrays has no layout in XML; put an object between them');
        if (isNullable) throw new TypeError('an array cannot be null in XML; leave .nullable() to its items');
        isArray = true;
        current = definition.element;
        continue;
      default:
        return { schema: current, options, isOptional, isNullable, isArray };
    }
    current = definition.innerType;
  }
}

function leafOf(schema: z.core.$ZodType, where: string): LeafCodec {
  refuseChanges(schema, where);
  const own = leafCodecs.get(schema);
  if (own !== undefined) return own;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'string':
    case 'template_literal':
      return plainText;
    case 'boolean':
      return booleanLeaf;
    case 'number':
      return 'format' in definition && /^(?:safe|u?)int/.test(String(definition.format))
        ? integerLeaf
        : numberLeaf;
    case 'bigint':
      return bigintLeaf;
    case 'enum':
      return choiceLeaf(Object.values(definition.entries));
    case 'literal':
      return choiceLeaf(definition.values.map((value) => literalValue(value, where)));
    case 'union': {
      const options = definition.options.map((option) => unwrap(option).schema);
      const codecs = options.map((option) =>
        definitionOf(option).type === 'object' ? undefined : leafOf(option, where),
      );
      if (codecs.every((codec) => codec?.isText === true)) return plainText;
      throw new TypeError(
        `${where}: a union must be of text kinds; for alternatives of elements use one z.object with optional fields and .refine()`,
      );
    }
    case 'date':
      throw new TypeError(`${where}: a JavaScript Date loses the offset; use xsDate() or xsDateTime()`);
    default:
      throw new TypeError(`${where}: ${definition.type} has no layout in XML`);
  }
}

function literalValue(value: unknown, where: string): string | number | boolean | bigint {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  throw new TypeError(`${where}: a literal must be text, a number or a boolean`);
}

/** Coercions and overwrites give back another value than the one that was given, and only the given one is sent. */
function refuseChanges(schema: z.core.$ZodType, where: string): void {
  const definition = definitionOf(schema);
  const overwrites = definition.checks?.some((check) => check._zod.def.check === 'overwrite') ?? false;
  if (overwrites || ('coerce' in definition && definition.coerce === true)) {
    throw new TypeError(`${where || '/'}: a schema that changes values cannot be sent as it was validated`);
  }
}

function definitionOf(schema: z.core.$ZodType): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}
