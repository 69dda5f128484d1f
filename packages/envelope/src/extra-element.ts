/**
 * Elements that the contract does not know and a particular service asks for.
 *
 * @module
 */
import type { ValidationIssue, XmlName, XmlWriter } from '@egov-gateway/core';

import { checkCharacters } from './contract-text.ts';

/** An element of the caller's own. */
export interface ExtraElement {
  /** A plain string is a name in no namespace. */
  readonly name: XmlName | string;
  /** Its text, or a function that writes its attributes and content. */
  readonly content: string | ((writer: XmlWriter) => void);
}

// The letters of NCName that occur in practice; a name outside of them is refused, never repaired.
const ncName = /^[\p{L}_][\p{L}\p{M}\p{N}._-]*$/u;

/** Whether `text` may be an element name, a prefix or an XML id. */
export function isNcName(text: unknown): boolean {
  return typeof text === 'string' && ncName.test(text);
}

/** The local name of an extra element. */
export function localNameOf(name: XmlName | string): string {
  return typeof name === 'string' ? name : name.localName;
}

/** Appends what an extra element breaks. Content that a function writes is the function's own responsibility. */
export function checkExtraElement(
  issues: ValidationIssue[],
  path: string,
  element: ExtraElement,
  clause: string,
): void {
  const { name, content } = element;
  const isNamed =
    typeof name === 'string'
      ? isNcName(name)
      : isNcName(name.localName) && (name.prefix === '' ? name.namespace === '' : isNcName(name.prefix));
  if (!isNamed) {
    issues.push({
      path,
      rule: 'name',
      message: 'must have an XML name without a colon, with a prefix when it has a namespace',
      clause,
    });
  }
  if (typeof content === 'string') checkCharacters(issues, path, content, clause);
}

/** Writes an extra element where the writer stands. */
export function writeExtraElement(writer: XmlWriter, element: ExtraElement): void {
  writer.open(element.name);
  if (typeof element.content === 'string') writer.text(element.content);
  else element.content(writer);
  writer.close();
}
