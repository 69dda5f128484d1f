import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';

import type { ContractResponse } from '../exchange/contract-response.ts';
import type { ContractService } from './contract-gateway.ts';
import type { ContractOutcome } from './contract-outcome.ts';
import { type ContractStep, type StepContext, stepOf } from './contract-status.ts';
import { readRecordedAnswer, readRecordedReply } from './recorded-answer.ts';

/** A step of the journal with its answer. */
export interface ReadStep {
  readonly step: ContractStep;
  readonly response: ContractResponse | undefined;
}

/** The step that a message is; on the asynchronous channel its answer alone says what became of it. */
export async function readStep(
  journal: MessageJournal,
  message: RecordedMessage,
  service: ContractService,
  context: StepContext = {},
): Promise<ReadStep | undefined> {
  const step = stepOf(message, context);
  if (step?.state === 'accepted') {
    return { step, response: await readRecordedAnswer(journal, message, service) };
  }
  if (step?.state !== 'answered') return step && { step, response: undefined };
  const response = await readRecordedReply(journal, message, service);
  if (response?.registeredId === undefined) return { step, response };
  return { step: { ...step, state: 'accepted', ending: '15' }, response };
}

/** What an earlier call has come to. */
export function knownOutcome(key: string, { step, response }: ReadStep): ContractOutcome {
  const { operation, localKey, attempt, messageId, code = '' } = step;
  const common = { operation, key, repeated: true, warnings: [], localKey, attempt, messageId } as const;
  switch (step.state) {
    case 'accepted':
      return { ...common, state: 'accepted', ending: '15', registeredId: response?.registeredId, response };
    case 'answered':
      return { ...common, state: 'answered', response };
    case 'refused':
      return { ...common, state: 'refused', code, ending: step.ending === '9.1' ? '9.1' : '6.1' };
    case 'under-way':
      return { ...common, state: 'under-way' };
    case 'not-sent':
      return { ...common, state: 'not-sent', code };
    case 'in-doubt':
      return { ...common, state: 'in-doubt', code: step.code };
  }
}
