/**
 * An XML layout said in words, for schema libraries whose schemas cannot be read.
 *
 * @module
 */
import { xmlName } from '@egov-gateway/xml';

import { binary, lazyBinary } from './binary.ts';
import { xsDate } from './calendar/xs-date.ts';
import { xsDateTime } from './calendar/xs-date-time.ts';
import { decimalText } from './decimal-text.ts';
import { type LeafCodec, leafCodecs } from './leaf-codec.ts';
import { bigintLeaf, booleanLeaf, integerLeaf, numberLeaf, plainText } from './leaf-kinds.ts';
import { type FieldPlan, type ObjectPlan, objectPlan } from './plan.ts';
import type { ElementDefaults } from './schema-plan.ts';
import type { XmlFieldOptions } from './xml-field.ts';

/** What a leaf holds, and as what TypeScript type. */
export type LeafKind =
  /** `string` */
  | 'text'
  /** `boolean` */
  | 'boolean'
  /** `number` */
  | 'number'
  /** `number`, whole */
  | 'integer'
  /** `bigint` */
  | 'bigint'
  /** `string` of digits, see {@link decimalText} */
  | 'decimal'
  /** `string`, see {@link xsDate} */
  | 'date'
  /** `string`, see {@link xsDateTime} */
  | 'date-time'
  /** `Uint8Array` */
  | 'binary'
  /** {@link LazyBinary} */
  | 'lazy-binary';

/** One field: its kind, or the fields within it, and how often it occurs. */
export type ElementLayout = XmlFieldOptions & {
  /** `once` is required; a `repeated` field is always an array. Default: `once`. */
  readonly occurs?: 'once' | 'optional' | 'repeated';
  /** Whether `null` is a value, written as `xsi:nil`. Default: false. */
  readonly nillable?: boolean;
} & ({ readonly kind: LeafKind } | { readonly elements: ElementsLayout });

/** Fields by key, in the order in which they are written. */
export interface ElementsLayout {
  readonly [key: string]: LeafKind | ElementLayout;
}

/** @throws {TypeError} when a kind or `occurs` is unknown, or two fields would be the same element */
export function planOfLayout(layout: ElementsLayout, defaults: ElementDefaults, where = ''): ObjectPlan {
  const fields = Object.entries(layout).map(([key, given], index): FieldPlan => {
    const field: ElementLayout = typeof given === 'string' ? { kind: given } : given;
    const { name = key, namespace = defaults.namespace, occurs = 'once', nillable = false } = field;
    const inherited = namespace === defaults.namespace ? defaults.prefix : 'ns';
    const at = `${where}/${name}`;
    if (occurs !== 'once' && occurs !== 'optional' && occurs !== 'repeated')
      throw new TypeError(`${at}: occurs must be 'once', 'optional' or 'repeated'`);
    return {
      key,
      index,
      name: xmlName(name, namespace, namespace === '' ? '' : (field.prefix ?? inherited)),
      occurs,
      isNillable: nillable,
      content:
        'elements' in field
          ? planOfLayout(field.elements, defaults, at)
          : { kind: 'leaf', codec: leafOfKind(field.kind, at), whitespace: field.whitespace },
      clause: field.clause,
    };
  });
  return objectPlan(fields, where);
}

function leafOfKind(kind: LeafKind, where: string): LeafCodec {
  switch (kind) {
    case 'text':
      return plainText;
    case 'boolean':
      return booleanLeaf;
    case 'number':
      return numberLeaf;
    case 'integer':
      return integerLeaf;
    case 'bigint':
      return bigintLeaf;
    case 'decimal':
      return codecOf(decimalText());
    case 'date':
      return codecOf(xsDate());
    case 'date-time':
      return codecOf(xsDateTime());
    case 'binary':
      return codecOf(binary());
    case 'lazy-binary':
      return codecOf(lazyBinary());
    default:
      throw new TypeError(`${where}: unknown kind of element`);
  }
}

function codecOf(schema: Parameters<typeof leafCodecs.get>[0]): LeafCodec {
  const codec = leafCodecs.get(schema);
  if (codec === undefined) throw new TypeError('the schema has no codec');
  return codec;
}
