/** A batch over the asynchronous channel: every row is kept in the journal first, and is sent from there. */
import type { AsyncGateway } from '@egov-gateway/client/preset';
import type { SigningKey } from '@egov-gateway/core';
import type { MessageJournal } from '@egov-gateway/journal';
import { ContractRegistry, type LaborContracts } from '@egov-gateway/labor-contracts';
import { type ContractRow, resultLine } from '@egov-gateway/labor-contracts/batch';

import { type GatewayWork, withAsyncGateway } from '../async-connection.ts';
import type { CommandContext } from '../command.ts';
import { choiceOption, type OptionValues, switchOption, wholeOption } from '../option-values.ts';
import type { ResultsFile } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { notingTroubles, watchingStates } from '../worker-watch.ts';
import type { BatchReport } from './batch-report.ts';
import { type BatchSummary, sendRows } from './batch-work.ts';
import { RowFollower } from './row-follower.ts';

/** Somebody waits: while nothing comes, the pause between two questions grows to so many times the shortest one. */
const maxSlowdown = 6;

/** What a process had in hand that was killed is taken by the next one after so long, milliseconds. */
const leaseMs = 5_000;

const asyncOnly = [
  'async-endpoint',
  'no-wait',
  'wait-ms',
  'no-poll',
  'poll-interval-ms',
  'ask-after-ms',
  'on-unknown',
] as const;

/**
 * Whether the batch goes over the asynchronous channel.
 *
 * @param given - as the command line has them: a configuration file may name the addresses of both channels
 * @throws {UsageError} when options of that channel are given without it, or contradict each other
 */
export function isAsyncBatch(given: OptionValues): boolean {
  const useless = asyncOnly.find((name) => given[name] !== undefined);
  if (!switchOption(given, 'async') && useless !== undefined) {
    throw new UsageError({
      ru: `--${useless} относится к асинхронному каналу: добавьте --async`,
      kk: `--${useless} асинхронды арнаға жатады: --async қосыңыз`,
      en: `--${useless} is of the asynchronous channel: add --async`,
    });
  }
  if (switchOption(given, 'no-wait') && given['wait-ms'] !== undefined) {
    throw new UsageError({
      ru: '--no-wait противоречит --wait-ms',
      kk: '--no-wait пен --wait-ms бір-біріне қайшы',
      en: '--no-wait contradicts --wait-ms',
    });
  }
  return switchOption(given, 'async');
}

/** What a batch is made of. */
export interface AsyncBatch {
  readonly contracts: LaborContracts;
  readonly journal: MessageJournal;
  readonly employerKey: SigningKey;
  readonly rows: Iterable<ContractRow>;
  readonly report: BatchReport;
  readonly results: ResultsFile;
}

/** Sends what is not done yet, and waits for what becomes of it. Rows that somebody else sends or receives count too. */
export async function sendOverAsync(
  { contracts, journal, employerKey, rows, report, results }: AsyncBatch,
  values: OptionValues,
  context: CommandContext,
): Promise<BatchSummary> {
  const { console, signal } = context;
  const { id } = contracts.service;
  const isWaiting = !switchOption(values, 'no-wait');
  const waitMs = wholeOption(values, 'wait-ms');
  const askAfterMs = wholeOption(values, 'ask-after-ms') ?? 60_000;
  return withAsyncGateway(values, context, gatewayWork(journal, id, isWaiting, values), (gateway) => {
    const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });
    const follower = new RowFollower({
      gateway,
      journal,
      registry,
      askAfterMs,
      onSettled: async (result) => {
        await results.add(resultLine(result));
        report.settle(result.state, result);
      },
    });
    const work = async (): Promise<BatchSummary> => {
      if (!isWaiting) return sendRows(rows, registry, values, context, report, results);
      gateway.poller?.add(id);
      gateway.outbox.start();
      gateway.confirmer.start();
      gateway.poller?.start();
      const { end } = await sendRows(rows, registry, values, context, report, results, (result) =>
        follower.follow(result),
      );
      const late = waitMs === undefined ? [] : [AbortSignal.timeout(waitMs)];
      await follower.untilSettled(AbortSignal.any([signal, ...late]));
      await rest(gateway, follower.size === 0);
      return { end: signal.aborted && follower.size > 0 ? 'interrupted' : end, counts: report.counts() };
    };
    return notingTroubles(console, () => watchingStates(() => follower.wake(), work));
  });
}

function gatewayWork(
  journal: MessageJournal,
  serviceId: string,
  isWaiting: boolean,
  values: OptionValues,
): GatewayWork {
  const intervalMs = wholeOption(values, 'poll-interval-ms') ?? 5_000;
  const hasPoller = isWaiting && !switchOption(values, 'no-poll');
  const attemptTimeoutMs = wholeOption(values, 'timeout-ms');
  return {
    journal,
    poll: hasPoller && { minIntervalMs: intervalMs, maxIntervalMs: intervalMs * maxSlowdown },
    outbox: {
      leaseMs,
      ...(attemptTimeoutMs === undefined
        ? {}
        : { graceMs: Math.max(100, Math.min(10_000, attemptTimeoutMs)) }),
    },
    policies: {
      [serviceId]: {
        onUnknown: choiceOption(values, 'on-unknown', ['hold', 'resend']) ?? 'hold',
        concurrency: wholeOption(values, 'concurrency'),
        maxPerHour: wholeOption(values, 'max-per-hour'),
        attemptTimeoutMs,
      },
    },
  };
}

/** What came with the outcomes is confirmed, or the gateway hands it out again. */
async function rest(gateway: AsyncGateway, isDone: boolean): Promise<void> {
  if (isDone) {
    await gateway.poller?.stop();
    await gateway.confirmer.stop();
    await gateway.confirmer.drain();
  }
  await gateway.stop({ graceMs: 5_000 });
}
