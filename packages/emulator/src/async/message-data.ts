/**
 * The business data of stored messages: in, out, and handed on as it came.
 *
 * @module
 */
import { type DataCodec, ValidateError, type XmlElement } from '@egov-gateway/core';
import { readAsyncMessage } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';

/**
 * A value as the element `data` alone.
 *
 * @throws {ValidateError} when the codec refuses the value
 * @internal
 */
export function writeDataSource<Value>(codec: DataCodec<Value>, value: Value): Uint8Array {
  const issues = codec.validate(value);
  if (issues.length > 0) throw new ValidateError(issues);
  const writer = createXmlWriter();
  writer.open('data');
  codec.write(value, writer);
  writer.close();
  return writer.finish().bytes;
}

/** The element `data` of what is stored: of an envelope that was checked when it came, or alone. @internal */
export function dataOf(source: Uint8Array): XmlElement | undefined {
  const { root } = parseXml(source);
  return root.localName === 'Envelope' ? readAsyncMessage(acceptUnverified(source)).data : root;
}

/** All character data below an element. @internal */
export function textOf(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  if (element.first === undefined) return element.text();
  const texts: string[] = [];
  for (let child: XmlElement | undefined = element.first; child !== undefined; child = child.next) {
    texts.push(textOf(child));
  }
  return texts.join(' ');
}
