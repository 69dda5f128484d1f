import type { XmlName, XmlWriter } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

const nil = xmlName('nil', 'http://www.w3.org/2001/XMLSchema-instance', 'xsi');
const localName = (name: XmlName | string): string => (typeof name === 'string' ? name : name.localName);

/**
 * Writes the same, and `<changeDate xsi:nil="true"/>` at the end of every dictionary entry that has no date: as the real
 * register was seen to do it.
 *
 * @internal
 */
export function nilWriter(writer: XmlWriter): XmlWriter {
  // The local names of the children that each open element has had.
  const open: string[][] = [];
  const note = (name: XmlName | string): void => {
    open.at(-1)?.push(localName(name));
  };
  return {
    open(name) {
      note(name);
      open.push([]);
      writer.open(name);
    },
    close() {
      const children = open.pop() ?? [];
      if (children.includes('code') && !children.includes('changeDate')) {
        writer.open('changeDate');
        writer.attribute(nil, 'true');
        writer.close();
      }
      writer.close();
    },
    leaf(name, value) {
      note(name);
      writer.leaf(name, value);
    },
    attribute: (name, value) => writer.attribute(name, value),
    declarePrefix: (prefix, namespace) => writer.declarePrefix(prefix, namespace),
    text: (value) => writer.text(value),
    base64: (bytes) => writer.base64(bytes),
    copy: (element) => writer.copy(element),
  };
}
