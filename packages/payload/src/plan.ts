/**
 * What a definition is compiled to, once: how each value lies in XML, in the order of the schema.
 *
 * @module
 */
import type { XmlName } from '@egov-gateway/core';

import type { LeafCodec, Whitespace } from './leaf-codec.ts';

/** An element that holds other elements. */
export interface ObjectPlan {
  readonly kind: 'object';
  /** In the order in which they are written. */
  readonly fields: readonly FieldPlan[];
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  /** Fields by local name; more than one when only namespaces tell them apart. */
  readonly byLocalName: ReadonlyMap<string, readonly FieldPlan[]>;
  /** The key of the elements that the definition does not know, where it has one. */
  readonly extraKey: string | undefined;
}

/** An element that holds a value. */
export interface LeafPlan {
  readonly kind: 'leaf';
  readonly codec: LeafCodec;
  readonly whitespace: Whitespace | undefined;
}

/** One field of an object and the element, or the repeated elements, that carry it. */
export interface FieldPlan {
  readonly key: string;
  readonly name: XmlName;
  /** Place in {@link ObjectPlan.fields}. */
  readonly index: number;
  readonly occurs: 'once' | 'optional' | 'repeated';
  /** Whether `null` is a value, written as `xsi:nil`. */
  readonly isNillable: boolean;
  readonly content: ObjectPlan | LeafPlan;
  readonly clause: string | undefined;
}

/**
 * The plan of an object, indexed.
 *
 * @throws {TypeError} when two fields would be the same element, or the object has no field
 */
export function objectPlan(fields: readonly FieldPlan[], where: string, extraKey?: string): ObjectPlan {
  if (fields.length === 0) throw new TypeError(`${where || '/'}: a payload object needs at least one field`);
  const byLocalName = new Map<string, FieldPlan[]>();
  for (const field of fields) {
    if (field.key === '__proto__') throw new TypeError(`${where}/__proto__: this key cannot be a field`);
    const same = byLocalName.get(field.name.localName) ?? [];
    if (same.some((other) => other.name.namespace === field.name.namespace)) {
      throw new TypeError(`${where}/${field.name.localName}: two fields have this element name`);
    }
    byLocalName.set(field.name.localName, [...same, field]);
  }
  return {
    kind: 'object',
    fields,
    byKey: new Map(fields.map((field) => [field.key, field])),
    byLocalName,
    extraKey,
  };
}
