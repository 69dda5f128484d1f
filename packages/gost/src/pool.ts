/**
 * Signing in worker threads, for servers that sign so much that one core is not enough.
 *
 * @module
 */
// biome-ignore lint/style/noRestrictedImports: threads are what this entry point is for; the main one has none
import { Worker } from 'node:worker_threads';

import { type PublicKey, SignError } from '@egov-gateway/core';

import type { GostAlgorithm } from './gost-algorithm.ts';
import type { PoolAnswer, PoolJob, PoolKey } from './pool-worker.ts';
import { createGostSigner, type GostSigner } from './signer.ts';

export type { PoolKey };

/** How large a pool is. */
export interface SigningPoolOptions {
  /** Most threads, each with about 10 MB. They start when they are needed. Default: 2. */
  readonly workers?: number | undefined;
}

/** Worker threads that sign. */
export interface SigningPool {
  /**
   * A signer whose `sign` runs in the pool; otherwise that of `createGostSigner`, and it throws the same errors. The private
   * number is copied into the threads.
   */
  createSigner(key: PoolKey): GostSigner;
  /** Lets the signatures that were begun be finished and ends the threads. After that `sign` rejects. */
  close(): Promise<void>;
}

const defaultWorkers = 2;

/**
 * A pool of worker threads. Idle threads do not keep the process alive; `close` ends them at once.
 *
 * @example
 * ```ts
 * import { createSigningPool } from '@egov-gateway/gost/pool';
 *
 * const pool = createSigningPool({ workers: 4 });
 * const signer = pool.createSigner({ algorithm: 'gost2015-512', d: 0x1234567890abcdefn });
 * await Promise.all(documents.map((document: Uint8Array) => signer.sign(document)));
 * await pool.close();
 * ```
 *
 * @throws {TypeError} when `workers` is not a whole number from 1 on
 */
export function createSigningPool(options: SigningPoolOptions = {}): SigningPool {
  const { workers = defaultWorkers } = options;
  if (!Number.isSafeInteger(workers) || workers < 1)
    throw new TypeError('workers is a whole number from 1 on');
  return new Pool(workers);
}

class Pool implements SigningPool {
  readonly #maxWorkers: number;
  readonly #threads = new Set<Thread>();
  #closing: Promise<void> | undefined;

  constructor(maxWorkers: number) {
    this.#maxWorkers = maxWorkers;
  }

  createSigner({ algorithm, d, allowUnprovenSigning }: PoolKey): GostSigner {
    const local = createGostSigner({ algorithm, d, allowUnprovenSigning });
    return new PooledSigner(local, (data) => this.#sign({ algorithm, d, allowUnprovenSigning }, data));
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#threads].map((thread) => thread.close())).then(() => {});
    return this.#closing;
  }

  async #sign(key: PoolKey, data: Uint8Array): Promise<Uint8Array> {
    if (this.#closing !== undefined) throw failure('the signing pool is closed');
    return this.#thread().sign(key, data);
  }

  /** The thread with the least to do; a new one when all have something. */
  #thread(): Thread {
    const [least] = [...this.#threads].sort((a, b) => a.pending - b.pending);
    if (least !== undefined && (least.pending === 0 || this.#threads.size >= this.#maxWorkers)) return least;
    const thread = new Thread(() => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

class PooledSigner implements GostSigner {
  readonly algorithm: GostAlgorithm;
  readonly publicKey: PublicKey;
  readonly #local: GostSigner;
  readonly #sign: (data: Uint8Array) => Promise<Uint8Array>;

  constructor(local: GostSigner, sign: (data: Uint8Array) => Promise<Uint8Array>) {
    this.algorithm = local.algorithm;
    this.publicKey = local.publicKey;
    this.#local = local;
    this.#sign = sign;
    Object.freeze(this);
  }

  matches(publicKey: PublicKey): boolean {
    return this.#local.matches(publicKey);
  }

  sign(data: Uint8Array): Promise<Uint8Array> {
    return this.#sign(data);
  }
}

interface Waiting {
  readonly resolve: (signature: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** One worker with what it has been asked and has not answered. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #idle: (() => void)[] = [];
  #lastJob = 0;

  constructor(onExit: () => void) {
    // A thread runs the build, also when tests run the sources: Node.js 20 reads no TypeScript.
    const file = import.meta.url.endsWith('.ts') ? '../dist/pool-worker.js' : './pool-worker.js';
    // Flags of the main thread (--input-type, --import, …) are meant for its own program.
    this.#worker = new Worker(new URL(file, import.meta.url), { execArgv: [] });
    this.#worker.unref();
    this.#worker.on('message', (answer: PoolAnswer) => this.#settle(answer));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => {
      onExit();
      this.#fail(undefined);
    });
  }

  get pending(): number {
    return this.#waiting.size;
  }

  sign(key: PoolKey, data: Uint8Array): Promise<Uint8Array> {
    const job = this.#lastJob + 1;
    // A copy of its own: a view would take the whole buffer behind it along.
    const copy = new Uint8Array(data);
    this.#worker.postMessage({ job, key, data: copy } satisfies PoolJob, [copy.buffer]);
    this.#lastJob = job;
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(job, { resolve, reject });
    });
  }

  async close(): Promise<void> {
    if (this.#waiting.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    await this.#worker.terminate();
  }

  #settle(answer: PoolAnswer): void {
    const waiting = this.#waiting.get(answer.job);
    this.#waiting.delete(answer.job);
    if (answer.signature === undefined) waiting?.reject(failure(answer.reason));
    else waiting?.resolve(answer.signature);
    this.#rest();
  }

  #fail(cause: unknown): void {
    for (const { reject } of this.#waiting.values())
      reject(failure('a thread of the signing pool ended', cause));
    this.#waiting.clear();
    this.#rest();
  }

  #rest(): void {
    if (this.#waiting.size > 0) return;
    this.#worker.unref();
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function failure(message: string, cause?: unknown): SignError {
  return new SignError(message, { code: 'ERR_SIGN_KEY', cause });
}
