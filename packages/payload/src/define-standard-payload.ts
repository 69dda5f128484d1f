import type { ValidationIssue, XmlElement, XmlWriter } from '@egov-gateway/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';

import { type ElementsLayout, planOfLayout } from './element-layout.ts';
import { createPayload, type Payload, type PayloadLayout } from './payload.ts';
import { unsendableIssues } from './unsendable.ts';
import { locate, printableKey } from './value-issues.ts';

/** How a broken rule is said. */
export interface DescribedIssue {
  readonly rule: string;
  /** Must not contain the value. */
  readonly message: string;
}

/** What both ways of using another schema library have in common. */
export interface StandardValidation<Schema extends StandardSchemaV1> {
  /** A schema of valibot, ArkType, zod or any other library that speaks Standard Schema. It must not change values. */
  readonly schema: Schema;
  /**
   * Words for an issue. Default: the rule `schema` and neutral words, because messages of schema libraries often
   * repeat the value, which must not get into logs.
   */
  readonly describe?: (issue: StandardSchemaV1.Issue) => DescribedIssue;
}

/** A payload whose schema comes from another library; the layout in XML is said beside it. */
export interface StandardPayloadDefinition<Schema extends StandardSchemaV1>
  extends PayloadLayout,
    StandardValidation<Schema> {
  /** The fields in the order in which they are written. */
  readonly layout: ElementsLayout;
}

/**
 * Makes a payload from any Standard Schema and an explicit layout.
 *
 * @see Standard Schema 1.1
 * @throws {TypeError} when the layout is not one
 * @example
 * ```ts
 * import * as v from 'valibot';
 *
 * const request = defineStandardPayload({
 *   schema: v.object({ iin: v.string(), limit: v.number() }),
 *   layout: { iin: 'text', limit: { kind: 'integer', name: 'maxCount' } },
 * });
 * ```
 */
export function defineStandardPayload<Schema extends StandardSchemaV1>(
  definition: StandardPayloadDefinition<Schema>,
): Payload<StandardSchemaV1.InferOutput<Schema>, StandardSchemaV1.InferInput<Schema>> {
  const { layout, elements, clause } = definition;
  const { namespace = '', prefix = 'ns' } = elements ?? {};
  const plan = planOfLayout(layout, { namespace, prefix });
  return createPayload<StandardSchemaV1.InferOutput<Schema>, StandardSchemaV1.InferInput<Schema>>({
    plan,
    layout: definition,
    validate: (value, path) => [
      ...schemaIssues(definition, value, (keys) => locate(plan, keys, { path, clause })),
      ...unsendableIssues(plan, value, path, clause),
    ],
    check: (value, path) =>
      schemaIssues(definition, value, (keys) => locate(plan, keys, { path, clause }))[0],
  });
}

/** A payload that is written and read by hand. */
export interface CustomPayloadDefinition<Schema extends StandardSchemaV1> extends StandardValidation<Schema> {
  /** Writes the attributes and the content of `data`. */
  readonly write: (value: StandardSchemaV1.InferInput<Schema>, writer: XmlWriter) => void;
  /** Reads the content of `data`. Throw `ParseError` when it is not what it should be. */
  readonly read: (data: XmlElement) => StandardSchemaV1.InferOutput<Schema>;
}

/** Makes a codec from a schema and two functions, for layouts that no definition describes. */
export function defineCustomPayload<Schema extends StandardSchemaV1>(
  definition: CustomPayloadDefinition<Schema>,
): Pick<
  Payload<StandardSchemaV1.InferOutput<Schema>, StandardSchemaV1.InferInput<Schema>>,
  'validate' | 'write' | 'read'
> {
  const { write, read } = definition;
  const place = (keys: readonly PropertyKey[]) => ({
    path: keys
      .map((key) => (typeof key === 'number' ? `[${key + 1}]` : `/${printableKey(String(key))}`))
      .join(''),
    clause: undefined,
  });
  return { validate: (value) => schemaIssues(definition, value, place), write, read };
}

function schemaIssues(
  definition: StandardValidation<StandardSchemaV1>,
  value: unknown,
  place: (keys: readonly PropertyKey[]) => { readonly path: string; readonly clause: string | undefined },
): ValidationIssue[] {
  const { schema, describe = neutral } = definition;
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) {
    throw new TypeError('asynchronous rules cannot be checked; do that before the call');
  }
  if (result.issues === undefined) return [];
  return result.issues.map((issue) => {
    const keys = issue.path?.map((segment) => (typeof segment === 'object' ? segment.key : segment)) ?? [];
    const { path, clause } = place(keys);
    return { path, ...describe(issue), ...(clause === undefined ? {} : { clause }) };
  });
}

function neutral(): DescribedIssue {
  return { rule: 'schema', message: 'does not fit the schema of this payload' };
}
