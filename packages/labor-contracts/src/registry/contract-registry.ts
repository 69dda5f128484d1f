import { JournalError, type MessageJournal } from '@egov-gateway/core';

import type { LaborContracts } from '../labor-contracts.ts';
import type {
  ContractRequest,
  NewContractData,
  SubsidiaryContractData,
  TerminationContractData,
} from '../operations/contract-request.ts';
import type { ContractFindings } from '../rules/contract-issue.ts';
import type { KnownContract } from '../rules/date-rules.ts';
import type { AsyncContractGateway, RecordedCall, SyncContractGateway } from './contract-gateway.ts';
import { baseOf, type ContractOperation, type OperationKey } from './contract-key.ts';
import type { ContractOutcome, MessagePlace, OutcomeOf } from './contract-outcome.ts';
import type { ContractStatus, ContractStatusOptions } from './contract-status.ts';
import { knownOutcome, readStep } from './known-outcome.ts';
import { isTaken, outcomeOfError } from './outcome-of-error.ts';
import {
  checkPrepared,
  type EmployerKey,
  type OperationData,
  prepareRequest,
  requestOf,
  subjectsOf,
} from './prepared-request.ts';
import { readStatus } from './read-status.ts';
import { recordedBeginDate } from './recorded-request.ts';
import { resolveContractDoubt } from './resolve-doubt.ts';

/** What a {@link ContractRegistry} works with. */
export interface ContractRegistryOptions {
  /** Of `createLaborContracts`. */
  readonly contracts: LaborContracts;
  /** Either channel, with the same journal as below. */
  readonly gateway: SyncContractGateway | AsyncContractGateway;
  /** The signing key of the employer, or where to find that of a BIN or IIN. Apart from the transport key. */
  readonly employerKey: EmployerKey;
  /** What happened to every contract. Default: none; then nothing is known of earlier calls. */
  readonly journal?: MessageJournal | undefined;
  /** Whether the journal is to find messages by IIN and BIN: it needs a key for that. Default: false. */
  readonly subjects?: boolean | undefined;
}

/** How one operation is done. */
export interface ContractCallOptions {
  /** What is known of the registered contract, for the rules of dates. Default: what the journal has of its registration. */
  readonly known?: KnownContract | undefined;
  /** Once more after a refusal, with a corrected request. Default: the refusal is the outcome. */
  readonly again?: boolean | undefined;
  /** Cancels it; ask {@link ContractRegistry.status} what became of it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Registers, changes and terminates contracts, each once: build, validate, sign, send, and the id or the reasons.
 *
 * Every contract has a key of the caller's choice, unique in the journal, which is kept as it is: no personal data. A second
 * call with it sends nothing; its outcome is that of the first, or says that it is in doubt. Only after `not-sent`, and with
 * `again` after a refusal, it is sent again.
 *
 * @example
 * ```ts
 * const registry = new ContractRegistry({ contracts, gateway, journal, employerKey });
 * const outcome = await registry.register('ЕШ-001/26', contract);
 * if (outcome.state === 'accepted') console.log(outcome.registeredId);
 * ```
 */
export class ContractRegistry {
  readonly #options: ContractRegistryOptions;
  readonly #running = new Map<string, Promise<ContractOutcome>>();
  /** Keys in the journal of the calls that are being made. */
  readonly #sending = new Set<string>();
  readonly #isSending = (localKey: string): boolean => this.#sending.has(localKey);
  #recorded: 'not-checked' | 'yes' | 'no' = 'not-checked';

  /** @throws {TypeError} when a part is missing, or the gateway is of both channels */
  constructor(options: ContractRegistryOptions) {
    const { contracts, gateway, employerKey } = options;
    if (typeof contracts?.sign !== 'function') throw new TypeError('contracts is missing');
    if (typeof gateway !== 'object' || gateway === null || isSync(gateway) === isAsync(gateway)) {
      throw new TypeError('gateway must have callWithInfo (synchronous) or send (asynchronous), not both');
    }
    if (employerKey === undefined)
      throw new TypeError('employerKey is missing: the signing key of the employer');
    this.#options = { ...options };
  }

  /**
   * Registers a new contract.
   *
   * @throws {TypeError} when the key is no text of 1 to 200 characters without control characters
   * @throws {JournalError} @throws {SignError} @throws {KeyError} when the journal or a key cannot be used: nothing was sent
   * @throws what the signal gives as its reason
   */
  register(
    key: string,
    contract: NewContractData,
    options: ContractCallOptions = {},
  ): Promise<ContractOutcome> {
    return this.#once({ operation: 'register', key }, contract, options);
  }

  /**
   * Registers an additional agreement.
   *
   * @param agreementKey - unique for the contract
   * @throws as {@link ContractRegistry.register}
   */
  async change(
    key: string,
    agreementKey: string,
    agreement: SubsidiaryContractData,
    options: ContractCallOptions = {},
  ): Promise<ContractOutcome> {
    assertKey('agreementKey', agreementKey);
    return this.#once({ operation: 'change', key, agreementKey }, agreement, options);
  }

  /**
   * Terminates a contract. It cannot be taken back: afterwards only the labour authority edits the contract (SCSE092).
   *
   * @param options.confirmContractId - the `contractId` once more, as a person has confirmed it
   * @throws {TypeError} when it is another one
   * @throws as {@link ContractRegistry.register}
   */
  async terminate(
    key: string,
    termination: TerminationContractData,
    options: ContractCallOptions & { readonly confirmContractId: string },
  ): Promise<ContractOutcome> {
    if (
      typeof termination?.contractId !== 'string' ||
      options?.confirmContractId !== termination.contractId
    ) {
      throw new TypeError(
        'confirmContractId must be the contractId of the termination: have a person confirm it, it cannot be taken back',
      );
    }
    return this.#once({ operation: 'terminate', key }, termination, options);
  }

  /**
   * Everything for which the method of this operation would say `invalid`, as far as it shows before signing; nothing is sent or recorded.
   * So a form need not build a request of its own.
   *
   * @param key - of the contract, for the first day of work that the journal knows
   * @throws {JournalError} @throws what the search for the key of the employer throws
   * @example
   * ```ts
   * const { issues } = await registry.check('change', 'ЕШ-001/26', agreement);
   * ```
   */
  async check<Operation extends ContractOperation>(
    operation: Operation,
    key: string,
    data: OperationData[Operation],
    options: Pick<ContractCallOptions, 'known'> = {},
  ): Promise<ContractFindings> {
    assertKey('key', key);
    const request = requestOf(operation, data);
    const known = await this.#known({ operation, key }, options);
    return checkPrepared(this.#options.contracts, this.#options.employerKey, request, known);
  }

  /**
   * Where a contract stands, `undefined` when the journal has nothing of it. A call that this registry is still making is
   * `under-way`.
   *
   * @throws {TypeError} without a journal
   * @throws {JournalError}
   */
  async status(key: string, options: ContractStatusOptions = {}): Promise<ContractStatus | undefined> {
    const { journal, contracts } = this.#options;
    if (journal === undefined) throw new TypeError('status needs the journal of the registry');
    return readStatus(journal, contracts, key, { ...options, isSending: this.#isSending });
  }

  /**
   * What has become of one call so far, from the journal: for a call that was `under-way`.
   * `undefined` when the journal has no call of this service under the key. Sends nothing.
   *
   * @param localKey - of the earlier outcome
   * @throws {TypeError} without a journal
   * @throws {JournalError}
   */
  async outcome(localKey: string): Promise<ContractOutcome | undefined> {
    const { journal, contracts } = this.#options;
    if (journal === undefined) throw new TypeError('outcome needs the journal of the registry');
    const message = await journal.message(localKey);
    if (message?.serviceId !== contracts.service.id) return undefined;
    const read = await readStep(journal, message, contracts.service, { isSending: this.#isSending });
    return read && knownOutcome(message.reference ?? '', read);
  }

  /**
   * Records what a person found out about a call of the synchronous channel that is in doubt: it was done (`sent`), or it
   * was not (`not-sent`), and then the next call sends it again. Doubts of the asynchronous channel are resolved by its
   * outbox.
   *
   * @param localKey - of the outcome or the step in doubt
   * @param note - how that is known; it is printed later: no personal data
   * @param options.registeredId - of `sent`: the id in ЕСУТД, when it was found. From then on it is the id of the outcome
   *   and, of a registration, of the status
   * @throws {TypeError} without a journal, a note or a known resolution, or when the id is none
   * @throws {JournalError} `ERR_JOURNAL_NOT_FOUND`; `ERR_JOURNAL_STATE` when it is not in doubt; `ERR_JOURNAL_CONFLICT` when
   *   it changed meanwhile
   */
  async resolve(
    localKey: string,
    resolution: 'sent' | 'not-sent',
    note: string,
    options: { readonly registeredId?: string | undefined } = {},
  ): Promise<void> {
    const { journal, contracts } = this.#options;
    if (journal === undefined) throw new TypeError('resolve needs the journal of the registry');
    if (this.#sending.has(localKey)) {
      throw new JournalError('this call is still being made: wait for its outcome', {
        code: 'ERR_JOURNAL_STATE',
      });
    }
    const finding = { localKey, resolution, note, registeredId: options.registeredId };
    await resolveContractDoubt(journal, contracts.service.id, finding);
  }

  async #once(
    key: OperationKey,
    data: OperationData[ContractOperation],
    options: ContractCallOptions,
  ): Promise<ContractOutcome> {
    assertKey('key', key.key);
    const base = baseOf(key, this.#options.contracts.service.id);
    const running = this.#running.get(base);
    if (running !== undefined) return { ...(await running), repeated: true };
    const outcome = this.#submit(key, base, requestOf(key.operation, data), options);
    this.#running.set(base, outcome);
    try {
      return await outcome;
    } finally {
      this.#running.delete(base);
    }
  }

  async #submit(
    key: OperationKey,
    base: string,
    request: ContractRequest,
    options: ContractCallOptions,
  ): Promise<ContractOutcome> {
    if (this.#recorded === 'no') {
      throw new TypeError(
        'the gateway does not record its calls in the journal of the registry; give it the same one',
      );
    }
    for (;;) {
      const attempt = await this.#attempt(key.key, base, options.again === true);
      if (typeof attempt !== 'number') return attempt;
      const { contracts, employerKey } = this.#options;
      const common = { operation: key.operation, key: key.key, repeated: false } as const;
      const known = await this.#known(key, options);
      const prepared = await prepareRequest(contracts, employerKey, request, known);
      if ('issues' in prepared) return { ...common, ...prepared, state: 'invalid' };
      const { document, warnings } = prepared;
      const place = { ...common, warnings, localKey: `${base}.${attempt}`, attempt };
      const outcome = await this.#send(place, document, {
        signal: options.signal,
        key: place.localKey,
        reference: key.key,
        ...(this.#options.subjects === true ? { subjects: subjectsOf(request) } : {}),
      });
      // Another process took this attempt in the meantime: what became of it is known to the journal.
      if (outcome !== 'taken') return outcome;
    }
  }

  /** What is known of the contract, from the caller or else from its registration in the journal. */
  async #known(
    { operation, key }: OperationKey,
    { known = {} }: Pick<ContractCallOptions, 'known'>,
  ): Promise<KnownContract> {
    const { journal, contracts } = this.#options;
    if (operation === 'register' || journal === undefined || known.beginDate !== undefined) return known;
    return { ...known, beginDate: await recordedBeginDate(journal, contracts, key) };
  }

  /** The outcome of an earlier attempt, or the number of the next one. */
  async #attempt(key: string, base: string, again: boolean): Promise<ContractOutcome | number> {
    const { journal, contracts } = this.#options;
    if (journal === undefined) return 1;
    for (let attempt = 1; ; attempt++) {
      const message = await journal.message(`${base}.${attempt}`);
      const read = message && (await readStep(journal, message, contracts.service));
      if (read === undefined) return attempt;
      const { state } = read.step;
      if (state !== 'not-sent' && !(state === 'refused' && again)) return knownOutcome(key, read);
    }
  }

  async #send(
    place: Omit<OutcomeOf<string>, 'state'> & MessagePlace,
    document: Uint8Array,
    call: RecordedCall,
  ): Promise<ContractOutcome | 'taken'> {
    const { gateway, contracts, journal } = this.#options;
    this.#sending.add(place.localKey);
    try {
      if (isAsync(gateway)) {
        await gateway.send(contracts.service, document, call);
        await this.#checkRecord(place.localKey);
        return { ...place, state: 'under-way' };
      }
      const { value, messageId } = await gateway.callWithInfo(contracts.service, document, call);
      await this.#checkRecord(place.localKey);
      const { registeredId } = value;
      return { ...place, state: 'accepted', ending: '15', messageId, registeredId, response: value };
    } catch (error) {
      const taken = isTaken(error) && (await journal?.message(place.localKey)) !== undefined;
      return taken ? 'taken' : outcomeOfError(error, place);
    } finally {
      this.#sending.delete(place.localKey);
    }
  }

  /** A gateway without this journal would send every contract again. */
  async #checkRecord(localKey: string): Promise<void> {
    const { journal } = this.#options;
    if (journal === undefined || this.#recorded !== 'not-checked') return;
    this.#recorded = (await journal.message(localKey)) === undefined ? 'no' : 'yes';
  }
}

type AnyGateway = SyncContractGateway | AsyncContractGateway;

function isSync(gateway: AnyGateway): gateway is SyncContractGateway {
  return 'callWithInfo' in gateway && typeof gateway.callWithInfo === 'function';
}

function isAsync(gateway: AnyGateway): gateway is AsyncContractGateway {
  return 'send' in gateway && typeof gateway.send === 'function';
}

/** The journal keeps it as it is; what it would refuse is refused before anything is signed. */
function assertKey(name: string, key: string): void {
  if (typeof key === 'string' && key !== '' && key.length <= 200 && !/[\p{Cc}\p{Surrogate}]/u.test(key))
    return;
  throw new TypeError(`${name} must be text of 1 to 200 characters without control characters`);
}
