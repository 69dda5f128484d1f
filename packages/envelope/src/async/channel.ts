/**
 * The names of the asynchronous channel, misprints included.
 *
 * @see AsyncChannel v10, IAsyncChannel.xsd and IAsyncChannelClient.xsd
 * @module
 */
import {
  assertReceived,
  ParseError,
  type UnverifiedBody,
  type VerifiedBody,
  type XmlElement,
  type XmlName,
} from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

import { bodyContent } from '../soap.ts';

/** Namespace of the wrapper elements of the gateway's interface. Everything below them is in no namespace. */
export const asyncTypesNamespace = 'http://bip.bee.kz/AsyncChannel/v10/Types';
/** Namespace of the client-side interface, the one that a receiver of pushes hosts. */
export const asyncClientTypesNamespace = 'http://bip.bee.kz/AsyncChannel/v10/Types/Client';

/** A namespace that wrapper elements of the channel have. */
export type AsyncNamespace = typeof asyncTypesNamespace | typeof asyncClientTypesNamespace;

/** An operation, spelled as the XSD spells it. `sendMessage` is on both interfaces, the last one on the client's only. */
export type AsyncOperation =
  | 'sendMessage'
  | 'sendDeliveryNotification'
  | 'getMessageStatus'
  | 'getMessages'
  | 'changeMassageStatusNotification';

/** `request` is the operation's own element, `response` its answer, `fault` the detail of its fault. */
type ElementRole = 'request' | 'response' | 'fault';

/**
 * Where an operation is found: real generated code has `sendMessage` in both namespaces, and what the XSD has in the
 * client's namespace only is read in either.
 */
const namespacesOf: Readonly<Record<AsyncOperation, readonly AsyncNamespace[]>> = {
  sendMessage: [asyncTypesNamespace, asyncClientTypesNamespace],
  sendDeliveryNotification: [asyncTypesNamespace],
  getMessageStatus: [asyncTypesNamespace],
  getMessages: [asyncTypesNamespace],
  changeMassageStatusNotification: [asyncClientTypesNamespace, asyncTypesNamespace],
};

/** How the notification of a status is spelled: as in the XSD, as a dictionary has it, or as in the Rules. */
export type StatusNotificationSpelling =
  | 'changeMassageStatusNotification'
  | 'changeMessageStatusNotification'
  | 'ChangeMessageStatusNotification';

const statusNotificationSpellings: readonly StatusNotificationSpelling[] = [
  'changeMassageStatusNotification',
  'changeMessageStatusNotification',
  'ChangeMessageStatusNotification',
];

/** The operation that the Body of a request holds. */
export interface AsyncRequestElement {
  readonly operation: AsyncOperation;
  /** That of the request, and so of its answer and its fault. */
  readonly namespace: AsyncNamespace;
  /** The element's name as it was spelled. Answers are spelled as in the XSD, whatever this is. */
  readonly localName: string;
}

const suffixes: Readonly<Record<ElementRole, (operation: string) => string>> = {
  request: (operation) => operation,
  response: (operation) => `${operation}Response`,
  fault: (operation) => `${operation}Fault1_${operation}Fault`,
};
// The writer knows a name again by the object, so each is made once.
const made = new Map<string, XmlName>();

/** The element of an operation, in the namespace that the XSD has it in unless another one is given. */
export function asyncName(
  operation: AsyncOperation | StatusNotificationSpelling,
  role: ElementRole,
  namespace: AsyncNamespace = homeOf(operation),
): XmlName {
  const localName = suffixes[role](operation);
  const key = `${namespace} ${localName}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  if (namespace !== asyncTypesNamespace && namespace !== asyncClientTypesNamespace) {
    throw new TypeError('expected one of the two namespaces of the asynchronous channel');
  }
  const name = xmlName(localName, namespace, namespace === asyncTypesNamespace ? 'typ' : 'cli');
  made.set(key, name);
  return name;
}

/**
 * `xFault1_xFault`, the element of the detail of a fault of operation x; for `detailName` of `writeFault`.
 *
 * @param namespace - that of the request. Default: the one the XSD has the operation in
 * @throws {TypeError} when the namespace is not one of the channel
 */
export function asyncFaultName(operation: AsyncOperation, namespace?: AsyncNamespace): XmlName {
  return asyncName(operation, 'fault', namespace);
}

/**
 * Which operation the Body of a request holds, for the one who serves; `undefined` when it is none of this channel.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`, `ERR_PARSE_MISSING_ELEMENT` when the Body does not hold exactly
 *   one element
 * @throws {TypeError} when no verifier made the body
 */
export function asyncOperationOf(body: VerifiedBody | UnverifiedBody): AsyncRequestElement | undefined {
  assertReceived(body);
  return findOperation(bodyContent(body.body), 'request');
}

/**
 * Refuses an element that is not the one of the operation, and says in which namespace it is.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`
 */
export function expectAsync(
  content: XmlElement,
  operation: AsyncOperation,
  role: ElementRole,
): AsyncNamespace {
  const found = findOperation(content, role);
  if (found?.operation === operation) return found.namespace;
  const { localName, namespace } = asyncName(operation, role);
  throw new ParseError(`expected {${namespace}}${localName}`, {
    code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
    path: content.path,
  });
}

/** @internal */
export function findOperation(content: XmlElement, role: ElementRole): AsyncRequestElement | undefined {
  for (const operation of Object.keys(namespacesOf) as AsyncOperation[]) {
    const namespace = namespacesOf[operation].find((candidate) => candidate === content.namespace);
    const isNamed = spellingsOf(operation).some((spelling) => suffixes[role](spelling) === content.localName);
    if (namespace !== undefined && isNamed) return { operation, namespace, localName: content.localName };
  }
  return undefined;
}

function spellingsOf(operation: AsyncOperation): readonly string[] {
  return operation === 'changeMassageStatusNotification' ? statusNotificationSpellings : [operation];
}

function homeOf(operation: AsyncOperation | StatusNotificationSpelling): AsyncNamespace {
  return statusNotificationSpellings.some((spelling) => spelling === operation)
    ? asyncClientTypesNamespace
    : asyncTypesNamespace;
}
