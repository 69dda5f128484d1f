import { createHash } from 'node:crypto';

import {
  type Clock,
  GatewayError,
  type JournalEvent,
  type MessageJournal,
  newLocalKey,
  type XmlElement,
} from '@egov-gateway/core';

import { digestContent } from '../async/digest-content.ts';
import { publishStates, publishWorkerError } from '../worker-telemetry.ts';
import { keeping } from './keeping.ts';
import { Refusal } from './refusal.ts';

/** A request of a hosted service. @internal */
export interface HostedRequest {
  readonly messageId: string;
  readonly serviceId: string;
  readonly clock: Clock;
}

/** The record of one served request: `received` before its handler runs, then `handled` or `dead`. @internal */
export class HostJournal {
  readonly #journal: MessageJournal | undefined;
  readonly #request: HostedRequest;
  #localKey: string = newLocalKey();
  #isRepeated = false;

  constructor(journal: MessageJournal | undefined, request: HostedRequest) {
    this.#journal = journal;
    this.#request = request;
  }

  /** Key in the journal, once the request is there. */
  get localKey(): string | undefined {
    return this.#journal === undefined ? undefined : this.#localKey;
  }

  /** Whether the same request was there before. */
  get isRepeated(): boolean {
    return this.#isRepeated;
  }

  /** Resolves when the request is durable. @throws {unknown} what the journal rejects with */
  async received(bytes: Uint8Array, data: XmlElement | undefined): Promise<void> {
    const hash = createHash('sha256');
    if (data !== undefined) digestContent(data, hash);
    const receipt = await this.#commit({ kind: 'received', bytes, contentHash: hash.digest('hex') });
    const [reception] = receipt?.receptions ?? [];
    if (reception === undefined) return;
    this.#localKey = reception.localKey;
    this.#isRepeated = reception.reception === 'repeated';
  }

  /** Never rejects: the answer is not lost because its record is. */
  async handled(statusCode: string): Promise<void> {
    await this.#conclude({ kind: 'handled', code: statusCode });
  }

  /** Never rejects. */
  async failed(error: unknown): Promise<void> {
    await this.#conclude({ kind: 'dead', code: codeOf(error) });
  }

  /** What came of a repetition is not recorded: the request has its outcome, or the first one is still at it. */
  async #conclude(event: Pick<JournalEvent, 'kind' | 'code'>): Promise<void> {
    if (this.#isRepeated) return;
    await this.#commit(event).catch((error) => publishWorkerError('receiver', error));
  }

  async #commit(event: Pick<JournalEvent, 'kind' | 'bytes' | 'code' | 'contentHash'>) {
    const { clock, ...request } = this.#request;
    const receipt = await keeping(async () =>
      this.#journal?.commit({
        events: [
          {
            localKey: this.#localKey,
            direction: 'in',
            channel: 'sync',
            atMs: Math.trunc(clock.now()),
            ...request,
            ...event,
          },
        ],
      }),
    );
    if (receipt !== undefined) publishStates(receipt.changed, request.serviceId);
    return receipt;
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Refusal && error.cause !== undefined ? error.cause : error;
  return cause instanceof GatewayError ? cause.code : 'UNEXPECTED';
}
