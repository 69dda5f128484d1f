import {
  type Clock,
  integerOption,
  type MessageJournal,
  type MessageStateEvent,
  systemClock,
  systemTimers,
  type Timers,
  type WorkerErrorEvent,
} from '@egov-gateway/core';

import { assertFunction, assertPort } from './checked-options.ts';
import { WorkerTelemetry } from './worker-telemetry.ts';

/** What every worker may be given. */
export interface WorkerOptions {
  readonly journal: MessageJournal;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Default: the timers of the machine. */
  readonly timers?: Timers | undefined;
  /** As `Math.random`, for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** How long what was taken is left alone before anybody else may take it, milliseconds. */
  readonly leaseMs?: number | undefined;
  /** How often to look for what other processes put on the queue, milliseconds. Default: 5000. */
  readonly pollMs?: number | undefined;
  /** How often to look for what a queue lost, milliseconds; at the start in any case. Default: 10 minutes. */
  readonly sweepMs?: number | undefined;
  /**
   * Told of every change that this worker made to the state of a message, after it is durable. Told at most once: what
   * must not miss one reads `journal.feed`. What it throws is reported and disturbs nothing.
   */
  readonly onStateChange?: ((event: MessageStateEvent) => unknown) | undefined;
}

/** {@link WorkerOptions} with nothing left out. @internal */
export interface ResolvedWorkerOptions {
  readonly journal: MessageJournal;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly sweepMs: number;
  readonly telemetry: WorkerTelemetry;
}

/** @internal */
export const commonOptionNames: readonly string[] = [
  'journal',
  'clock',
  'timers',
  'random',
  'leaseMs',
  'pollMs',
  'sweepMs',
  'onStateChange',
] satisfies (keyof WorkerOptions)[];

const journalMethods = ['commit', 'message', 'bytes', 'find', 'take', 'nextDueMs', 'sweep', 'countSent'];

/** @throws {TypeError} when a part is missing or out of range @internal */
export function resolveWorkerOptions(
  worker: WorkerErrorEvent['worker'],
  options: WorkerOptions,
  { leaseMs = 30_000 }: { readonly leaseMs?: number } = {},
): ResolvedWorkerOptions {
  const {
    journal,
    clock = systemClock,
    timers = systemTimers,
    random = Math.random,
    onStateChange,
  } = options;
  assertPort('journal', journal, journalMethods);
  assertPort('clock', clock, ['now']);
  assertPort('timers', timers, ['schedule']);
  assertFunction('random', random);
  assertFunction('onStateChange', onStateChange, false);
  return {
    journal,
    // A journal takes whole milliseconds only.
    clock: { now: () => Math.trunc(clock.now()) },
    timers,
    random,
    leaseMs: integerOption('leaseMs', options.leaseMs, leaseMs, { min: 1_000 }),
    pollMs: integerOption('pollMs', options.pollMs, 5_000, { min: 10 }),
    sweepMs: integerOption('sweepMs', options.sweepMs, 600_000, { min: 1_000 }),
    telemetry: new WorkerTelemetry({ worker, journal, onStateChange }),
  };
}
