import {
  assertOptions,
  type Clock,
  type DataCodec,
  type Service,
  systemClock,
  type ValidationIssue,
} from '@egov-gateway/core';

import { type ConsentToken, tokenFault, withoutWhiteSpace } from '../token/consent-token.ts';
import type {
  FlatConsentFields,
  FlatConsentPlacement,
  TokenListPlacement,
  TokenListRoom,
} from './placements.ts';

/** A request with the consent of the person that it is about. */
export type Consented<Request> = Request & { readonly consent: ConsentToken };

/** Puts a consent where a service wants it. */
export type ConsentPlacement<Request, Target> = (request: Request, consent: ConsentToken) => Target;

/** How a service wants its consent. */
export interface WithConsentOptions<Place> {
  readonly place: Place;
  /** What the expiry of a consent is judged by. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** The request without the fields that {@link flatConsent} fills. */
export type WithoutFlatConsent<Target> = Target extends unknown
  ? Omit<Target, keyof FlatConsentFields>
  : never;

/**
 * A service that takes the consent as a field of its own, `consent`, and sends it where the service wants it. It is for
 * calling; serve the service itself.
 *
 * A consent that is missing, blank, impossible or, as far as that is known, expired is an issue of the request: rules
 * `required`, `max-length`, `characters`, `consent-expired`.
 *
 * @throws {TypeError} when an option is unknown, or `place` is no function
 * @example
 * ```ts
 * const persons = withConsent(personByIin, { place: flatConsent });
 * const answer = await gateway.call(persons, { ...request, consent });
 * ```
 */
export function withConsent<Target extends FlatConsentFields, Response>(
  service: Service<Target, Response>,
  options: WithConsentOptions<FlatConsentPlacement>,
): Service<Consented<WithoutFlatConsent<Target>>, Response>;
/** The same for services that take a list of consents. */
export function withConsent<Target extends TokenListRoom, Response>(
  service: Service<Target, Response>,
  options: WithConsentOptions<TokenListPlacement>,
): Service<Consented<Target>, Response>;
/** The same with a place of your own. */
export function withConsent<Request extends object, Target, Response>(
  service: Service<Target, Response>,
  options: WithConsentOptions<ConsentPlacement<Request, Target>>,
): Service<Consented<Request>, Response>;
export function withConsent<Request extends object, Target, Response>(
  service: Service<Target, Response>,
  options: WithConsentOptions<ConsentPlacement<Request, Target>>,
): Service<Consented<Request>, Response> {
  assertOptions('withConsent', options, ['place', 'clock']);
  const { place, clock = systemClock } = options;
  if (typeof place !== 'function')
    throw new TypeError('place must say where the consent goes, such as flatConsent');
  const { request: target } = service;
  const placed = ({ consent, ...request }: Consented<Request>): Target =>
    place(request as unknown as Request, consent);
  const request: DataCodec<Consented<Request>> = {
    validate(value) {
      const issues = consentIssues((value as Partial<Consented<Request>> | undefined)?.consent, clock);
      return issues.length > 0 ? issues : target.validate(placed(value));
    },
    write: (value, writer) => target.write(placed(value), writer),
    read() {
      throw new TypeError('a service with consent is for calling; serve the service that it was made of');
    },
  };
  return Object.freeze({ ...service, request });
}

function consentIssues(consent: ConsentToken | undefined, clock: Clock): ValidationIssue[] {
  if (
    typeof consent !== 'object' ||
    consent === null ||
    isBlank(consent.token) ||
    isBlank(consent.publicKey)
  ) {
    const message = 'is required, with token and key; ask КДП for the consent of the person';
    return [{ path: '/consent', rule: 'required', message }];
  }
  const faults = (['token', 'publicKey'] as const).flatMap((name) => {
    const fault = tokenFault(consent[name]);
    return fault === undefined ? [] : [{ path: `/consent/${name}`, ...fault }];
  });
  if (faults.length > 0) return faults;
  const { expiresAtMs } = consent;
  if (expiresAtMs === undefined || clock.now() < expiresAtMs) return [];
  return [{ path: '/consent', rule: 'consent-expired', message: 'has expired; ask for the consent again' }];
}

function isBlank(text: unknown): boolean {
  return typeof text !== 'string' || withoutWhiteSpace(text) === '';
}
