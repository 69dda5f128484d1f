import { assertOptions, BusinessError, GatewayFault, type Service, ValidateError } from '@egov-gateway/core';

import type { ConsentGateway } from '../provider/consent-gateway.ts';
import type { ConsentProvider, ConsentQuery } from '../provider/consent-provider.ts';
import { consentError } from '../provider/explain-consent.ts';
import type { ConsentToken } from '../token/consent-token.ts';
import type {
  FlatConsentFields,
  FlatConsentPlacement,
  TokenListPlacement,
  TokenListRoom,
} from './placements.ts';
import type { WithoutFlatConsent } from './with-consent.ts';

/** What {@link createConsentedCall} puts together. */
export interface ConsentedCallOptions<Target, Response, Place> {
  readonly gateway: ConsentGateway;
  readonly provider: ConsentProvider;
  readonly service: Service<Target, Response>;
  /** Puts the consent where the service wants it, and may sign what comes of it. */
  readonly place: Place;
  /**
   * Codes, of a status or of a verified fault, with which the service says that the consent counts no longer. It is then
   * asked for once more, and the call made again. Default: none; no such code is known publicly.
   */
  readonly expiredCodes?: readonly string[] | undefined;
}

/** Puts a consent where a service wants it, and takes its time. */
export type SlowConsentPlacement<Request, Target> = (
  request: Request,
  consent: ConsentToken,
) => Target | Promise<Target>;

/** Whose consent a call needs. Default of `accessNames`: the id of the service that is called. */
export type ConsentedCallQuery = Omit<ConsentQuery, 'accessNames'> &
  Partial<Pick<ConsentQuery, 'accessNames'>>;

/** Options of one call. */
export interface ConsentedCallSettings {
  readonly signal?: AbortSignal | undefined;
  /** Of the call itself, milliseconds; asking for the consent has the provider's. Default: that of the gateway. */
  readonly totalTimeoutMs?: number | undefined;
}

/** Asks for the consent if need be, and calls. */
export type ConsentedCall<Request, Response> = (
  request: Request,
  query: ConsentedCallQuery,
  settings?: ConsentedCallSettings,
) => Promise<Response>;

const optionNames = Object.keys({
  gateway: true,
  provider: true,
  service: true,
  place: true,
  expiredCodes: true,
} satisfies Record<keyof ConsentedCallOptions<never, never, never>, true>);

/**
 * A call that gets the consent it needs by itself.
 *
 * A `ConsentError` says that the service was not called, with one exception: `ERR_CONSENT_EXPIRED` with a `cause` is the
 * service's own word. With {@link flatConsent}, a request about another person than the one who is asked is a
 * `ValidateError`, `ERR_VALIDATE_CONTRACT` with the rule `consent-other-person`; nobody is asked then, nor with
 * `flatConsent` or {@link tokenListConsent} for a request that breaks rules.
 *
 * @throws {TypeError} when an option is unknown, or `place` is no function
 * @example
 * ```ts
 * const askRegister = createConsentedCall({ gateway, provider, service: personByIin, place: flatConsent });
 * const answer = await askRegister(request, { iin });
 * ```
 */
export function createConsentedCall<Target extends FlatConsentFields, Response>(
  options: ConsentedCallOptions<Target, Response, FlatConsentPlacement>,
): ConsentedCall<WithoutFlatConsent<Target>, Response>;
/** The same for services that take a list of consents. */
export function createConsentedCall<Target extends TokenListRoom, Response>(
  options: ConsentedCallOptions<Target, Response, TokenListPlacement>,
): ConsentedCall<Target, Response>;
/** The same with a place of your own, which may sign the request once the consent is in it. */
export function createConsentedCall<Request, Target, Response>(
  options: ConsentedCallOptions<Target, Response, SlowConsentPlacement<Request, Target>>,
): ConsentedCall<Request, Response>;
export function createConsentedCall<Request, Target, Response>(
  options: ConsentedCallOptions<Target, Response, SlowConsentPlacement<Request, Target>>,
): ConsentedCall<Request, Response> {
  assertOptions('createConsentedCall', options, optionNames);
  const { gateway, provider, service, place, expiredCodes = [] } = options;
  if (typeof place !== 'function')
    throw new TypeError('place must say where the consent goes, such as flatConsent');
  const isExpired = (error: unknown): error is BusinessError | GatewayFault =>
    error instanceof BusinessError
      ? expiredCodes.includes(error.statusCode)
      : error instanceof GatewayFault && error.verified && expiredCodes.includes(error.faultCode);

  const attempt = async (
    request: Request,
    query: ConsentQuery,
    settings: ConsentedCallSettings,
  ): Promise<{ readonly value: Response } | { readonly expired: BusinessError | GatewayFault }> => {
    const { signal } = settings;
    const consent = await provider.token(query, { signal });
    const target = await place(request, consent);
    signal?.throwIfAborted();
    try {
      return await gateway.callWithInfo(service, target, { ...settings, subjects: [query.iin] });
    } catch (error) {
      if (!isExpired(error)) throw error;
      provider.invalidate(consent);
      return { expired: error };
    }
  };

  const placement = 'placement' in place ? place.placement : undefined;

  return async (request, { accessNames = [service.id], ...person }, settings = {}) => {
    if (placement === 'flat') assertSamePerson(request, person.iin);
    // A place of the caller's may sign: it is asked once, with the consent.
    if (placement !== undefined) assertSound(service, place(request, standIn) as Target);
    const query = { ...person, accessNames };
    const first = await attempt(request, query, settings);
    if ('value' in first) return first.value;
    const second = await attempt(request, query, settings);
    if ('value' in second) return second.value;
    const { delivery, messageId } = second.expired;
    throw consentError('ERR_CONSENT_EXPIRED', { delivery, messageId, cause: second.expired });
  };
}

const standIn: ConsentToken = { token: 'x', publicKey: 'x' };

/** Nobody is to be asked, and may be to get an SMS, for a request that cannot go out. */
function assertSound<Target>({ request }: Service<Target, unknown>, target: Target): void {
  const issues = request.validate(target).filter(({ path }) => !/\/(?:kdpToken|publicKey|code)$/i.test(path));
  if (issues.length > 0) throw new ValidateError(issues);
}

/** The IIN is given twice, and a slip of the pen would show the consent of one for the data of another. */
function assertSamePerson(request: unknown, iin: string): void {
  const about = (request as { readonly iin?: unknown } | undefined)?.iin;
  if (about === undefined || about === iin) return;
  const message = 'must be the IIN of the person whose consent is asked for';
  throw new ValidateError([{ path: '/iin', rule: 'consent-other-person', message }]);
}
