/**
 * Answers that were verified when they came, read once more from the journal, and ids that persons have found instead.
 *
 * @module
 */
import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import type { ContractResponse } from '../exchange/contract-response.ts';
import type { ContractService } from './contract-gateway.ts';

/**
 * The answer of a call of the synchronous channel, or what a person found in its place; `undefined` when its bytes are
 * archived or were never kept.
 */
export async function readRecordedAnswer(
  journal: MessageJournal,
  message: RecordedMessage,
  service: ContractService,
): Promise<ContractResponse | undefined> {
  const event = message.events.findLast(
    ({ kind, byteLength }) => (kind === 'answered' || kind === 'resolved') && byteLength > 0,
  );
  const bytes = event && (await journal.bytes(message.localKey, event.version));
  if (event?.kind === 'resolved') return bytes && readFoundId(bytes);
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
  const data = dataOf(content);
  return data === undefined
    ? { registeredId: undefined, root: undefined, text: '' }
    : service.response.read(data);
}

/** The element `data` of the content of a message. */
export function dataOf(content: XmlNode): XmlNode | undefined {
  for (const child of content.children()) if (child.localName === 'data') return child;
  return undefined;
}

/** The bytes of `resolved`: the id that a person found. */
export function writeFoundId(registeredId: string): Uint8Array {
  return new TextEncoder().encode(registeredId);
}

function readFoundId(bytes: Uint8Array): ContractResponse {
  return { registeredId: new TextDecoder().decode(bytes), root: undefined, text: '' };
}

/** The first element of a name, in any namespace, that lies in no `data`. */
export function firstNamed(root: XmlNode, localName: string): XmlNode | undefined {
  return named(root, localName)[0];
}

/** Elements of a name, in any namespace, in the order of the document; never those within one another. */
function named(root: XmlNode, localName: string): XmlNode[] {
  if (root.localName === localName) return [root];
  return [...root.children()].flatMap((child) => (child.localName === 'data' ? [] : named(child, localName)));
}
