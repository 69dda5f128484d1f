import { readResults, resultsHeader } from '@egov-gateway/labor-contracts/batch';

import type { ResultsFormat } from '../results-file.ts';

/** The table of results of a batch of contracts. */
export const contractResults: ResultsFormat = {
  header: resultsHeader,
  read: (text) =>
    readResults(text)?.map((kept) => ({
      row: kept.row,
      name: resultName(kept),
      isDone: kept.state === 'accepted',
      isOfSending: kept.state !== 'ready' && kept.state !== 'invalid',
      journalKey: kept.journalKey,
      line: kept.line,
    })),
};

/** What a row is about, in that table. */
export function resultName({ operation, key }: { readonly operation: string; readonly key: string }): string {
  return `${operation} ${key}`;
}
