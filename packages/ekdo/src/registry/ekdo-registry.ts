import {
  assertOptions,
  type Clock,
  JournalError,
  type MessageJournal,
  systemClock,
} from '@egov-gateway/core';

import { contentHash } from '../client/content-hash.ts';
import { EkdoClient } from '../client/ekdo-client.ts';
import { messagesOf, sentKeys } from './document-messages.ts';
import {
  type EkdoDocumentStatus,
  type EkdoHistoryEvent,
  historyOf,
  projectDocument,
} from './document-status.ts';
import { documentOf, type EkdoEntry, type EkdoSelection, reasonOf } from './ready-documents.ts';
import type { EkdoDocumentsQuery, EkdoRegistryOptions, EkdoRegistrySendOptions } from './registry-options.ts';
import { type EkdoFinding, resolveDoubt } from './resolve-doubt.ts';
import { sendEntry } from './send-entry.ts';
import type { EkdoOutcome } from './send-outcome.ts';
import { readRecord, type SentRecord } from './sent-record.ts';
import { assertKey, stepKey } from './step-key.ts';
import { isTaken } from './step-recorder.ts';

/**
 * Sends documents each once, and keeps what became of them in a journal.
 *
 * Every document has a key of the caller's choice. A second call with it goes on where the first one stopped, or sends
 * nothing and says what it came to, in whatever process. What may have arrived is never sent again by itself.
 *
 * @example
 * ```ts
 * const registry = new EkdoRegistry({ client, journal });
 * for (const { key, ready } of await registry.ready(entries)) console.log(key, ready);
 * const outcome = await registry.send({ key: 'order-17', fileName, bytes });
 * if (outcome.state === 'sent') console.log(outcome.id, outcome.portalStatus);
 * ```
 */
export class EkdoRegistry {
  readonly #given: EkdoClient | undefined;
  readonly #journal: MessageJournal;
  readonly #serviceId: string;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<EkdoOutcome>>();

  /** @throws {TypeError} when a part is missing or an option is unknown */
  constructor(options: EkdoRegistryOptions) {
    assertOptions('the options of EkdoRegistry', options, ['client', 'journal', 'serviceId', 'clock']);
    const { client, journal, serviceId = 'ekdo', clock = systemClock } = options;
    if (client !== undefined && !(client instanceof EkdoClient))
      throw new TypeError('client must be an EkdoClient');
    if (typeof journal?.commit !== 'function') {
      throw new TypeError('journal is missing: without one nobody would know what was sent');
    }
    assertKey(serviceId);
    this.#given = client;
    this.#journal = journal;
    this.#serviceId = serviceId;
    this.#clock = clock;
  }

  /**
   * Which of the documents are ready to be sent, and why the others are not. Sends nothing and signs nothing.
   *
   * @throws {JournalError}
   * @throws {TypeError} when a key is none
   */
  async ready(entries: Iterable<EkdoEntry> | AsyncIterable<EkdoEntry>): Promise<readonly EkdoSelection[]> {
    const selection: EkdoSelection[] = [];
    const keys = new Set<string>();
    const contents = new Set<string>();
    for await (const entry of entries) {
      assertKey(entry.key);
      if (keys.has(entry.key)) {
        selection.push({ key: entry.key, ready: false, reason: 'repeated-key', issues: [], warnings: [] });
        continue;
      }
      keys.add(entry.key);
      selection.push(await this.#select(entry, contents));
    }
    return selection;
  }

  /**
   * Sends a document: what is left to do of check, signature, upload and upload of the signature.
   *
   * @throws {JournalError} when the journal cannot be used: nothing was sent now when its `delivery` is `not-sent`
   * @throws {SignError} what the signer throws: nothing was sent
   * @throws {TypeError} when the entry is none
   * @throws what the signal gives as its reason
   */
  async send(entry: EkdoEntry, options: EkdoRegistrySendOptions = {}): Promise<EkdoOutcome> {
    assertKey(entry.key);
    for (let running = this.#running.get(entry.key); running; running = this.#running.get(entry.key)) {
      const outcome = await running.catch(() => undefined);
      if (outcome !== undefined) return { ...outcome, repeated: true };
      // That call was cancelled, or failed without an outcome: this one is another.
    }
    const outcome = sendEntry(
      { client: this.#client, journal: this.#journal, serviceId: this.#serviceId, clock: this.#clock },
      entry,
      options,
    );
    this.#running.set(entry.key, outcome);
    try {
      return await outcome;
    } finally {
      this.#running.delete(entry.key);
    }
  }

  /** Where a document stands, `undefined` when nothing of it was sent. @throws {JournalError} */
  async status(key: string): Promise<EkdoDocumentStatus | undefined> {
    assertKey(key);
    return projectDocument(key, await messagesOf(this.#journal, this.#serviceId, key));
  }

  /** Everything that happened to a document, oldest first. @throws {JournalError} */
  async history(key: string): Promise<readonly EkdoHistoryEvent[]> {
    assertKey(key);
    return historyOf(await messagesOf(this.#journal, this.#serviceId, key));
  }

  /** What was sent, newest first. Read as many as you want. @throws {JournalError} */
  async *list(query: EkdoDocumentsQuery = {}): AsyncGenerator<EkdoDocumentStatus> {
    assertOptions('the query', query, ['states', 'fromMs', 'toMs']);
    const { states, fromMs, toMs } = query;
    for await (const key of sentKeys(this.#journal, this.#serviceId, { fromMs, toMs })) {
      const status = await this.status(key);
      if (status !== undefined && (states === undefined || states.includes(status.state))) yield status;
    }
  }

  /**
   * Name, hash and signature of a document as it was last sent; `undefined` when the journal has them no more. The name is
   * personal data.
   *
   * @throws {JournalError}
   */
  async record(key: string): Promise<SentRecord | undefined> {
    const status = await this.status(key);
    const last = status?.steps.findLast(({ step }) => step === 'document');
    const message = last && (await this.#journal.message(last.localKey));
    return message && readRecord(this.#journal, message);
  }

  /**
   * Asks the portal what became of a document, and records its word when it is another one than before.
   *
   * @throws {TypeError} when the client cannot ask
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND` when no id of it is known
   * @throws {PortalError} @throws {SendError} about the question
   */
  async askStatus(
    key: string,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<EkdoDocumentStatus> {
    const before = await this.status(key);
    if (before?.id === undefined) {
      throw new JournalError('the journal knows no id of the portal for this document', {
        code: 'ERR_JOURNAL_NOT_FOUND',
      });
    }
    const { word } = await this.#client.status(before.id, options);
    if (word === before.portalStatus) return before;
    const asked = before.steps.filter(({ step }) => step === 'status').length;
    const event = {
      localKey: stepKey('status', key, asked + 1, this.#serviceId),
      serviceId: this.#serviceId,
      channel: 'sync',
      reference: key,
      atMs: Math.trunc(this.#clock.now()),
    } as const;
    const events = [
      { ...event, kind: 'signed' },
      { ...event, kind: 'answered', delivery: 'answered', messageId: before.id, code: word },
    ] as const;
    await this.#journal.commit({ events }).catch(async (error: unknown) => {
      // Somebody else has asked at the same time, and was quicker.
      if (!isTaken(error) || (await this.#journal.message(event.localKey)) === undefined) throw error;
    });
    return (await this.status(key)) ?? before;
  }

  /**
   * Records what a person found out in the portal about a document in doubt.
   *
   * @throws {TypeError} when the finding is none, lacks its note, or the id that is needed
   * @throws {PortalError} `ERR_PORTAL_ID_TAKEN` when another document of the journal has the id
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`; `ERR_JOURNAL_STATE` when it is not in doubt or just being sent;
   *   `ERR_JOURNAL_CONFLICT` when it changed meanwhile
   */
  async resolve(key: string, finding: EkdoFinding): Promise<EkdoDocumentStatus> {
    if (this.#running.has(key)) {
      throw new JournalError('the document is just being sent; wait for the outcome', {
        code: 'ERR_JOURNAL_STATE',
      });
    }
    const place = { journal: this.#journal, serviceId: this.#serviceId, clock: this.#clock };
    const before = await this.status(key);
    await resolveDoubt(place, before, finding);
    const after = await this.status(key);
    if (after === undefined)
      throw new JournalError('the document is gone', { code: 'ERR_JOURNAL_NOT_FOUND' });
    return after;
  }

  get #client(): EkdoClient {
    if (this.#given === undefined)
      throw new TypeError('client is missing: an EkdoClient; without one nothing can be sent');
    return this.#given;
  }

  async #select(entry: EkdoEntry, contents: Set<string>): Promise<EkdoSelection> {
    const { key } = entry;
    const status = await this.status(key);
    const reason = reasonOf(status?.state);
    const left = { key, ready: false, state: status?.state, issues: [], warnings: [] } as const;
    if (reason !== undefined) return { ...left, reason };
    const document = await documentOf(entry);
    const { issues, warnings } = this.#client.check(document);
    if (issues.length > 0) return { ...left, reason: 'invalid', issues, warnings };
    const content = contentHash(document.bytes);
    if (contents.has(content)) return { ...left, reason: 'repeated-content', warnings };
    contents.add(content);
    return { key, ready: true, next: status?.state === 'uploaded' ? 'signature' : 'document', warnings };
  }
}
