import { readdirSync } from 'node:fs';

import type { XmlName } from '@egov-gateway/core';
import { type DataTree, fixture, fixturesUrl, fixtureText, treeCodec } from '@egov-gateway/testing';
import { canonicalize, parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { soap11Namespace } from '../soap.ts';
import type { WrittenEnvelope } from '../soap-envelope.ts';
import { type Fault, writeFault } from '../write-fault.ts';
import { type AsyncAcceptance, writeAsyncAccepted } from './accepted.ts';
import { type AsyncNamespace, type AsyncOperation, asyncFaultName } from './channel.ts';
import { type AsyncDelivery, writeAsyncDelivery } from './delivery.ts';
import { type DeliveryNotification, writeDeliveryNotification } from './delivery-notification.ts';
import {
  type DeliveryNotificationAnswer,
  writeDeliveryNotificationAnswer,
} from './delivery-notification-answer.ts';
import { type GetMessages, writeGetMessages } from './get-messages.ts';
import { type AsyncMessage, writeAsyncMessage } from './message.ts';
import { type MessagesAnswer, writeMessages } from './messages.ts';
import { type StatusAnswer, writeStatusAnswer } from './status-answer.ts';
import { type StatusNotification, writeStatusNotification } from './status-notification.ts';
import {
  type StatusNotificationAnswer,
  writeStatusNotificationAnswer,
} from './status-notification-answer.ts';
import { type StatusRequest, writeStatusRequest } from './status-request.ts';

/** `input.json` of a fixture. */
interface Input {
  readonly rule: string;
  readonly id: string;
  /** Name of the function that writes it. */
  readonly write: string;
  readonly input: unknown;
  readonly options?: object;
  /** Of every message in it. */
  readonly data?: DataTree;
}

type Options = object & { readonly newId: () => string };

const writers: Readonly<
  Record<string, (input: unknown, options: Options, data: DataTree | undefined) => WrittenEnvelope>
> = {
  writeAsyncMessage: (input, options, data) =>
    writeAsyncMessage({ ...(input as AsyncMessage), data: partOf(data) }, options),
  writeAsyncDelivery: (input, options, data) =>
    writeAsyncDelivery({ ...(input as AsyncDelivery), data: partOf(data) }, options),
  writeMessages: (input, options, data) => {
    const answer = input as MessagesAnswer;
    const messages = answer.messages.map((message) => ({ ...message, data: partOf(data) }));
    return writeMessages({ ...answer, messages }, options);
  },
  writeAsyncAccepted: (input, options) => writeAsyncAccepted(input as AsyncAcceptance, options),
  writeDeliveryNotification: (input, options) =>
    writeDeliveryNotification(input as DeliveryNotification, options),
  writeDeliveryNotificationAnswer: (input, options) =>
    writeDeliveryNotificationAnswer(input as DeliveryNotificationAnswer, options),
  writeStatusRequest: (input, options) => writeStatusRequest(input as StatusRequest, options),
  writeStatusAnswer: (input, options) => writeStatusAnswer(input as StatusAnswer, options),
  writeGetMessages: (input, options) => writeGetMessages(input as GetMessages, options),
  writeStatusNotification: (input, options) => writeStatusNotification(input as StatusNotification, options),
  writeStatusNotificationAnswer: (input, options) =>
    writeStatusNotificationAnswer(input as StatusNotificationAnswer, options),
  writeFault: (input, options) => {
    const { operation, ...fault } = input as Fault & { readonly operation: AsyncOperation };
    const { namespace } = options as { readonly namespace?: AsyncNamespace };
    const detailName: XmlName = asyncFaultName(operation, namespace);
    return writeFault({ ...fault, detailName }, options);
  },
};

function partOf(data: DataTree | undefined): AsyncMessage<DataTree>['data'] {
  return data && { codec: treeCodec, value: data };
}

function write({ id, write: name, input, options = {}, data }: Input): WrittenEnvelope {
  const writer = writers[name];
  if (writer === undefined) throw new TypeError(`expected the name of a writer, found ${name}`);
  return writer(input, { ...options, newId: () => id }, data);
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const cases = readdirSync(new URL('envelope-async/', fixturesUrl)).map((folder) => ({
  folder,
  ...(JSON.parse(fixtureText(`envelope-async/${folder}/input.json`)) as Input),
}));

describe('fixtures/envelope-async', () => {
  test.each(cases)('$folder: $rule', (input) => {
    expect(decode(write(input).bytes)).toBe(fixtureText(`envelope-async/${input.folder}/expected.xml`));
  });

  test.each(cases)(
    '$folder: the Body on the wire is its own exclusive c14n, where the layout says',
    (input) => {
      const { bytes, layout } = write(input);
      const { root } = parseXml(fixture(`envelope-async/${input.folder}/expected.xml`));
      const body = root.child('Body', soap11Namespace);

      expect(layout.wireOnly).toEqual([]);
      expect(layout.bodyId).toBe(`id-${input.id}`);
      expect(body && decode(canonicalize(body))).toBe(
        decode(bytes.subarray(layout.bodyStart, layout.bodyEnd)),
      );
    },
  );

  test('has every writer of the channel', () => {
    expect(new Set(cases.map(({ write: name }) => name))).toEqual(new Set(Object.keys(writers)));
  });
});
