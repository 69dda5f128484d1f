import type { XmlElement } from '@egov-gateway/core';

/** The first child of this name in no namespace. @internal */
export function childOf(parent: XmlElement | undefined, localName: string): XmlElement | undefined {
  for (let child = parent?.first; child !== undefined; child = child.next) {
    if (child.localName === localName && child.namespace === '') return child;
  }
  return undefined;
}

/** The text of a leaf. @internal */
export function textOf(element: XmlElement | undefined): string | undefined {
  return element === undefined || element.first !== undefined ? undefined : element.text();
}

/** BIN or IIN of the employer: at the same place in every operation that is known. @internal */
export function employerOf(operation: XmlElement | undefined): string | undefined {
  return textOf(childOf(childOf(operation, 'employerData'), 'bin'));
}
