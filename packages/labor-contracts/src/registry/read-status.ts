import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';

import type { LaborContracts } from '../labor-contracts.ts';
import { type ContractStatus, contractOf, oldestFirst, type StepContext } from './contract-status.ts';
import { type ReadStep, readStep } from './known-outcome.ts';
import { readRecordedRequest } from './recorded-request.ts';

/** A contract as the journal tells, answers included. */
export async function readStatus(
  journal: MessageJournal,
  contracts: LaborContracts,
  key: string,
  context: StepContext,
): Promise<ContractStatus | undefined> {
  const read: (ReadStep & { readonly message: RecordedMessage })[] = [];
  for (const message of oldestFirst(await messagesOf(journal, contracts.service.id, key))) {
    const step = await readStep(journal, message, contracts.service, context);
    if (step !== undefined) read.push({ ...step, message });
  }
  const status = contractOf(
    key,
    read.map(({ step }) => step),
  );
  if (status === undefined) return undefined;
  const accepted = read.filter(({ step }) => step.state === 'accepted');
  const registration = accepted.find(({ step }) => step.operation === 'register');
  const later = accepted.findLast(({ step }) => step.operation !== 'register');
  const registeredId =
    registration?.response?.registeredId ??
    (later && contractIdOf(await readRecordedRequest(journal, later.message, contracts)));
  return { ...status, registeredId };
}

function contractIdOf(request: Awaited<ReturnType<typeof readRecordedRequest>>): string | undefined {
  return (request?.subsidiaryContractData ?? request?.terminationContractData)?.contractId;
}

async function messagesOf(
  journal: MessageJournal,
  serviceId: string,
  reference: string,
): Promise<readonly RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  let after: string | undefined;
  do {
    const page = await journal.find({ serviceId, reference, direction: 'out', limit: 1000, after });
    messages.push(...page.messages);
    after = page.next;
  } while (after !== undefined);
  return messages;
}
