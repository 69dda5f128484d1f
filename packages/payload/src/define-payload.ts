import type { ValidationIssue } from '@egov-gateway/core';
import * as z from 'zod';

import { createPayload, type Payload, type PayloadLayout } from './payload.ts';
import type { ObjectPlan } from './plan.ts';
import { planOf } from './schema-plan.ts';
import { unsendableIssues } from './unsendable.ts';
import { toIssue, zodsOwnWords } from './value-issues.ts';

/** One definition of a payload. */
export interface PayloadDefinition<Schema extends z.core.$ZodType<object, object>> extends PayloadLayout {
  /**
   * `z.object({...})`, possibly with `.refine()`. Its keys, in their order, are the elements; {@link xml} gives one
   * another name. It must not change values: no coercion, no transform, no default.
   *
   * Rules across fields name themselves with `params`: `.refine(fits, { params: { rule: 'one-of-both', clause: '…' } })`,
   * and add `when: () => true` to be checked even when a single field is wrong already.
   */
  readonly schema: Schema;
  /**
   * Whether received values must keep the rules of the schema, lengths and patterns included, or only be of the right
   * kinds. Default: `checked`, so that types hold what they say.
   */
  readonly received?: 'checked' | 'decoded';
}

/**
 * Makes a typed payload from one definition: TypeScript type, validation with all issues, writing and reading.
 *
 * @throws {TypeError} when the schema has no layout in XML
 * @example
 * ```ts
 * import * as z from 'zod';
 *
 * const request = definePayload({
 *   schema: z.object({
 *     iin: iin(),
 *     documents: z.array(z.object({ number: z.string(), issued: xsDate().optional() })),
 *   }),
 *   data: { style: 'typed', type: 'SearchRequest', namespace: 'http://agency.example/search' },
 * });
 * request.validate({ iin: '001300900011', documents: [] }); // []
 * ```
 */
export function definePayload<Schema extends z.core.$ZodType<object, object>>(
  definition: PayloadDefinition<Schema>,
): Payload<z.core.output<Schema>, z.core.input<Schema>> {
  const { schema, received = 'checked', elements, clause } = definition;
  const { namespace = '', prefix = 'ns' } = elements ?? {};
  const plan = planOf(schema, { namespace, prefix });
  const rules = lazily(() => compileRules(schema));

  return createPayload<z.core.output<Schema>, z.core.input<Schema>>({
    plan,
    layout: definition,
    validate: (value, path) => [
      ...brokenRules(rules(), value, plan, path, clause),
      ...unsendableIssues(plan, value, path, clause),
    ],
    check: (value, path) =>
      received === 'decoded' ? undefined : brokenRules(rules(), value, plan, path, clause)[0],
  });
}

function brokenRules(
  rules: z.ZodType,
  value: unknown,
  plan: ObjectPlan,
  path: string,
  clause: string | undefined,
): ValidationIssue[] {
  if (typeof value !== 'object' || value === null) return [notAnObject(value, path, clause)];
  try {
    if (rules.validate(value)) return [];
    const { error } = rules.safeParse(value, { error: () => zodsOwnWords });
    // Keys that are too many are found, with clearer words, by the check of what can be sent.
    const issues = error?.issues.filter((issue) => issue.code !== 'unrecognized_keys') ?? [];
    return issues.map((issue) => toIssue(issue, value, plan, { path, clause }));
  } catch (error) {
    if (!(error instanceof z.core.$ZodAsyncError)) throw error;
    throw new TypeError('asynchronous rules cannot be checked; do that before the call', { cause: error });
  }
}

/** Rules across fields, which may run whatever else is wrong, can rely on getting an object. */
function notAnObject(value: unknown, path: string, clause: string | undefined): ValidationIssue {
  const isAbsent = value === undefined;
  return {
    path,
    rule: isAbsent ? 'required' : 'type',
    message: isAbsent ? 'is required' : 'must be an object',
    ...(clause === undefined ? {} : { clause }),
  };
}

/** zod compiles a schema to code. Where code generation is switched off, its interpreter does the same, slower. */
function compileRules(schema: z.core.$ZodType): z.ZodType {
  return (z.config().jitless === true ? schema : z.compile(schema)) as z.ZodType;
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
