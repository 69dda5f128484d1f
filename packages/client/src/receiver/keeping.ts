import { JournalError } from '@egov-gateway/core';

import { Refusal } from './refusal.ts';

/**
 * What a journal makes of a change.
 *
 * @throws {Refusal} `format` when it cannot keep what the message says, such as an identifier that is too long
 * @throws {unknown} whatever else the journal rejects with
 * @internal
 */
export async function keeping<Value>(commit: () => Promise<Value>): Promise<Value> {
  try {
    return await commit();
  } catch (error) {
    if (error instanceof JournalError && error.code === 'ERR_JOURNAL_EVENT') {
      throw new Refusal('format', error);
    }
    throw error;
  }
}
