import { integerOption } from '@egov-gateway/core';

import { type Backoff, type ResolvedBackoff, resolveBackoff } from './backoff.ts';
import { assertOptions } from './checked-options.ts';
import { type QuietWindow, type ResolvedWindow, resolveWindows } from './quiet-window.ts';

/** How the messages of a service are sent. */
export interface OutboxPolicy {
  /** Messages of the service on the wire at a time, by this worker. Default: 4. */
  readonly concurrency?: number | undefined;
  /**
   * Attempts in any sixty minutes, counted in the journal, so that it holds over restarts; several workers at once may
   * exceed it by a message each. The Rules suggest 2000 as the peak of a service. Default: no limit.
   *
   * @see Rules No 123, Приложение 2, table 2
   */
  readonly maxPerHour?: number | undefined;
  /**
   * After an attempt of which nobody knows whether the gateway took the message: `hold` keeps it as `in-doubt` until a
   * reply or an operator resolves it, `resend` sends the same bytes again. Choose `resend` only where the owner of the
   * service promises to recognise a message that comes twice. It is recognised by a `messageId` of our own: a message
   * without one is refused when it is enqueued, and one that was accepted under another policy is held. Default: `hold`.
   */
  readonly onUnknown?: 'hold' | 'resend' | undefined;
  /** When nothing is sent; what waits then goes out afterwards. Default: never. */
  readonly quiet?: readonly QuietWindow[] | undefined;
  /** Not to be sent later than so many milliseconds after it was accepted. Default: no deadline. */
  readonly deadlineMs?: number | undefined;
  /**
   * Attempts before a message is given up. With the default back-off the default outlives the three hours in which a
   * service has to be restored, whatever chance does to the pauses. Default: 36.
   *
   * @see Rules No 123, Приложение 2, table 2
   */
  readonly maxAttempts?: number | undefined;
  /** Between the attempts of a message. Default: 2 s, doubling, at most 15 minutes, jitter 0.5. */
  readonly backoff?: Backoff | undefined;
  /** Time for one attempt, milliseconds. Default: 70 000, since the gateway has a minute to accept a message (п.47). */
  readonly attemptTimeoutMs?: number | undefined;
  /**
   * Codes of verified faults that mean "I know this message already": after an attempt with an unknown outcome they
   * leave a doubt in place of a refusal. No such code of the gateway is published, hence the default `any`: after an
   * unknown outcome no refusal proves that the first copy was refused too.
   */
  readonly duplicateCodes?: readonly string[] | 'any' | undefined;
  /** Codes of verified faults that mean "later": the message is tried again like one that never left. Default: none. */
  readonly retryCodes?: readonly string[] | undefined;
}

/** A policy with nothing left out. @internal */
export interface ResolvedPolicy {
  readonly concurrency: number;
  readonly maxPerHour: number | undefined;
  readonly onUnknown: 'hold' | 'resend';
  readonly quiet: readonly ResolvedWindow[];
  readonly deadlineMs: number | undefined;
  readonly maxAttempts: number;
  readonly backoff: ResolvedBackoff;
  readonly attemptTimeoutMs: number;
  readonly duplicateCodes: ReadonlySet<string> | 'any';
  readonly retryCodes: ReadonlySet<string>;
}

const names: readonly (keyof OutboxPolicy)[] = [
  'concurrency',
  'maxPerHour',
  'onUnknown',
  'quiet',
  'deadlineMs',
  'maxAttempts',
  'backoff',
  'attemptTimeoutMs',
  'duplicateCodes',
  'retryCodes',
];

const ruleless: ResolvedPolicy = {
  concurrency: 4,
  maxPerHour: undefined,
  onUnknown: 'hold',
  quiet: [],
  deadlineMs: undefined,
  maxAttempts: 36,
  backoff: { firstMs: 2_000, maxMs: 900_000, factor: 2, jitter: 0.5 },
  attemptTimeoutMs: 70_000,
  duplicateCodes: 'any',
  retryCodes: new Set(),
};

/** A message may wait for a year at most: longer is a mistake in the units. */
const MAX_DEADLINE_MS = 366 * 86_400_000;

/**
 * The policy, with what it leaves out taken from `base`.
 *
 * @throws {TypeError} when an option is unknown or out of range
 * @internal
 */
export function resolvePolicy(
  what: string,
  policy: OutboxPolicy,
  base: ResolvedPolicy = ruleless,
): ResolvedPolicy {
  assertOptions(what, policy, names);
  const { onUnknown = base.onUnknown, duplicateCodes, retryCodes } = policy;
  if (onUnknown !== 'hold' && onUnknown !== 'resend') {
    throw new TypeError(`${what}.onUnknown must be 'hold' or 'resend'`);
  }
  const integer = (name: 'concurrency' | 'maxAttempts' | 'attemptTimeoutMs', max: number) =>
    integerOption(`${what}.${name}`, policy[name], base[name], { max });
  const optional = (name: 'maxPerHour' | 'deadlineMs', max: number) =>
    policy[name] === undefined ? base[name] : integerOption(`${what}.${name}`, policy[name], 0, { max });
  return {
    onUnknown,
    concurrency: integer('concurrency', 1_000),
    maxPerHour: optional('maxPerHour', 1_000_000),
    quiet: policy.quiet === undefined ? base.quiet : resolveWindows(`${what}.quiet`, policy.quiet),
    deadlineMs: optional('deadlineMs', MAX_DEADLINE_MS),
    maxAttempts: integer('maxAttempts', 10_000),
    backoff: resolveBackoff(`${what}.backoff`, policy.backoff, base.backoff),
    attemptTimeoutMs: integer('attemptTimeoutMs', 3_600_000),
    duplicateCodes:
      duplicateCodes === undefined || duplicateCodes === 'any'
        ? (duplicateCodes ?? base.duplicateCodes)
        : codes(`${what}.duplicateCodes`, duplicateCodes),
    retryCodes: retryCodes === undefined ? base.retryCodes : codes(`${what}.retryCodes`, retryCodes),
  };
}

/** The policies of a worker: those of its services over its defaults over the SDK's. @internal */
export class PolicyBook {
  readonly #defaults: ResolvedPolicy;
  readonly #services: ReadonlyMap<string, ResolvedPolicy>;

  /** @throws {TypeError} when an option of any policy is unknown or out of range */
  constructor(
    defaults: OutboxPolicy | undefined,
    services: Readonly<Record<string, OutboxPolicy>> | undefined,
  ) {
    this.#defaults = resolvePolicy('defaults', defaults ?? {});
    const named = services ?? {};
    if (typeof named !== 'object' || Array.isArray(named)) throw new TypeError('services must be an object');
    this.#services = new Map(
      Object.entries(named).map(([id, policy]) => {
        if (id === '') throw new TypeError('services has a policy for a service without a name');
        return [id, resolvePolicy(`services[${JSON.stringify(id)}]`, policy, this.#defaults)];
      }),
    );
  }

  /** The policy of a service. */
  of(serviceId: string): ResolvedPolicy {
    return this.#services.get(serviceId) ?? this.#defaults;
  }

  /** Services that have a policy of their own. */
  get services(): readonly string[] {
    return [...this.#services.keys()];
  }
}

function codes(what: string, value: unknown): ReadonlySet<string> {
  const isList = Array.isArray(value) && value.length <= 100;
  if (!isList || !value.every((code) => typeof code === 'string' && code !== '' && code.length <= 100)) {
    throw new TypeError(`${what} must be an array of at most 100 codes of 1 to 100 characters`);
  }
  return new Set(value);
}
