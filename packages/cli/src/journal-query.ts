/** The options that say which messages to list. */
import type { MessageQuery, MessageState } from '@egov-gateway/core';

import type { CommandOptions } from './command.ts';
import { readInstant } from './instant.ts';
import {
  choiceListOption,
  choiceOption,
  type OptionValues,
  textOption,
  wholeOption,
} from './option-values.ts';
import { UsageError } from './usage-error.ts';

const states = [
  'draft',
  'queued',
  'sending',
  'sent',
  'delivered',
  'answered',
  'rejected',
  'expired',
  'dead',
  'in-doubt',
  'received',
  'unmatched',
  'handled',
] as const satisfies readonly MessageState[];

/** The options. */
export const queryOptions: CommandOptions = {
  service: { type: 'string' },
  chain: { type: 'string' },
  'message-id': { type: 'string' },
  reference: { type: 'string' },
  subject: { type: 'string' },
  state: { type: 'string', multiple: true },
  direction: { type: 'string' },
  channel: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  limit: { type: 'string' },
  after: { type: 'string' },
};

/** Their help. */
export const queryHelp: readonly string[] = [
  '--service ID          of this service',
  '--chain ID            of this correlationId',
  '--message-id ID       of this messageId',
  '--reference TEXT      of this reference of yours',
  '--subject N           about this IIN or BIN, found through its keyed hash: needs --subject-key-file',
  `--state STATE         ${states.slice(0, 8).join(', ')},`,
  `                      ${states.slice(8).join(', ')}; repeat it for several`,
  '--direction out|in    sent or received; --channel sync|async',
  '--from T, --to T      first event in this period: days in UTC, 2026-01-31, or instants, 2026-01-31T09:00:00+05:00',
  '--limit N             messages on a page, 1000 at most; 50 by default',
  '--after PLACE         the page behind another one, which named its end',
];

/** Reads them. @throws {UsageError} when one of them is not what it should be */
export function readQuery(values: OptionValues): MessageQuery {
  const limit = wholeOption(values, 'limit');
  if (limit !== undefined && limit > 1000) throw new UsageError('--limit is a whole number from 1 to 1000');
  const subject = textOption(values, 'subject');
  if (subject !== undefined && !/^[0-9]{12}$/.test(subject)) {
    throw new UsageError('--subject is an IIN or BIN of twelve digits');
  }
  const after = textOption(values, 'after');
  if (after !== undefined && !/^\d{1,15}\.\d{1,15}$/.test(after)) {
    throw new UsageError('--after is what the page before named');
  }
  const wanted = choiceListOption(values, 'state', states);
  return {
    serviceId: textOption(values, 'service'),
    correlationId: textOption(values, 'chain'),
    messageId: textOption(values, 'message-id'),
    reference: textOption(values, 'reference'),
    subject,
    states: wanted.length === 0 ? undefined : wanted,
    direction: choiceOption(values, 'direction', ['out', 'in']),
    channel: choiceOption(values, 'channel', ['sync', 'async']),
    fromMs: readPeriod(values, 'from'),
    toMs: readPeriod(values, 'to'),
    limit,
    after,
  };
}

/** A day stands for its beginning. */
function readPeriod(values: OptionValues, name: 'from' | 'to'): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  try {
    return readInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text);
  } catch (cause) {
    throw new UsageError(
      `--${name} is a day, 2026-01-31, or an instant with an offset, 2026-01-31T09:00:00+05:00`,
      { cause },
    );
  }
}
