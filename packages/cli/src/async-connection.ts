/** How `egw` reaches the asynchronous channel, and opens what came over it. */
import { type AsyncGateway, type AsyncGatewayOptions, createAsyncGateway } from '@egov-gateway/client/preset';
import type { EnvelopeVerifier } from '@egov-gateway/core';
import { signatureSuites } from '@egov-gateway/keys';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import type { CommandContext, CommandOptions } from './command.ts';
import { reachHelp, readReach, readUrl } from './gateway-connection.ts';
import { journalHelp } from './journal-file.ts';
import { type OptionValues, switchOption, textOption } from './option-values.ts';
import { configOption, journalOptions, reachOptions } from './setting-options.ts';
import { readTrust } from './trust.ts';
import { UsageError } from './usage-error.ts';

/** The options. */
export const asyncConnectionOptions: CommandOptions = {
  'async-endpoint': { type: 'string' },
  ...reachOptions,
  ...journalOptions,
  ...configOption,
};

/** Their help. */
export const asyncConnectionHelp: readonly string[] = [
  ...journalHelp,
  '--async-endpoint URL  address of the asynchronous channel',
  ...reachHelp,
];

/** What a command adds to the connection. */
export type GatewayWork = Pick<
  AsyncGatewayOptions,
  'journal' | 'poll' | 'outbox' | 'policies' | 'onStateChange'
>;

/** The channel that the filled options describe, for as long as `work` goes on. */
export async function withAsyncGateway<T>(
  values: OptionValues,
  context: CommandContext,
  options: GatewayWork,
  work: (gateway: AsyncGateway) => Promise<T>,
): Promise<T> {
  const address = textOption(values, 'async-endpoint');
  if (address === undefined || address === '') {
    throw new UsageError(
      '--async-endpoint URL is missing (or set EGW_ASYNC_ENDPOINT): it is another address than that of the synchronous channel',
    );
  }
  const gateway = createAsyncGateway({
    ...(await readReach(values, context)),
    ...options,
    endpoint: readUrl('async-endpoint', address),
  });
  try {
    return await work(gateway);
  } finally {
    await gateway.close();
  }
}

/** Verifies what came in; `undefined` with `--no-verification`. */
export async function readVerifier(
  values: OptionValues,
  context: CommandContext,
): Promise<EnvelopeVerifier | undefined> {
  if (switchOption(values, 'no-verification')) return undefined;
  return createEnvelopeVerifier({ trust: await readTrust(values, context), suites: signatureSuites });
}
