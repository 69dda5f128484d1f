import type { AnswerStatus, Service } from '@egov-gateway/core';
import { defineService, type IdentityMode, type Payload } from '@egov-gateway/payload';

import type { Person } from './person.ts';
import { type PersonRequest, personRequest } from './person-request.ts';
import { type PersonResponse, personResponse } from './person-response.ts';

/** How {@link createPersonByIin} is set up. */
export interface PersonByIinOptions {
  /** `serviceId` in the registry of the gateway. Default: `GBDFLUniversal_token`. */
  readonly id?: string;
  /**
   * How much of the IIN that is asked for is checked; test stands often have invalid ones. In answers the control digit is
   * never a reason to refuse. Default: `strict`.
   */
  readonly identity?: IdentityMode;
  /**
   * `decoded` takes dates and IINs of answers as they are written, where `checked` refuses an answer that has one that
   * cannot be. Default: `checked`.
   */
  readonly received?: 'checked' | 'decoded';
  /** `status/code` of the envelope that means success. Default: `SCSS001`, `SUCCESS`, `Success`. */
  readonly successCodes?: readonly string[];
  /** Codes of `messageResult` that are answers and no refusals. Default: `00000` and `404`, nobody was found. */
  readonly answerCodes?: readonly string[];
}

/**
 * The register of persons (ГБД ФЛ), by IIN, with the consent of the person.
 *
 * Nobody found is an answer: `persons` is empty. Every other code of `messageResult` than `00000` and `404` is a
 * `BusinessError`.
 *
 * @throws {TypeError} when an option has no meaning
 */
export function createPersonByIin(options: PersonByIinOptions = {}): Service<PersonRequest, PersonResponse> {
  const { id = 'GBDFLUniversal_token', identity = 'strict' } = options;
  return definePersonService(id, personRequest(identity), options);
}

/** {@link createPersonByIin} with its defaults. */
export const personByIin: Service<PersonRequest, PersonResponse> = createPersonByIin();

/** @internal */
export function definePersonService<Request>(
  id: string,
  request: Payload<Request>,
  options: PersonByIinOptions,
): Service<Request, PersonResponse> {
  const { identity = 'strict', received = 'checked', successCodes, answerCodes = ['00000', '404'] } = options;
  if (received !== 'checked' && received !== 'decoded') {
    throw new TypeError("received must be 'checked' or 'decoded'");
  }
  if (answerCodes.length === 0 || answerCodes.some((code) => typeof code !== 'string' || code === '')) {
    throw new TypeError('answerCodes must name at least one code, and none may be empty');
  }
  return defineService({
    id,
    request,
    response: personResponse({ identity: identity === 'strict' ? 'format' : identity, received }),
    ...(successCodes === undefined ? {} : { successCodes }),
    innerStatus: ({ messageResult }): AnswerStatus | undefined =>
      answerCodes.includes(messageResult.code)
        ? undefined
        : { code: messageResult.code, message: messageResult.nameRu ?? messageResult.nameKz ?? '' },
  });
}

/**
 * The person with this IIN in an answer, or `undefined` when it has none. Persons with other IINs, which nobody asked
 * for, are never taken.
 */
export function findPerson(response: PersonResponse, iin: string): Person | undefined {
  return response.persons.find((person) => person.iin === iin);
}
