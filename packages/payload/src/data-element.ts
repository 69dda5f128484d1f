import type { XmlElement, XmlWriter } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

import { xsiNamespace } from './data-style.ts';

const typeName = xmlName('type', xsiNamespace, 'xsi');
const nilName = xmlName('nil', xsiNamespace, 'xsi');

/** Whether an element is the unqualified `data` of a gateway message itself, rather than something to put into it. */
export function isDataElement(element: XmlElement): boolean {
  return element.localName === 'data' && element.namespace === '';
}

/**
 * Writes what a `data` element that was read carries into the one that is open: `xsi:type` with its prefix, `xsi:nil`,
 * and the content. Other attributes are not the gateway's and are left out.
 */
export function copyDataElement(data: XmlElement, writer: XmlWriter): void {
  const type = data.attribute('type', xsiNamespace);
  const nil = data.attribute('nil', xsiNamespace);
  if (type !== undefined) {
    const colon = type.indexOf(':');
    const prefix = colon === -1 ? '' : type.slice(0, colon);
    const namespace = prefix === '' ? undefined : data.lookupNamespace(prefix);
    if (namespace !== undefined) writer.declarePrefix(prefix, namespace);
    writer.attribute(typeName, type);
  }
  if (nil !== undefined) writer.attribute(nilName, nil);
  if (data.first === undefined) writer.text(data.text());
  for (let child = data.first; child !== undefined; child = child.next) writer.copy(child);
}
