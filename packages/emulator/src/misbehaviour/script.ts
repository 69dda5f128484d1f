import type { Channel } from '../endpoint.ts';
import {
  type MisbehaviourName,
  type MisbehaviourScope,
  type MisbehaviourSettings,
  misbehaviours,
} from './menu.ts';

/** A scenario that fell to one exchange, with its settings filled in. @internal */
export interface Misbehaviour {
  readonly name: MisbehaviourName;
  readonly delayMs: number;
  readonly chunkBytes: number;
  readonly intervalMs: number;
  readonly answerBytes: number;
}

interface Entry {
  readonly misbehaviour: Misbehaviour;
  readonly serviceId: string | undefined;
  left: number;
}

const MIB = 1024 * 1024;
const defaultAnswerBytes: Partial<Record<MisbehaviourName, number>> = {
  'oversized-answer': 128 * MIB,
  'gzip-bomb': 1024 * MIB,
};

/** A scenario without settings of its own. @internal */
export function plainMisbehaviour(name: MisbehaviourName): Misbehaviour {
  return { name, delayMs: 1000, chunkBytes: 64, intervalMs: 50, answerBytes: MIB };
}

/** Scenarios of things that the asynchronous channel has not. */
const syncOnly: ReadonlySet<MisbehaviourName> = new Set([
  'business-error',
  'mangled-data',
  'empty-data',
  'nil-data',
  'missing-data',
  'missing-response-info',
  'wrong-message-id',
]);

/** The scope and every setting of every scenario. @internal */
export type AnyMisbehaviourOptions = MisbehaviourScope &
  MisbehaviourSettings['delay'] &
  MisbehaviourSettings['slow-drip'] &
  MisbehaviourSettings['oversized-answer'];

const settingsOf: Partial<Record<MisbehaviourName, readonly (keyof AnyMisbehaviourOptions)[]>> = {
  delay: ['delayMs'],
  'slow-drip': ['chunkBytes', 'intervalMs'],
  'oversized-answer': ['answerBytes'],
  'gzip-bomb': ['answerBytes'],
};

/**
 * The queue of scripted misbehaviours. One exchange takes at most one: the first in the queue that is meant for it.
 *
 * @internal
 */
export class MisbehaviourScript {
  readonly #queue: Entry[] = [];

  /** @throws {TypeError} when the name, the scope or a setting is wrong */
  add(name: MisbehaviourName, options: AnyMisbehaviourOptions): void {
    if (!Object.hasOwn(misbehaviours, name)) throw new TypeError('no such misbehaviour; see the menu');
    const allowed = ['times', 'serviceId', ...(settingsOf[name] ?? [])];
    const unknown = Object.keys(options).filter((option) => !allowed.includes(option));
    if (unknown.length > 0) throw new TypeError(`${name} has no option ${unknown.join(', ')}`);
    const { times = 1, serviceId, delayMs = 1000, chunkBytes = 64, intervalMs = 50 } = options;
    const { answerBytes = defaultAnswerBytes[name] ?? MIB } = options;
    if (times !== Number.POSITIVE_INFINITY) assertPositive('times', times);
    if (serviceId !== undefined && misbehaviours[name].stage === 'connection') {
      throw new TypeError(`${name} happens before the service is known; leave serviceId out`);
    }
    const numbers = { delayMs, chunkBytes, intervalMs, answerBytes };
    for (const [setting, value] of Object.entries(numbers)) assertPositive(setting, value);
    const misbehaviour: Misbehaviour = { name, ...numbers };
    this.#queue.push({ misbehaviour, serviceId, left: times });
  }

  clear(): void {
    this.#queue.length = 0;
  }

  /** How many exchanges are still to be spoiled. */
  get left(): number {
    return this.#queue.reduce((sum, entry) => sum + entry.left, 0);
  }

  /**
   * Called when a request arrives, its service unknown: takes the head of the queue if that is for any service. So the
   * order of the script is the order of arrival.
   */
  takeOnArrival(channel: Channel = 'sync'): Misbehaviour | undefined {
    const [head] = this.#queue;
    if (head === undefined || head.serviceId !== undefined || !isOf(head, channel)) return undefined;
    return this.#take(0);
  }

  /** Called when the service is known, by exchanges that took nothing on arrival. */
  takeFor(serviceId: string | undefined, channel: Channel = 'sync'): Misbehaviour | undefined {
    return this.#take(
      this.#queue.findIndex(
        (entry) => (entry.serviceId === undefined || entry.serviceId === serviceId) && isOf(entry, channel),
      ),
    );
  }

  #take(index: number): Misbehaviour | undefined {
    const entry = index < 0 ? undefined : this.#queue[index];
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#queue.splice(index, 1);
    return entry.misbehaviour;
  }
}

function isOf({ misbehaviour }: Entry, channel: Channel): boolean {
  return channel === 'sync' || !syncOnly.has(misbehaviour.name);
}

function assertPositive(name: string, value: number): void {
  // Node.js turns a longer timer into one of a millisecond.
  const max = name.endsWith('Ms') ? 0x7fffffff : Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(value) || value < 1 || value > max) {
    throw new TypeError(`${name} must be a positive integer`);
  }
}
