import type { Service } from '@egov-gateway/core';
import {
  type Person,
  type PersonResponse,
  personByIin,
  type ReceivedPersonRequest,
  receivedPersonRequest,
} from '@egov-gateway/registers';

import { businessError } from '../outcome.ts';
import type { ServiceHandler } from '../service.ts';
import { anyConsent, type ConsentCheck, consentRefusal } from './consent-check.ts';
import { madeUpPersons } from './made-up-persons.ts';
import { nilWriter } from './nil-writer.ts';

/** Options of {@link personHandler}. */
export interface PersonHandlerOptions {
  /** Who is known. Default: {@link madeUpPersons}. */
  readonly persons?: readonly Person[] | undefined;
  /** Default: every consent that is there is accepted. */
  readonly consent?: ConsentCheck | undefined;
}

/**
 * The service of the built-in register of persons: {@link personByIin} as a server has it, which reads a request without
 * consent and says nil where the real one was seen to.
 */
export const emulatedPersons: Service<ReceivedPersonRequest, PersonResponse> = Object.freeze({
  ...personByIin,
  request: receivedPersonRequest(),
  response: {
    ...personByIin.response,
    write: (response, writer) => personByIin.response.write(response, nilWriter(writer)),
  } satisfies Service<ReceivedPersonRequest, PersonResponse>['response'],
});

/**
 * The handler behind the built-in `GBDFLUniversal_token`, for emulators that want it otherwise.
 *
 * @example
 * emulator.service(emulatedPersons, personHandler({ persons: [] }));
 */
export function personHandler(
  options: PersonHandlerOptions = {},
): ServiceHandler<ReceivedPersonRequest, PersonResponse> {
  const { persons = madeUpPersons, consent = anyConsent } = options;
  return ({ iin, kdpToken, publicKey, messageId, senderCode }, context) => {
    const head = {
      messageId: context.messageId,
      requestId: messageId,
      sender: { code: 'EMU-GBDFL', nameRu: 'ГБД ФЛ (эмулятор)', nameKz: 'ЖТ МДҚ (эмулятор)' },
      receiver: { code: senderCode },
    };
    const { serviceId: accessName, receivedAtMs: atMs } = context;
    const status = consentRefusal(consent({ token: kdpToken, publicKey, iin, accessName, atMs }));
    if (status !== undefined) {
      return businessError(status, {
        ...head,
        messageResult: { code: status.code, nameRu: status.message, nameKz: status.message },
        persons: [],
      });
    }
    const found = persons.filter((person) => person.iin === iin);
    return { ...head, messageResult: found.length > 0 ? success : notFound, persons: found };
  };
}

const success = {
  code: '00000',
  nameRu: 'Сообщение успешно обработано',
  nameKz: 'Хабарлама сәтті өңделді',
};
const notFound = { code: '404', nameRu: 'Сведения не найдены', nameKz: 'Мәліметтер табылмады' };
