import type { XmlName, XmlWriter } from '@egov-gateway/core';

import type { HeaderBlock } from './header-block.ts';

/** Namespace of WS-Addressing 1.0. */
export const wsAddressingNamespace = 'http://www.w3.org/2005/08/addressing';

/** The properties of WS-Addressing that a request may carry. */
export interface WsAddressing {
  /** IRI of the operation: the one property that must be there. */
  readonly action: string;
  /** IRI of the receiver. */
  readonly to?: string | undefined;
  /** IRI of this message, `urn:uuid:…`. Another thing than `messageId` of the gateway. */
  readonly messageId?: string | undefined;
  /** IRI of the message that this one answers. */
  readonly relatesTo?: string | undefined;
  /** Address that answers go to. */
  readonly replyTo?: string | undefined;
}

/**
 * Header blocks of WS-Addressing 1.0, for a service whose owner asks for them. The gateway itself needs none.
 *
 * @throws {TypeError} when `action` is empty
 * @see WS-Addressing 1.0 Core, 3.2 "XML Infoset Representation of Message Addressing Properties"
 */
export function wsAddressingHeaders(addressing: WsAddressing): readonly HeaderBlock[] {
  const { action, to, messageId, relatesTo, replyTo } = addressing;
  if (action === '') throw new TypeError('expected a non-empty WS-Addressing action');
  const blocks: HeaderBlock[] = [{ name: wsaName('Action'), content: action }];
  if (to !== undefined) blocks.push({ name: wsaName('To'), content: to });
  if (messageId !== undefined) blocks.push({ name: wsaName('MessageID'), content: messageId });
  if (relatesTo !== undefined) blocks.push({ name: wsaName('RelatesTo'), content: relatesTo });
  if (replyTo !== undefined) {
    const content = (writer: XmlWriter): void => writer.leaf(wsaName('Address'), replyTo);
    blocks.push({ name: wsaName('ReplyTo'), content });
  }
  return blocks;
}

function wsaName(localName: string): XmlName {
  return { localName, namespace: wsAddressingNamespace, prefix: 'wsa' };
}
