import type { MessageWrapper, XmlName } from '@egov-gateway/core';

/** Namespace of the answers of КДП, and of requests in its own wrapper. */
export const consentNamespace = 'http://service.2fa-chain.kz/ns/kdp';

/** No description of the service is published; the order that approves its rules is named in the Rules. */
export const consentClause = 'KDP_SERVICE, as public clients send it; Rules No 123, п.45-7';

function named(localName: string): XmlName {
  return { localName, namespace: consentNamespace, prefix: 'kdp' };
}

/** Prefix and namespace of qualified fields. */
export const consentElements: { readonly namespace: string; readonly prefix: string } = {
  namespace: consentNamespace,
  prefix: 'kdp',
};

const answerName = named('sendMessageResponse');
const syncAnswerName: XmlName = {
  localName: 'SendMessageResponse',
  namespace: 'http://bip.bee.kz/SyncChannel/v10/Types',
  prefix: 'typ',
};

/**
 * Requests in `SendMessage` of SyncChannel v10. The clients that send it read the answer in an element of КДП, where the
 * status is empty; `SendMessageResponse`, as with every other service, is taken as well.
 */
export const syncChannelWrapper: MessageWrapper = { otherResponses: [answerName], isStatusOptional: true };

/** Requests and answers in elements of КДП. `parts` of the answer are as seen, those of the request are a choice. */
export function consentWrapper(parts: 'qualified' | 'unqualified'): MessageWrapper {
  return {
    request: { name: named('sendMessageRequest'), parts },
    response: { name: answerName, parts: 'qualified' },
    otherResponses: [syncAnswerName],
    isStatusOptional: true,
  };
}
