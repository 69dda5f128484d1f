/**
 * A thread of the signing pool: takes jobs, answers with signatures.
 *
 * @module
 */
// biome-ignore lint/style/noRestrictedImports: this module runs inside a thread
import { parentPort } from 'node:worker_threads';

import { createGostSigner, type GostSigner, type GostSignerOptions } from './signer.ts';

/** The private key of a job. */
export type PoolKey = Pick<GostSignerOptions, 'algorithm' | 'd' | 'allowUnprovenSigning'>;

/** What a thread is asked. */
export interface PoolJob {
  readonly job: number;
  readonly key: PoolKey;
  readonly data: Uint8Array;
}

/** What it answers: a signature or, in words without secrets, why there is none. */
export type PoolAnswer =
  | { readonly job: number; readonly signature: Uint8Array }
  | { readonly job: number; readonly signature?: undefined; readonly reason: string };

/** Servers sign with few keys; more than these are prepared anew each time. */
const maxSigners = 16;
const signers = new Map<string, GostSigner>();

function signerOf(key: PoolKey): GostSigner {
  const name = `${key.algorithm} ${key.d}`;
  const signer = signers.get(name) ?? createGostSigner(key);
  signers.delete(name);
  signers.set(name, signer);
  if (signers.size > maxSigners) signers.delete(signers.keys().next().value as string);
  return signer;
}

async function answer({ job, key, data }: PoolJob): Promise<PoolAnswer> {
  try {
    return { job, signature: await signerOf(key).sign(data) };
  } catch (error) {
    return { job, reason: error instanceof Error ? error.message : 'the signature failed' };
  }
}

parentPort?.on('message', async (job: PoolJob) => {
  parentPort?.postMessage(await answer(job));
});
