import * as z from 'zod';

import { leafCodecs, textLeaf } from './leaf-codec.ts';

/** One of the known values, or another one that the service has invented since. */
export type Open<Known extends string> = Known | (string & {});

/**
 * Schema of a code whose list may grow: editors suggest the known values, and every other text that is not empty is
 * accepted in both directions. A list that is closed is `z.enum([...])`, which refuses unknown values.
 *
 * @example
 * ```ts
 * import * as z from 'zod';
 *
 * const answer = z.object({ status: openEnum(['UP_TO_DATE']) });
 * ```
 */
export function openEnum<const Known extends string>(
  _known: readonly Known[],
): z.ZodType<Open<Known>, Open<Known>> {
  const schema = z.string().min(1);
  leafCodecs.add(schema, textLeaf({ kind: 'a code', whitespace: 'collapse', emptyIsAbsent: true }));
  return schema;
}
