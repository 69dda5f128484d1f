import { type EnvelopeLayout, newMessageId, type XmlWriter } from '@egov-gateway/core';
import { createXmlWriter, xmlName } from '@egov-gateway/xml';

import { isNcName } from './extra-element.ts';
import { type HeaderBlock, writeHeaderBlocks } from './header-block.ts';
import { soap11Namespace, soapName, wsuNamespace } from './soap.ts';

/** An envelope that is ready to be signed or sent. */
export interface WrittenEnvelope {
  /** UTF-8, without an XML declaration. */
  readonly bytes: Uint8Array;
  /** Where its parts lie, for a signer that need not read it again. */
  readonly layout: EnvelopeLayout;
}

/** What may be handed in when an envelope is written. */
export interface WriteOptions {
  /** Makes the unique part of `wsu:Id` of the Body, letters, digits and `._-` only. Default: a UUID v4. */
  readonly newId?: (() => string) | undefined;
}

const encoder = new TextEncoder();
const bodyName = soapName('Body');
const idName = xmlName('Id', wsuNamespace, 'wsu');
const head = encoder.encode(`<soap:Envelope xmlns:soap="${soap11Namespace}"><soap:Header>`);
const neck = encoder.encode('</soap:Header>');
const tail = encoder.encode('</soap:Envelope>');

/**
 * Writes a SOAP 1.1 envelope around the content of its Body.
 *
 * The Body declares the prefix `soap` once more although the envelope does: that is how exclusive C14N renders a Body
 * that stands alone, and so the bytes on the wire are the bytes that are digested.
 *
 * @throws {TypeError} when `newId` makes something that is no XML id
 * @see SOAP 1.1, 4 "SOAP Envelope"
 */
export function writeSoapEnvelope(
  headerBlocks: readonly HeaderBlock[],
  writeContent: (writer: XmlWriter) => void,
  options: WriteOptions = {},
): WrittenEnvelope {
  const { newId = newMessageId } = options;
  const bodyId = `id-${newId()}`;
  if (!isNcName(bodyId)) throw new TypeError('expected newId to make letters, digits and ._- only');

  const blocks = headerBlocks.map((block) => {
    const writer = createXmlWriter();
    writeHeaderBlocks(writer, [block]);
    return writer.finish().bytes;
  });
  const writer = createXmlWriter();
  writer.open(bodyName);
  writer.attribute(idName, bodyId);
  writeContent(writer);
  writer.close();
  const { bytes: body, wireOnly } = writer.finish();

  const bytes = joined([head, ...blocks, neck, body, tail]);
  const bodyEnd = bytes.length - tail.length;
  const bodyStart = bodyEnd - body.length;
  return {
    bytes,
    layout: {
      headerInsertAt: head.length,
      bodyStart,
      bodyEnd,
      bodyId,
      wireOnly: wireOnly.map(([start, end, ...canonical]) => [
        start + bodyStart,
        end + bodyStart,
        ...canonical,
      ]),
    },
  };
}

// Not Buffer.concat: its result may lie in a pool that other buffers share.
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
