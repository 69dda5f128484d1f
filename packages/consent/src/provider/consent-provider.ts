/**
 * Consents when they are needed: kept until they expire, asked for once when several calls want the same.
 *
 * @module
 */
import { assertOptions, BusinessError, type Clock, integerOption, systemClock } from '@egov-gateway/core';

import { type ConsentAnswer, outcomeOfStatus } from '../service/consent-answer.ts';
import type { ConsentRequest } from '../service/consent-request.ts';
import { type ConsentService, consentService } from '../service/consent-service.ts';
import { type ConsentToken, consentToken } from '../token/consent-token.ts';
import { ConsentCache } from './consent-cache.ts';
import type { ConsentGateway } from './consent-gateway.ts';
import { consentError } from './explain-consent.ts';
import { SharedWork } from './shared-work.ts';

/** Who asks for consent. */
export type ConsentRequester = Pick<
  ConsentRequest,
  'company' | 'companyBin' | 'companyResponsible' | 'employeeName'
>;

/** Whose consent to what. */
export interface ConsentQuery {
  /** IIN (ИИН) of the person. */
  readonly iin: string;
  /** `serviceId` of each service that is to be called. */
  readonly accessNames: readonly string[];
  /** Default: empty. */
  readonly personalDataName?: string | undefined;
  /** Instead of the provider's. A consent got for one employee is not used for another. */
  readonly employeeName?: string | undefined;
}

/** How a provider gets consents. */
export interface ConsentProviderOptions {
  readonly gateway: ConsentGateway;
  /** Default: {@link consentService}. */
  readonly service?: ConsentService | undefined;
  readonly requester: ConsentRequester;
  /**
   * `omit-sms` of every request; `undefined` leaves the element out. There is no default: it is about whether the person is
   * asked, and the owner of the service has to say what it does.
   */
  readonly omitSms: boolean | undefined;
  /** Makes the JWT of a request, such as `() => createOvt({ key, bin })`. Default: requests go without one. */
  readonly ovt?: (() => string | Promise<string>) | undefined;
  /** How long consents are asked for, milliseconds. Default: 600 000, the shorter of the two that have been seen. */
  readonly expiresInMs?: number | undefined;
  /**
   * How long before its end a consent is no longer handed out, milliseconds. A lifetime is counted from before the request
   * was sent. Default: 60 000, at most a tenth of `expiresInMs`.
   */
  readonly marginMs?: number | undefined;
  /** Time for asking, milliseconds; a person may have to answer meanwhile. Default: that of the gateway. */
  readonly totalTimeoutMs?: number | undefined;
  /** How many consents are kept. Default: 10 000. */
  readonly maxTokens?: number | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

const optionNames = Object.keys({
  gateway: true,
  service: true,
  requester: true,
  omitSms: true,
  ovt: true,
  expiresInMs: true,
  marginMs: true,
  totalTimeoutMs: true,
  maxTokens: true,
  clock: true,
} satisfies Record<keyof ConsentProviderOptions, true>);

/** Hands out consents. Made by {@link createConsentProvider}. */
export class ConsentProvider {
  readonly #options: ConsentProviderOptions;
  readonly #service: ConsentService;
  readonly #clock: Clock;
  readonly #expiresInMs: number;
  readonly #marginMs: number;
  readonly #cache: ConsentCache;
  readonly #asking = new SharedWork<ConsentToken>();

  /** @internal */
  constructor(options: ConsentProviderOptions) {
    assertOptions('createConsentProvider', options, optionNames);
    if (!('omitSms' in options))
      throw new TypeError('omitSms is missing: true, false, or undefined to leave it out');
    if (typeof options.requester !== 'object' || options.requester === null) {
      throw new TypeError('requester is missing: { company, companyBin, companyResponsible, employeeName }');
    }
    // A copy: what was got for one employee must not be handed to another whose name was written over it.
    this.#options = { ...options, requester: { ...options.requester } };
    this.#service = options.service ?? consentService;
    this.#clock = options.clock ?? systemClock;
    const max = Number.MAX_SAFE_INTEGER;
    this.#expiresInMs = integerOption('expiresInMs', options.expiresInMs, 600_000, { max });
    const marginMs = Math.min(60_000, Math.floor(this.#expiresInMs / 10));
    this.#marginMs = integerOption('marginMs', options.marginMs, marginMs, {
      min: 0,
      max: this.#expiresInMs - 1,
    });
    this.#cache = new ConsentCache(integerOption('maxTokens', options.maxTokens, 10_000));
  }

  /**
   * A consent of this person to these services: one that is kept, or a new one. Whoever asks for the same at the same time
   * gets the same. Nothing is remembered of a refusal.
   *
   * @throws {ConsentError} `ERR_CONSENT_REFUSED`, `ERR_CONSENT_PENDING`, `ERR_CONSENT_TOKEN`, `ERR_CONSENT_STATUS`, each with
   *   a `BusinessError` as its `cause`, whose `statusCode` is the status that КДП gave; `ERR_CONSENT_EXPIRED` when its lifetime was over before it came
   * @throws {ValidateError} `not-sent`, and what else a call of the gateway, or `ovt`, rejects with
   */
  async token(
    query: ConsentQuery,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<ConsentToken> {
    const key = this.#keyOf(query);
    const kept = this.#cache.get(key, this.#clock.now());
    if (kept !== undefined) return kept;
    return this.#asking.join(key, options.signal, (signal) => this.#ask(key, query, signal));
  }

  /**
   * Forgets a consent, given itself or by what it was asked for with: the next {@link ConsentProvider.token} asks anew. One
   * that is being asked for goes to those who wait for it, and is not kept.
   */
  invalidate(what: ConsentQuery | ConsentToken): void {
    if (!('accessNames' in what)) {
      this.#cache.forgetConsent(what);
      return;
    }
    const key = this.#keyOf(what);
    this.#cache.forget(key);
    this.#asking.detach(key);
  }

  /** Forgets every consent, and keeps none of those that are being asked for. */
  clear(): void {
    this.#cache.clear();
    this.#asking.detach();
  }

  async #ask(key: string, query: ConsentQuery, signal: AbortSignal): Promise<ConsentToken> {
    const { gateway, totalTimeoutMs } = this.#options;
    const request = await this.#request(query);
    signal.throwIfAborted();
    const askedAtMs = this.#clock.now();
    const expiresAtMs = askedAtMs + this.#expiresInMs;
    const limit = totalTimeoutMs === undefined ? {} : { totalTimeoutMs };
    const call = { signal, subjects: [query.iin], ...limit };
    const { value, messageId, verified } = await gateway
      .callWithInfo(this.#service, request, call)
      .catch((error: unknown) => {
        throw this.#explained(error);
      });
    const context = { messageId, delivery: verified ? 'answered' : 'unknown' } as const;
    const { token, publicKey } = grantedBy(value, context);
    const atMs = this.#clock.now();
    if (!(atMs < expiresAtMs)) throw consentError('ERR_CONSENT_EXPIRED', context);
    const consent = consentToken({ token, publicKey, expiresAtMs });
    if (this.#asking.isCurrent(key, signal)) {
      // A clock that is put back by no more than the margin leaves the end where it is safe.
      const usableFromMs = askedAtMs - this.#marginMs;
      this.#cache.put(key, consent, { usableFromMs, usableUntilMs: expiresAtMs - this.#marginMs, atMs });
    }
    return consent;
  }

  /** Consents that may stand for each other have one key. */
  #keyOf({ iin, accessNames, personalDataName = '', employeeName }: ConsentQuery): string {
    const employee = employeeName ?? this.#options.requester.employeeName;
    return JSON.stringify([iin, [...new Set(accessNames)].sort(), personalDataName, employee]);
  }

  async #request({
    iin,
    accessNames,
    personalDataName,
    employeeName,
  }: ConsentQuery): Promise<ConsentRequest> {
    const { requester, omitSms, ovt } = this.#options;
    return {
      iin,
      ...requester,
      ...(employeeName === undefined ? {} : { employeeName }),
      accessNames: [...new Set(accessNames)],
      personalDataName,
      expiresInMs: this.#expiresInMs,
      omitSms,
      ovt: await ovt?.(),
    };
  }

  /** A person's refusal may come as the status of the message, which is an error of its own. */
  #explained(error: unknown): unknown {
    if (!(error instanceof BusinessError)) return error;
    const { statusCode, messageId, delivery } = error;
    const outcome = outcomeOfStatus(statusCode, this.#service.statuses);
    if (outcome === undefined) return error;
    const code = outcome === 'refused' ? 'ERR_CONSENT_REFUSED' : 'ERR_CONSENT_PENDING';
    return consentError(code, { messageId, delivery, cause: error });
  }
}

/**
 * A provider of consents. It keeps them in memory only.
 *
 * @throws {TypeError} when an option is unknown, missing or has no meaning
 * @example
 * ```ts
 * const consents = createConsentProvider({
 *   gateway,
 *   requester: { company: 'ТОО Пример', companyBin, companyResponsible: 'МИС Пример', employeeName },
 *   omitSms: true,
 *   ovt: () => createOvt({ key, bin: companyBin }),
 * });
 * const consent = await consents.token({ iin, accessNames: ['GBDFLUniversal_token'] });
 * ```
 */
export function createConsentProvider(options: ConsentProviderOptions): ConsentProvider {
  return new ConsentProvider(options);
}

/** The status is what the owner has to be asked about: it comes as the cause, which prints no words of the service. */
function grantedBy(
  { outcome, status, token }: ConsentAnswer,
  call: { readonly messageId: string; readonly delivery: 'answered' | 'unknown' },
): ConsentToken {
  if (outcome === 'granted' && token !== undefined) return token;
  const context = { ...call, cause: new BusinessError({ code: status, message: '' }, call) };
  switch (outcome) {
    case 'refused':
      throw consentError('ERR_CONSENT_REFUSED', context);
    case 'pending':
      throw consentError('ERR_CONSENT_PENDING', context);
    case 'unrecognised':
      throw consentError('ERR_CONSENT_STATUS', context);
    default:
      throw consentError('ERR_CONSENT_TOKEN', context);
  }
}
