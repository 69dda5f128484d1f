import type { AsyncMessageType } from '@egov-gateway/core';

import { type AsyncMisbehaviourName, asyncMisbehaviours } from './async-menu.ts';

/** Settings of a scenario, filled in. @internal */
export interface AsyncScenario {
  readonly name: AsyncMisbehaviourName;
  readonly delayMs: number;
  readonly pushBytes: number;
  readonly chunkBytes: number;
  readonly intervalMs: number;
}

/** The scope and every setting of every scenario. @internal */
export interface AnyAsyncOptions {
  readonly times?: number | undefined;
  readonly serviceId?: string | undefined;
  readonly messageType?: AsyncMessageType | undefined;
  readonly delayMs?: number | undefined;
  readonly pushBytes?: number | undefined;
  readonly chunkBytes?: number | undefined;
  readonly intervalMs?: number | undefined;
}

interface Entry {
  readonly scenario: AsyncScenario;
  readonly serviceId: string | undefined;
  readonly messageType: AsyncMessageType | undefined;
  left: number;
}

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

const settingsOf: Partial<Record<AsyncMisbehaviourName, readonly (keyof AnyAsyncOptions)[]>> = {
  'duplicate-gateway-ids': ['messageType'],
  'push-out-of-order': ['delayMs'],
  'oversized-push': ['pushBytes'],
  'slow-push': ['chunkBytes', 'intervalMs'],
  'late-answer': ['delayMs'],
};

/**
 * The scripted misbehaviours of the asynchronous channel. Other than those of an exchange they are asked for by name:
 * each waits for the first message that it is meant for and that gets as far as its stage.
 *
 * @internal
 */
export class AsyncScript {
  readonly #entries: Entry[] = [];

  /** Whether a name is on this menu. */
  static knows(name: string): name is AsyncMisbehaviourName {
    return Object.hasOwn(asyncMisbehaviours, name);
  }

  /** @throws {TypeError} when an option does not fit the scenario */
  add(name: AsyncMisbehaviourName, options: AnyAsyncOptions): void {
    const allowed = ['times', 'serviceId', ...(settingsOf[name] ?? [])];
    const unknown = Object.keys(options).filter((option) => !allowed.includes(option));
    if (unknown.length > 0) throw new TypeError(`${name} has no option ${unknown.join(', ')}`);
    const {
      times = 1,
      serviceId,
      messageType,
      pushBytes = 96 * MIB,
      chunkBytes = 64,
      intervalMs = 50,
    } = options;
    const { delayMs = name === 'late-answer' ? DAY_MS : 60_000 } = options;
    const numbers = { delayMs, pushBytes, chunkBytes, intervalMs };
    for (const [setting, value] of Object.entries(
      times === Number.POSITIVE_INFINITY ? numbers : { times, ...numbers },
    )) {
      if (!Number.isSafeInteger(value) || value < 1)
        throw new TypeError(`${setting} must be a positive integer`);
    }
    this.#entries.push({ scenario: { name, ...numbers }, serviceId, messageType, left: times });
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** How often something is still to go wrong. */
  get left(): number {
    return this.#entries.reduce((sum, entry) => sum + entry.left, 0);
  }

  /** The scenario, when it is on the script and meant for such a message. It is used up by that. */
  take(
    name: AsyncMisbehaviourName,
    subject: { readonly serviceId: string; readonly messageType?: AsyncMessageType | undefined },
  ): AsyncScenario | undefined {
    const index = this.#entries.findIndex(
      ({ scenario, serviceId, messageType }) =>
        scenario.name === name &&
        (serviceId === undefined || serviceId === subject.serviceId) &&
        (messageType === undefined || messageType === subject.messageType),
    );
    const entry = this.#entries[index];
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#entries.splice(index, 1);
    return entry.scenario;
  }
}
