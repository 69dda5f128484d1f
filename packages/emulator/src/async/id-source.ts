import { newMessageId } from '@egov-gateway/core';

import type { AsyncSettings, IdKind } from './async-options.ts';

/** The first digit tells what an id is of, so that nobody takes one for the other unnoticed. */
const offsets: Readonly<Record<IdKind, number>> = {
  message: 0,
  chain: 1_000_000_000,
  notification: 2_000_000_000,
};

/** Makes the ids that the gateway gives. @internal */
export function idSource(
  ids: AsyncSettings['ids'],
  base: number,
): (kind: IdKind, sequence: number) => string {
  if (typeof ids === 'function') return ids;
  if (ids === 'uuid') return () => newMessageId();
  return (kind, sequence) => String(offsets[kind] + base + sequence);
}
