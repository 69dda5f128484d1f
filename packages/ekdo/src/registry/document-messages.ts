import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';

import { stepOfKey } from './step-key.ts';

const pageSize = 1000;

/** Every attempt at a document. @internal */
export async function messagesOf(
  journal: MessageJournal,
  serviceId: string,
  key: string,
): Promise<readonly RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  let after: string | undefined;
  do {
    const page = await journal.find({ serviceId, reference: key, direction: 'out', limit: pageSize, after });
    messages.push(...page.messages.filter(({ localKey }) => stepOfKey(localKey) !== undefined));
    after = page.next;
  } while (after !== undefined);
  return messages;
}

/** The keys of the documents with an upload in a time, newest first, each once. @internal */
export async function* sentKeys(
  journal: MessageJournal,
  serviceId: string,
  time: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined },
): AsyncGenerator<string> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const page = await journal.find({ ...time, serviceId, direction: 'out', limit: pageSize, after });
    for (const { localKey, reference } of page.messages) {
      if (stepOfKey(localKey)?.step !== 'document' || reference === undefined || seen.has(reference))
        continue;
      seen.add(reference);
      yield reference;
    }
    after = page.next;
  } while (after !== undefined);
}

/** Whether another document has this id. @internal */
export async function isIdTaken(
  journal: MessageJournal,
  serviceId: string,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<boolean> {
  const { messages } = await journal.find({ serviceId, messageId: id, direction: 'out', limit: pageSize });
  return messages.some(({ reference, localKey }) => reference !== key && stepOfKey(localKey) !== undefined);
}
