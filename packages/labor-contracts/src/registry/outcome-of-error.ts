import {
  BusinessError,
  GatewayError,
  GatewayFault,
  JournalError,
  KeyError,
  SignError,
} from '@egov-gateway/core';

import type { ContractOutcome, MessagePlace, OutcomeOf } from './contract-outcome.ts';
import { endingOf } from './contract-status.ts';

/** Whether the journal has a message under this key already, so that nothing was sent. */
export function isTaken(error: unknown): boolean {
  return (
    error instanceof JournalError &&
    (error.code === 'ERR_JOURNAL_STATE' || error.code === 'ERR_JOURNAL_CONFLICT') &&
    error.delivery === 'not-sent'
  );
}

/**
 * What became of a message whose call has failed.
 *
 * @throws what is no outcome of this message: the journal or a key cannot be used, the call was cancelled
 */
export function outcomeOfError(
  error: unknown,
  common: Omit<OutcomeOf<string>, 'state'> & MessagePlace,
): ContractOutcome {
  if (!(error instanceof GatewayError)) throw error;
  const { delivery } = error;
  const place = { ...common, messageId: error.messageId };
  if (error instanceof BusinessError) return refused(place, error.statusCode);
  if (error instanceof GatewayFault && error.verified) return refused(place, error.faultCode);
  if (delivery === 'not-sent') {
    if (error instanceof JournalError || error instanceof KeyError || error instanceof SignError) throw error;
    return { ...place, state: 'not-sent', code: error.code };
  }
  return { ...place, state: 'in-doubt', code: error.code };
}

function refused(place: Omit<OutcomeOf<string>, 'state'> & MessagePlace, code: string): ContractOutcome {
  return { ...place, state: 'refused', code, ending: endingOf(code) === '9.1' ? '9.1' : '6.1' };
}
