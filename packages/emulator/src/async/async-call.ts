import { ParseError, type UnverifiedBody, type VerifiedBody } from '@egov-gateway/core';
import {
  type AsyncNamespace,
  asyncOperationOf,
  type ReceivedAsyncMessage,
  type ReceivedDeliveryNotification,
  type ReceivedGetMessages,
  type ReceivedStatusRequest,
  readAsyncMessage,
  readDeliveryNotification,
  readGetMessages,
  readStatusRequest,
} from '@egov-gateway/envelope';

import type { RequestHead, RequestReader } from '../pipeline/message.ts';

/** A request to the gateway's side of the channel: which operation, and what it says. @internal */
export type AsyncCall = RequestHead & { readonly namespace: AsyncNamespace } & (
    | { readonly operation: 'sendMessage'; readonly message: ReceivedAsyncMessage }
    | { readonly operation: 'sendDeliveryNotification'; readonly notification: ReceivedDeliveryNotification }
    | { readonly operation: 'getMessageStatus'; readonly question: ReceivedStatusRequest }
    | { readonly operation: 'getMessages'; readonly pull: ReceivedGetMessages }
  );

/** @internal */
export const asyncReader: RequestReader<AsyncCall> = { channel: 'async', read: readAsyncCall };

function readAsyncCall(body: VerifiedBody | UnverifiedBody): AsyncCall {
  const found = asyncOperationOf(body);
  const namespace = found?.namespace;
  switch (found?.operation) {
    case 'sendMessage': {
      const message = readAsyncMessage(body);
      return { operation: found.operation, namespace: found.namespace, info: message.info, message };
    }
    case 'sendDeliveryNotification': {
      const notification = readDeliveryNotification(body);
      return { operation: found.operation, namespace: found.namespace, info: notification, notification };
    }
    case 'getMessageStatus': {
      const question = readStatusRequest(body);
      return { operation: found.operation, namespace: found.namespace, info: question, question };
    }
    case 'getMessages': {
      const pull = readGetMessages(body);
      return { operation: found.operation, namespace: found.namespace, info: pull, pull };
    }
    default:
      throw new ParseError(
        `expected an operation of the gateway${namespace === undefined ? '' : ', not of the client'}`,
        {
          code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
          path: '/Envelope/Body',
        },
      );
  }
}
