import { type AnswerStatus, assertOptions, ParseError, type Service } from '@egov-gateway/core';
import { defineService, type IdentityMode, type Payload } from '@egov-gateway/payload';

import type { Person } from './person.ts';
import { type PersonRequest, personRequest } from './person-request.ts';
import { type PersonResponse, personResponse } from './person-response.ts';

/** How {@link createPersonByIin} is set up. */
export interface PersonByIinOptions {
  /** `serviceId` in the registry of the gateway. Default: `GBDFLUniversal_token`. */
  readonly id?: string | undefined;
  /**
   * How much of the IIN that is asked for is checked; test stands often have invalid ones. In answers the control digit is
   * never a reason to refuse. Default: `strict`.
   */
  readonly identity?: IdentityMode | undefined;
  /**
   * `decoded` takes dates and IINs of answers as they are written, where `checked` refuses an answer that has one that
   * cannot be. Default: `checked`.
   */
  readonly received?: 'checked' | 'decoded' | undefined;
  /** `status/code` of the envelope that means success. Default: `SCSS001`, `SUCCESS`, `Success`. */
  readonly successCodes?: readonly string[] | undefined;
  /** Codes of `messageResult` that are answers and no refusals. Default: `00000` and `404`, nobody was found. */
  readonly answerCodes?: readonly string[] | undefined;
}

const optionNames = Object.keys({
  id: true,
  identity: true,
  received: true,
  successCodes: true,
  answerCodes: true,
} satisfies Record<keyof PersonByIinOptions, true>);

/**
 * The register of persons (ГБД ФЛ), by IIN, with the consent of the person.
 *
 * Nobody found is an answer: `persons` is empty. Every other code of `messageResult` than `00000` and `404` is a
 * `BusinessError`.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 */
export function createPersonByIin(options: PersonByIinOptions = {}): Service<PersonRequest, PersonResponse> {
  assertOptions('createPersonByIin', options, optionNames);
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
 * The person who was asked for, or `undefined` when the register knows nobody with this IIN.
 *
 * The codec cannot tell whose answer it reads, so compare here: an answer that has somebody else in it, or that says
 * `00000` and names nobody, is no answer to the question, and must not pass for "there is no such person".
 *
 * @throws {ParseError} `ERR_PARSE_VALUE` when a person in the answer has another IIN, or when it was `404` and names
 *   somebody; `ERR_PARSE_DUPLICATE_ELEMENT` when two have this one; `ERR_PARSE_MISSING_ELEMENT` when it was `00000` and
 *   names nobody
 * @example
 * ```ts
 * const person = findPerson(await gateway.call(personByIin, { ...request, iin }), iin);
 * ```
 */
export function findPerson(response: PersonResponse, iin: string): Person | undefined {
  const { persons, messageResult } = response;
  const [person, second] = persons;
  const stranger = persons.findIndex((one) => one.iin !== iin);
  if (stranger >= 0) {
    throw misfit(
      'ERR_PARSE_VALUE',
      `/persons/person[${stranger + 1}]/iin`,
      'expected the IIN that was asked for, found another one; use nothing of this answer and tell the owner of the register',
    );
  }
  if (second !== undefined) {
    throw misfit('ERR_PARSE_DUPLICATE_ELEMENT', '/persons/person', 'expected one person, found several');
  }
  if (person !== undefined && messageResult.code === '404') {
    throw misfit('ERR_PARSE_VALUE', '/messageResult/code', 'expected no "not found" beside a person');
  }
  if (person === undefined && messageResult.code === '00000') {
    throw misfit(
      'ERR_PARSE_MISSING_ELEMENT',
      '/persons/person',
      'expected a person beside 00000, found nobody',
    );
  }
  return person;
}

function misfit(code: ParseError['code'], path: string, message: string): ParseError {
  return new ParseError(message, { code, path });
}
