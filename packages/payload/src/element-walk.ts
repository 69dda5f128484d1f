import type { XmlElement } from '@egov-gateway/core';

/** `root` and every element in it, in document order, without recursion. */
export function* elementsWithin(root: XmlElement): Generator<XmlElement> {
  const ahead: XmlElement[] = [root];
  for (let element = ahead.pop(); element !== undefined; element = ahead.pop()) {
    yield element;
    if (element !== root && element.next !== undefined) ahead.push(element.next);
    if (element.first !== undefined) ahead.push(element.first);
  }
}

/** The child elements with this name. */
export function childrenCalled(parent: XmlElement, localName: string, namespace: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let child = parent.first; child !== undefined; child = child.next) {
    if (child.localName === localName && child.namespace === namespace) found.push(child);
  }
  return found;
}
