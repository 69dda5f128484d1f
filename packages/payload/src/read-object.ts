import { ParseError, type ParseErrorCode, type XmlElement } from '@egov-gateway/core';

import { xsiNamespace } from './data-style.ts';
import type { ExtraElement } from './extra-elements.ts';
import { absent, invalid } from './leaf-codec.ts';
import type { FieldPlan, LeafPlan, ObjectPlan } from './plan.ts';

/** What to do with elements that the definition does not know. */
export type UnknownElements = 'ignore' | 'refuse';

/**
 * Reads the children of `parent` in one walk: any order, by local name and namespace. Depth is that of the schema.
 *
 * @throws {ParseError} `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_UNEXPECTED_ELEMENT`,
 *   `ERR_PARSE_NOT_TEXT`, `ERR_PARSE_VALUE`
 */
export function readObject(plan: ObjectPlan, parent: XmlElement, unknown: UnknownElements): unknown {
  const result: Record<string, unknown> = {};
  const seen = new SeenFields();
  const extra: ExtraElement[] = [];
  let last = '';
  let next = 0;
  for (let child = parent.first; child !== undefined; child = child.next) {
    const field = fieldOf(plan, child, next);
    if (field === undefined) {
      if (plan.extraKey !== undefined) {
        extra.push({ after: last, element: child });
        continue;
      }
      if (unknown === 'refuse')
        throw failure('ERR_PARSE_UNEXPECTED_ELEMENT', child.path, 'is not in the contract');
      continue;
    }
    const { index, key } = field;
    last = field.name.localName;
    const isFirst = seen.add(index);
    if (field.occurs === 'repeated') {
      next = index;
      const value = readElement(field, child, unknown);
      if (isFirst) result[key] = value === absent ? [] : [value];
      else if (value !== absent) (result[key] as unknown[]).push(value);
    } else {
      next = index + 1;
      if (!isFirst) throw failure('ERR_PARSE_DUPLICATE_ELEMENT', child.path, 'expected once, found twice');
      const value = readElement(field, child, unknown);
      if (value !== absent) result[key] = value;
      else if (field.occurs === 'once') throw missing(parent, field);
    }
  }
  if (seen.count < plan.fields.length) fillIn(result, plan, seen, parent);
  if (plan.extraKey !== undefined && extra.length > 0) result[plan.extraKey] = extra;
  return result;
}

/** What the sender left out: arrays become empty, and the required is missed. */
function fillIn(
  result: Record<string, unknown>,
  plan: ObjectPlan,
  seen: SeenFields,
  parent: XmlElement,
): void {
  for (const field of plan.fields) {
    if (seen.has(field.index)) continue;
    if (field.occurs === 'once') throw missing(parent, field);
    if (field.occurs === 'repeated') result[field.key] = [];
  }
}

/** Which fields have occurred; costs nothing for objects of up to 31 fields. */
class SeenFields {
  count = 0;
  #first = 0;
  #others: Set<number> | undefined;

  has(index: number): boolean {
    return index < 31 ? (this.#first & (1 << index)) !== 0 : (this.#others?.has(index) ?? false);
  }

  /** Whether it had not occurred before. */
  add(index: number): boolean {
    if (this.has(index)) return false;
    this.count += 1;
    if (index < 31) {
      this.#first |= 1 << index;
    } else {
      this.#others ??= new Set();
      this.#others.add(index);
    }
    return true;
  }
}

/** Senders nearly always keep the order of the schema, so the field after the last one is tried first. */
function fieldOf(plan: ObjectPlan, child: XmlElement, next: number): FieldPlan | undefined {
  const { localName } = child;
  const guess = plan.fields[next];
  if (guess !== undefined && guess.name.localName === localName && guess.name.namespace === child.namespace) {
    return guess;
  }
  return plan.byLocalName.get(localName)?.find((field) => field.name.namespace === child.namespace);
}

function readElement(field: FieldPlan, element: XmlElement, unknown: UnknownElements): unknown {
  const { content } = field;
  if (isNil(element)) {
    if (element.first !== undefined || element.text() !== '') {
      throw failure('ERR_PARSE_VALUE', element.path, 'expected no content beside xsi:nil, found some');
    }
    return field.isNillable ? null : absent;
  }
  if (content.kind === 'object') return readObject(content, element, unknown);
  const value = content.codec.read(element, content.whitespace);
  if (value === invalid) throw notOfKind(content, element);
  // An empty element of a kind that has no empty value means "not there"; an item of an array has to be there.
  if (value === absent && field.occurs === 'repeated') throw notOfKind(content, element);
  return value;
}

function missing(parent: XmlElement, field: FieldPlan): ParseError {
  const path = `${parent.path}/${field.name.localName}`;
  return failure('ERR_PARSE_MISSING_ELEMENT', path, 'expected this element with a value, found none');
}

function isNil(element: XmlElement): boolean {
  const nil = element.attribute('nil', xsiNamespace);
  return nil !== undefined && (nil.trim() === 'true' || nil.trim() === '1');
}

function notOfKind(content: LeafPlan, element: XmlElement): ParseError {
  return failure('ERR_PARSE_VALUE', element.path, `expected ${content.codec.kind}, found something else`);
}

function failure(code: ParseErrorCode, path: string, message: string): ParseError {
  return new ParseError(message, { code, path });
}
