import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import type { LaborContracts } from '../labor-contracts.ts';
import type { ContractRequest } from '../operations/contract-request.ts';
import { baseOf } from './contract-key.ts';
import { readStep } from './known-outcome.ts';
import { dataOf, firstNamed } from './recorded-answer.ts';

/** The request that a message carries; `undefined` when its bytes are archived or were never kept. */
export async function readRecordedRequest(
  journal: MessageJournal,
  message: RecordedMessage,
  { service, read }: LaborContracts,
): Promise<ContractRequest | undefined> {
  const event = message.events.findLast(({ kind, byteLength }) => kind === 'signed' && byteLength > 0);
  const bytes = event && (await journal.bytes(message.localKey, event.version));
  const envelope = bytes && parseXml(bytes).root;
  const content = envelope && (firstNamed(envelope, 'requestData') ?? firstNamed(envelope, 'messageData'));
  const data = content && dataOf(content);
  if (data === undefined) return undefined;
  const document = service.request.read(data);
  return read(parseXml(typeof document === 'string' ? new TextEncoder().encode(document) : document).root);
}

/** The first day of work in the registration that ЕСУТД has accepted, when it was made here. */
export async function recordedBeginDate(
  journal: MessageJournal,
  contracts: LaborContracts,
  key: string,
): Promise<string | undefined> {
  const base = baseOf({ operation: 'register', key }, contracts.service.id);
  for (let attempt = 1; ; attempt++) {
    const message = await journal.message(`${base}.${attempt}`);
    if (message === undefined) return undefined;
    if ((await readStep(journal, message, contracts.service))?.step.state !== 'accepted') continue;
    const request = await readRecordedRequest(journal, message, contracts);
    return request?.newContractData?.contractData?.beginDate;
  }
}
