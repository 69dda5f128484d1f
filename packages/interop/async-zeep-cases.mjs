import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createEmulator } from '@egov-gateway/emulator';
import { readMessages } from '@egov-gateway/envelope';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import { contractsOf, echo } from './async-parties.mjs';
import { text } from './text-data.mjs';
import { startPython } from './tools.mjs';
import { bracedGuid, checkFault, now, zeepCaller, zeepStyles } from './zeep-calls.mjs';

const unsignedPath = '/bip-async/';
const namespace = 'http://bip.bee.kz/AsyncChannel/v10/Types';

/** zeep as a system at our gateway. */
export async function asyncZeepCases(report, { folder, shared }) {
  report.section('asynchronous channel: zeep at our emulator');
  const emulator = await createEmulator();
  emulator.asyncService(echo, (received) => received);
  const server = await emulator.listen();
  const file = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { privateKeyPem, certificatePem } = emulator.testSystem;
  const python = startPython(
    [
      file('async-system.key', privateKeyPem),
      file('async-system.crt', certificatePem),
      file('async-gateway.crt', emulator.gatewayCertificatePem),
    ],
    'async_channel.py',
  );
  try {
    for (const contract of contractsOf('gateway', shared)) {
      for (const style of [...zeepStyles, '']) {
        const address = style === '' ? server.urlOf(unsignedPath) : server.asyncUrl;
        const call = zeepCaller(python, contract.of(address), style);
        await chainCases(report, { name: `${contract.name}, ${style || 'unsigned'}`, call, emulator, style });
      }
      await gatewayFaultCases(report, { contract, python, emulator, server });
    }
  } finally {
    await python.close();
    await server.close();
    await emulator.close();
  }
}

const senderOf = ({ testSystem: { senderId, password } }) => ({ senderId, password });

/** One chain by PULL, from the REQUEST to the confirmation, with all four operations. */
async function chainCases(report, { name, call, emulator, style }) {
  const sender = senderOf(emulator);
  const verifier = createEnvelopeVerifier({ trust: emulator.trust });
  const message = (info) => ({
    messageInfo: { serviceId: echo.id, messageDate: now(), sender, ...info },
    messageData: { data: { $text: text } },
  });
  const pull = (correlationId) =>
    call('getMessages', { correlationId, requestDate: now(), serviceId: echo.id, sender });
  const confirm = (messageId, status) =>
    call('sendDeliveryNotification', {
      notification: {
        messageId,
        serviceId: echo.id,
        notificationDate: now(),
        deliveryStatus: { statusDate: now(), resendMessage: 'NOT_RESEND', ...status },
      },
      requestDate: now(),
      sender,
    });
  let chain;
  await report.case(`${name}: sendMessage`, async () => {
    const { answer } = await call('sendMessage', message({ messageType: 'REQUEST' }));
    chain = answer;
    await emulator.idle();
    const { messages } = emulator.chain(answer.correlationId);
    equal(messages[0].messageId, answer.messageId);
    match(answer.sessionId, bracedGuid);
  });
  await report.case(`${name}: sendMessage, UPDATE of the chain`, async () => {
    const update = message({ messageType: 'UPDATE', correlationId: chain.correlationId });
    const { answer } = await call('sendMessage', update);
    equal(answer.correlationId, chain.correlationId);
    notEqual(answer.messageId, chain.messageId);
    await emulator.idle();
  });
  await report.case(`${name}: getMessageStatus`, async () => {
    const { answer } = await call('getMessageStatus', {
      messageId: chain.messageId,
      requestDate: now(),
      sender,
    });
    equal(answer.messageState, 'DELIVERED');
    notEqual(answer.status.statusCode, '');
  });
  let pulled;
  await report.case(`${name}: getMessages`, async () => {
    const { answer, received } = await pull(chain.correlationId);
    equal(answer.messages.length, 1);
    [pulled] = answer.messages;
    equal(pulled.messageInfo.messageType, 'RESPONSE');
    equal(pulled.messageInfo.correlationId, chain.correlationId);
    deepEqual(pulled.messageData.data, [{ text }]);
    match(answer.sessionId, bracedGuid);
    if (style === '') return;
    // What zeep has read is what was signed, also by our own verifier and reader.
    const { messages } = readMessages(await verifier.verify(Buffer.from(received, 'base64')));
    equal(messages[0].info.messageId, pulled.messageInfo.messageId);
  });
  await report.case(`${name}: sendDeliveryNotification, not accepted, once more`, async () => {
    const { answer } = await confirm(pulled.messageInfo.messageId, {
      receiveStatus: 'MESSAGE_NOT_ACCTEPTED',
      resendMessage: 'RESEND',
      error: { errorCode: 'ZEEP001', errorMessage: 'not now', errorDate: now() },
    });
    match(answer.sessionId, bracedGuid);
    equal((await pull(chain.correlationId)).answer.messages.length, 1);
  });
  await report.case(`${name}: sendDeliveryNotification, accepted`, async () => {
    const { answer } = await confirm(pulled.messageInfo.messageId, { receiveStatus: 'MESSAGE_ACCEPTED' });
    notEqual(answer.notificationId, '');
    equal((await pull(chain.correlationId)).answer.messages.length, 0);
    equal(emulator.chain(chain.correlationId).messages[1].state, 'DELIVERED');
  });
}

async function gatewayFaultCases(report, { contract, python, emulator, server }) {
  const sender = { ...senderOf(emulator), password: 'wrong' };
  const requests = {
    sendMessage: {
      messageInfo: { serviceId: echo.id, messageType: 'REQUEST', messageDate: now(), sender },
      messageData: { data: { $text: text } },
    },
    getMessageStatus: { messageId: '1', requestDate: now(), sender },
    getMessages: { serviceId: echo.id, sender },
    sendDeliveryNotification: {
      notification: {
        messageId: '1',
        serviceId: echo.id,
        notificationDate: now(),
        deliveryStatus: { receiveStatus: 'MESSAGE_ACCEPTED', statusDate: now(), resendMessage: 'NOT_RESEND' },
      },
      requestDate: now(),
      sender,
    },
  };
  const call = zeepCaller(python, contract.of(server.asyncUrl), zeepStyles[0]);
  for (const [operation, request] of Object.entries(requests)) {
    await report.case(`${contract.name}, wrong password: the fault of ${operation}`, async () => {
      checkFault(await call(operation, request), { operation, namespace, code: /^EMU-WRONG-PASSWORD$/ });
    });
  }
  const known = { ...requests.sendMessage.messageInfo, sender: senderOf(emulator) };
  await report.case(`${contract.name}, a reply without its chain: the fault of sendMessage`, async () => {
    const reply = { ...requests.sendMessage, messageInfo: { ...known, messageType: 'RESPONSE' } };
    checkFault(await call('sendMessage', reply), { operation: 'sendMessage', namespace, code: /^SCE001$/ });
  });
  await report.case(
    `${contract.name}, unsigned at the signed endpoint: the fault of sendMessage`,
    async () => {
      const unsigned = zeepCaller(python, contract.of(server.asyncUrl), '');
      const request = { ...requests.sendMessage, messageInfo: known };
      checkFault(await unsigned('sendMessage', request), {
        operation: 'sendMessage',
        namespace,
        code: /^SCE007$/,
      });
    },
  );
}
