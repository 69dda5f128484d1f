import { codeOf, passedAsVerified, soapText } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import {
  type AsyncOperation,
  type AsyncRequestElement,
  asyncClientTypesNamespace,
  asyncFaultName,
  asyncOperationOf,
  asyncTypesNamespace,
} from './channel.ts';

function operationOf(content: string): AsyncRequestElement | undefined {
  return asyncOperationOf(passedAsVerified(parseXml(soapText(content)).root));
}

describe('asyncOperationOf', () => {
  test.each([
    ['sendMessage', asyncTypesNamespace, 'sendMessage'],
    ['sendMessage', asyncClientTypesNamespace, 'sendMessage'],
    ['sendDeliveryNotification', asyncTypesNamespace, 'sendDeliveryNotification'],
    ['getMessageStatus', asyncTypesNamespace, 'getMessageStatus'],
    ['getMessages', asyncTypesNamespace, 'getMessages'],
    ['changeMassageStatusNotification', asyncClientTypesNamespace, 'changeMassageStatusNotification'],
    ['changeMessageStatusNotification', asyncClientTypesNamespace, 'changeMassageStatusNotification'],
    ['ChangeMessageStatusNotification', asyncClientTypesNamespace, 'changeMassageStatusNotification'],
    ['changeMassageStatusNotification', asyncTypesNamespace, 'changeMassageStatusNotification'],
    ['changeMessageStatusNotification', asyncTypesNamespace, 'changeMassageStatusNotification'],
  ] as const)('finds %s of %s (contradictions 1, 2, 17)', (localName, namespace, operation) => {
    expect(operationOf(`<x:${localName} xmlns:x="${namespace}"/>`)).toEqual({
      operation,
      namespace,
      localName,
    });
  });

  test.each([
    ['the operation of the other channel', '<SendMessage xmlns="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
    ['its capital letter in this channel', `<SendMessage xmlns="${asyncTypesNamespace}"/>`],
    ['this operation in the other channel', '<sendMessage xmlns="http://bip.bee.kz/SyncChannel/v10/Types"/>'],
    ['an operation without a namespace', '<sendMessage/>'],
    ['an operation of the gateway on the client side', `<getMessages xmlns="${asyncClientTypesNamespace}"/>`],
    ['the name of the Rules for getMessages', `<GetMessageRequest xmlns="${asyncTypesNamespace}"/>`],
    [
      'the lower-case namespace of an old copy',
      '<sendMessage xmlns="http://bip.bee.kz/AsyncChannel/v10/types"/>',
    ],
    ['the namespace of the types', '<sendMessage xmlns="http://bip.bee.kz/AsyncChannel/v10/ITypes"/>'],
    ['an answer', `<sendMessageResponse xmlns="${asyncTypesNamespace}"/>`],
    ['a fault', '<S:Fault/>'],
  ])('knows no %s', (_name, content) => {
    expect(operationOf(content)).toBeUndefined();
  });

  test('refuses an empty Body', async () => {
    expect(await codeOf(() => operationOf(''))).toBe('ERR_PARSE_MISSING_ELEMENT');
  });

  test('refuses a second element in the Body', async () => {
    const content = `<sendMessage xmlns="${asyncTypesNamespace}"/>`;

    expect(await codeOf(() => operationOf(content + content))).toBe('ERR_PARSE_UNEXPECTED_ELEMENT');
  });

  test('refuses what no verifier made', () => {
    const body = passedAsVerified(parseXml(soapText('<a/>')).root);

    expect(() => asyncOperationOf({ ...body })).toThrow(TypeError);
  });
});

describe('asyncFaultName', () => {
  test.each<[AsyncOperation, string]>([
    ['sendMessage', asyncTypesNamespace],
    ['sendDeliveryNotification', asyncTypesNamespace],
    ['getMessageStatus', asyncTypesNamespace],
    ['getMessages', asyncTypesNamespace],
    ['changeMassageStatusNotification', asyncClientTypesNamespace],
  ])('names that of %s, in the namespace of the XSD', (operation, namespace) => {
    const { localName, namespace: actual } = asyncFaultName(operation);

    expect([actual, localName]).toEqual([namespace, `${operation}Fault1_${operation}Fault`]);
  });

  test('names it in the namespace of the request', () => {
    expect(asyncFaultName('sendMessage', asyncClientTypesNamespace).namespace).toBe(
      asyncClientTypesNamespace,
    );
  });

  test.each(['', 'urn:other', 'http://bip.bee.kz/SyncChannel/v10/Types'])(
    'refuses the namespace %j',
    (other) => {
      expect(() => asyncFaultName('sendMessage', other as never)).toThrow(TypeError);
    },
  );
});
