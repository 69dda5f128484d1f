import * as z from 'zod';

import type { Whitespace } from './leaf-codec.ts';

/** How a field is called and treated in XML, where that differs from the key of the object. */
export interface XmlFieldOptions {
  /** Local name of the element. Default: the key. */
  readonly name?: string;
  /** Namespace of the element, `''` for none. Default: what the payload says for its elements, else none. */
  readonly namespace?: string;
  /** Prefix to write with a namespace. Default: that of the payload's elements, else `ns`. */
  readonly prefix?: string;
  /** What happens to white space on receive. Default: kept in plain text, else cut off at the ends. */
  readonly whitespace?: Whitespace;
  /** The document that asks for this field, for issues about it. Default: the clause of the payload. */
  readonly clause?: string;
}

/** The options given with {@link xml}, by schema. */
export const fieldOptions: z.core.$ZodRegistry<XmlFieldOptions> = z.registry<XmlFieldOptions>();

/**
 * The same schema with a name or a treatment in XML. The schema given is not changed and may be used elsewhere.
 *
 * @example
 * ```ts
 * import * as z from 'zod';
 *
 * const request = z.object({ companyBin: xml(bin(), { name: 'company_bin' }) });
 * ```
 */
export function xml<Schema extends z.core.$ZodType>(schema: Schema, options: XmlFieldOptions): Schema {
  const named = z.core.clone(schema, undefined, { parent: true });
  fieldOptions.add(named, options);
  return named;
}
