/**
 * Answers that were verified when they came, read once more from the journal.
 *
 * @module
 */
import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import type { ContractResponse } from '../exchange/contract-response.ts';
import type { ContractService } from './contract-gateway.ts';

/** The answer of a call of the synchronous channel; `undefined` when its bytes are archived or were never kept. */
export async function readRecordedAnswer(
  journal: MessageJournal,
  message: RecordedMessage,
  service: ContractService,
): Promise<ContractResponse | undefined> {
  const event = message.events.findLast(({ kind, byteLength }) => kind === 'answered' && byteLength > 0);
  const bytes = event && (await journal.bytes(message.localKey, event.version));
  const response = bytes && firstNamed(parseXml(bytes).root, 'responseData');
  return response && readData(response, service);
}

/** The RESPONSE of a chain of the asynchronous channel that names an id, or the first one. */
export async function readRecordedReply(
  journal: MessageJournal,
  message: RecordedMessage,
  service: ContractService,
): Promise<ContractResponse | undefined> {
  const answers: ContractResponse[] = [];
  for (const key of message.relatedKeys) {
    const reply = await journal.message(key);
    if (reply?.direction !== 'in' || reply.messageType !== 'RESPONSE' || reply.state === 'dead') continue;
    const content = await replyContent(journal, reply);
    if (content !== undefined) answers.push(readData(content, service));
  }
  return answers.find(({ registeredId }) => registeredId !== undefined) ?? answers[0];
}

async function replyContent(journal: MessageJournal, reply: RecordedMessage): Promise<XmlNode | undefined> {
  const event = reply.events.find(({ kind }) => kind === 'received');
  if (event === undefined) return undefined;
  const { container } = event;
  if (container === undefined) {
    const bytes = await journal.bytes(reply.localKey, event.version);
    return bytes && firstNamed(parseXml(bytes).root, 'messageData');
  }
  const page = await journal.message(container.localKey);
  const kept = page?.events.find(({ byteLength }) => byteLength > 0);
  const bytes = kept && (await journal.bytes(container.localKey, kept.version));
  const parts = bytes && named(parseXml(bytes).root, 'messages');
  const part = parts?.[container.part];
  return part && firstNamed(part, 'messageData');
}

function readData(content: XmlNode, service: ContractService): ContractResponse {
  for (const child of content.children()) {
    if (child.localName === 'data') return service.response.read(child);
  }
  return { registeredId: undefined, root: undefined, text: '' };
}

function firstNamed(root: XmlNode, localName: string): XmlNode | undefined {
  return named(root, localName)[0];
}

/** Elements of a name, in any namespace, in the order of the document; never those within one another. */
function named(root: XmlNode, localName: string): XmlNode[] {
  if (root.localName === localName) return [root];
  return [...root.children()].flatMap((child) => (child.localName === 'data' ? [] : named(child, localName)));
}
