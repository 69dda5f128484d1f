/**
 * Reading the unqualified fields of a message, leniently in order and strictly in number.
 *
 * Senders disagree about order and prefixes, so a field is found by its local name. A field that is there twice is
 * refused: two readers could take different ones.
 *
 * @module
 */
import { ParseError, type XmlElement } from '@egov-gateway/core';

/**
 * The children of `parent` that have one of the names, each at most once. Others are ignored.
 *
 * @throws {ParseError} `ERR_PARSE_DUPLICATE_ELEMENT` when a name is there twice
 */
export function readFields<Name extends string>(
  parent: XmlElement,
  names: readonly Name[],
): Partial<Record<Name, XmlElement>> {
  const fields: Partial<Record<Name, XmlElement>> = {};
  for (let child = parent.first; child !== undefined; child = child.next) {
    const name = child.localName as Name;
    if (!names.includes(name)) continue;
    if (fields[name] !== undefined) {
      throw new ParseError('expected once, found twice', {
        code: 'ERR_PARSE_DUPLICATE_ELEMENT',
        path: child.path,
      });
    }
    fields[name] = child;
  }
  return fields;
}

/** All children of `parent` with this local name, in document order. */
export function readRepeated(parent: XmlElement, localName: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let child = parent.first; child !== undefined; child = child.next) {
    if (child.localName === localName) found.push(child);
  }
  return found;
}

/**
 * A field that must be there.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT`
 */
export function requireField<Name extends string>(
  fields: Partial<Record<Name, XmlElement>>,
  name: Name,
  parent: XmlElement,
): XmlElement {
  const field = fields[name];
  if (field === undefined) throw missing(`${parent.path}/${name}`);
  return field;
}

/**
 * The text of a field that must be there and say something.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when absent or empty, `ERR_PARSE_NOT_TEXT` when it has elements
 */
export function requireText<Name extends string>(
  fields: Partial<Record<Name, XmlElement>>,
  name: Name,
  parent: XmlElement,
): string {
  const text = optionalText(fields[name]);
  if (text === undefined) throw missing(`${parent.path}/${name}`);
  return text;
}

/**
 * The text of a field; one that is empty counts as absent, because senders write optional fields empty.
 *
 * @throws {ParseError} `ERR_PARSE_NOT_TEXT` when it has elements
 */
export function optionalText(field: XmlElement | undefined): string | undefined {
  const text = field?.text();
  return text === undefined || text.trim() === '' ? undefined : text;
}

/**
 * The text of a field that must be one of a list, white space around it aside.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when absent or empty, `ERR_PARSE_NOT_TEXT` when it has elements,
 *   `ERR_PARSE_VALUE` when it is none of the list
 */
export function requireEnum<Name extends string, Value extends string>(
  fields: Partial<Record<Name, XmlElement>>,
  name: Name,
  parent: XmlElement,
  values: readonly Value[],
): Value {
  const text = requireText(fields, name, parent).trim();
  const value = values.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  throw new ParseError(`expected one of ${values.join(', ')}`, {
    code: 'ERR_PARSE_VALUE',
    path: `${parent.path}/${name}`,
  });
}

function missing(path: string): ParseError {
  return new ParseError('expected this element with a value, found none', {
    code: 'ERR_PARSE_MISSING_ELEMENT',
    path,
  });
}
