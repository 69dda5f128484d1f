import { createHash } from 'node:crypto';

import {
  type JournalEvent,
  type JournalReceipt,
  type MessageJournal,
  newLocalKey,
  ParseError,
  type QueueEntry,
} from '@egov-gateway/core';
import type { PulledMessage } from '@egov-gateway/envelope';

import type { PolledMessages } from './async-messages.ts';
import { contentHash } from './content-hash.ts';
import { digestContent } from './digest-content.ts';

/** A pulled message that can be kept: without its id it could neither be recognised again nor confirmed. */
export interface KeptMessage {
  readonly message: PulledMessage;
  readonly messageId: string;
  readonly contentHash: string;
}

/** A pulled message that nobody can handle: kept with the page, so that it is not lost, and with the reason. */
export interface UnreadablePart {
  readonly part: number;
  readonly error: ParseError;
  /** What tells it from another one. */
  readonly contentHash: string;
}

/** What became of the messages of a page. */
export interface StoredPage {
  readonly stored: number;
  /** Were here already. */
  readonly repeated: number;
  /** Other ones under an id that is taken, stored beside it. */
  readonly conflicting: number;
  /** Of all messages of the page. */
  readonly keys: readonly string[];
  readonly changed: readonly (JournalReceipt['changed'][number] & { readonly serviceId: string })[];
}

/**
 * The messages of a page that have an id.
 *
 * @internal
 */
export function keepable({ messages }: PolledMessages): readonly KeptMessage[] {
  return messages.flatMap((message) => {
    const { messageId } = message.info;
    return messageId === undefined ? [] : [{ message, messageId, contentHash: contentHash(message) }];
  });
}

/**
 * The messages of a page that cannot be read, or have no id.
 *
 * @internal
 */
export function unreadableParts({ messages, unreadable }: PolledMessages): readonly UnreadablePart[] {
  const nameless = messages.filter(({ info }) => info.messageId === undefined);
  return [
    ...unreadable.map(({ part, error, element }) => {
      const hash = createHash('sha256').update(JSON.stringify([error.code, error.path]));
      if (element !== undefined) digestContent(element, hash);
      return { part, error, contentHash: hash.digest('hex') };
    }),
    ...nameless.map((message) => ({
      part: message.part,
      error: new ParseError('expected messageId, found none', {
        code: 'ERR_PARSE_MISSING_ELEMENT',
        path: '/Envelope/Body/getMessagesResponse/response/messages/messageInfo/messageId',
      }),
      contentHash: contentHash(message),
    })),
  ];
}

/**
 * Makes a page durable in one change: the whole answer, each of its messages, and that they are to be confirmed, those
 * that were here before included. A page of which everything is here already is not stored again.
 *
 * @throws {JournalError} when nothing of it was kept
 * @internal
 */
export async function storePage(
  journal: MessageJournal,
  page: {
    readonly serviceId: string;
    readonly bytes: Uint8Array;
    readonly kept: readonly KeptMessage[];
    /** Those that were not kept before. */
    readonly unreadable: readonly UnreadablePart[];
  },
  atMs: number,
): Promise<StoredPage> {
  const { serviceId, bytes, kept, unreadable } = page;
  const knownKeys = unreadable.length === 0 ? await findKnown(journal, kept) : undefined;
  if (knownKeys !== undefined) {
    if (kept.length > 0)
      await journal.commit({
        events: [],
        enqueue: knownKeys.map((localKey) => confirmation(localKey, atMs)),
      });
    return { stored: 0, repeated: kept.length, conflicting: 0, keys: knownKeys, changed: [] };
  }
  const common = { direction: 'in', channel: 'async', kind: 'received', atMs } as const;
  const container = newLocalKey();
  const received = kept.map(({ message: { info, part }, messageId, contentHash: hash }): JournalEvent => {
    const { correlationId, messageType } = info;
    return {
      ...common,
      localKey: newLocalKey(),
      messageId,
      correlationId,
      serviceId: info.serviceId,
      messageType,
      contentHash: hash,
      container: { localKey: container, part },
    };
  });
  // No type and no id: nothing to handle, and nothing that a message could be taken for.
  const refused = unreadable.map(({ part, error, contentHash: hash }): JournalEvent => {
    const place = { localKey: container, part };
    return {
      ...common,
      localKey: newLocalKey(),
      serviceId,
      code: error.code,
      contentHash: hash,
      container: place,
    };
  });
  const receipt = await journal.commit({
    events: [{ ...common, localKey: container, serviceId, bytes }, ...received, ...refused],
    // The journal takes the key of the first one for messages that were here already.
    enqueue: received.map(({ localKey }) => confirmation(localKey, atMs)),
  });
  const receptions = receipt.receptions.slice(1, 1 + received.length);
  const services = new Map(received.map((event) => [event.localKey, event.serviceId]));
  const count = (wanted: string) => receptions.filter(({ reception }) => reception === wanted).length;
  return {
    stored: count('stored'),
    repeated: count('repeated'),
    conflicting: count('conflicting'),
    keys: receptions.map(({ localKey }) => localKey),
    changed: receipt.changed
      .filter(({ localKey }) => localKey !== container && !refused.some((one) => one.localKey === localKey))
      .map((change) => ({ ...change, serviceId: services.get(change.localKey) ?? serviceId })),
  };
}

/** The keys of all messages, when each of them is here already. */
async function findKnown(
  journal: MessageJournal,
  kept: readonly KeptMessage[],
): Promise<readonly string[] | undefined> {
  const keys: string[] = [];
  for (const { messageId, contentHash: hash } of kept) {
    const query = { messageId, contentHash: hash, direction: 'in', channel: 'async', limit: 1 } as const;
    const [known] = (await journal.find(query)).messages;
    if (known === undefined) return undefined;
    keys.push(known.localKey);
  }
  return keys;
}

function confirmation(localKey: string, dueAtMs: number): QueueEntry {
  return { queue: 'confirmations', localKey, dueAtMs };
}
