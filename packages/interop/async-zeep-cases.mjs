import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { newLocalKey } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { readMessages } from '@egov-gateway/envelope';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import { contractsOf, echo, startReceiver } from './async-parties.mjs';
import { text } from './text-data.mjs';
import { startPython } from './tools.mjs';

const styles = ['binary-security-token', 'x509-data'];
const unsignedPath = '/bip-async/';
const guid = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;
const faultNamespaces = {
  gateway: 'http://bip.bee.kz/AsyncChannel/v10/Types',
  client: 'http://bip.bee.kz/AsyncChannel/v10/Types/Client',
};

const now = () => new Date().toISOString();

/** Calls operations of one interface: `call(operation, request)` gives what zeep made of the answer or of the fault. */
function caller(python, { wsdl, address }, style) {
  return async (operation, request) => {
    const argument = Buffer.from(JSON.stringify(request)).toString('base64');
    return JSON.parse(await python.ask('call', wsdl, address, style, operation, argument));
  };
}

function checkFault({ fault, answer }, { operation, namespace, code }) {
  if (fault === undefined) throw new Error(`expected a fault, got ${JSON.stringify(answer)}`);
  equal(fault.element, `{${namespace}}${operation}Fault1_${operation}Fault`);
  match(fault.info.errorCode, code);
  notEqual(fault.info.errorMessage, '');
  match(fault.info.errorDate, /^\d{4}-.*[+-]\d\d:\d\d$/);
}

/** zeep, as a system at our gateway and as the gateway at our receiver. */
export async function asyncZeepCases(report, { folder, key, shared }) {
  await gatewayCases(report, { folder, shared });
  await receiverCases(report, { key, shared });
}

async function gatewayCases(report, { folder, shared }) {
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
      for (const style of [...styles, '']) {
        const address = style === '' ? server.urlOf(unsignedPath) : server.asyncUrl;
        const call = caller(python, contract.of(address), style);
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
    match(answer.sessionId, guid);
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
    match(answer.sessionId, guid);
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
    match(answer.sessionId, guid);
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
  const namespace = faultNamespaces.gateway;
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
  const call = caller(python, contract.of(server.asyncUrl), styles[0]);
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
      const unsigned = caller(python, contract.of(server.asyncUrl), '');
      const request = { ...requests.sendMessage, messageInfo: known };
      checkFault(await unsigned('sendMessage', request), {
        operation: 'sendMessage',
        namespace,
        code: /^SCE007$/,
      });
    },
  );
}

async function receiverCases(report, { key, shared }) {
  report.section('asynchronous channel: zeep as the gateway at our receiver');
  const signed = await startReceiver({ key, signed: true });
  const open = await startReceiver({ key, signed: false });
  const python = startPython(
    [key('gateway.key'), key('gateway.crt'), key('organisation.crt')],
    'async_channel.py',
  );
  try {
    for (const contract of contractsOf('client', shared)) {
      for (const style of [...styles, '']) {
        const { url, journal } = style === '' ? open : signed;
        const call = caller(python, contract.of(url), style);
        await pushCases(report, { name: `${contract.name}, ${style || 'unsigned'}`, call, journal });
      }
      const unsigned = caller(python, contract.of(signed.url), '');
      await receiverFaultCases(report, { name: contract.name, call: unsigned, journal: signed.journal });
    }
  } finally {
    await python.close();
    await signed.close();
    await open.close();
  }
}

const pushOf = (name, more = {}) => ({
  messageInfo: {
    messageId: `push ${name}`,
    correlationId: `chain ${name}`,
    serviceId: echo.id,
    messageType: 'RESPONSE',
    messageDate: now(),
    sender: { senderId: 'zeep' },
    ...more,
  },
  messageData: { data: { $text: text } },
});

const changeOf = (messageId, more = {}) => ({
  notification: {
    notificationId: `note of ${messageId}`,
    messageId,
    notificationDate: now(),
    messageState: 'NOT_DELIVERED',
    status: { statusCode: 'ZEEP', statusMessage: 'no', statusDate: now() },
    error: { errorCode: 'ZEEP002', errorMessage: 'refused', errorDate: now() },
  },
  requestDate: now(),
  ...more,
});

async function pushCases(report, { name, call, journal }) {
  const sessionId = '{4d3dc5a1-6a0e-4b43-9a5e-6f0c1f3b2a10}';
  const push = pushOf(name, { sessionId });
  const { messageId, correlationId } = push.messageInfo;
  const stored = async (wanted) => (await journal.find({ ...wanted, direction: 'in' })).messages;

  await report.case(`${name}: sendMessage is stored, and answered with the ids it came with`, async () => {
    const { answer } = await call('sendMessage', push);
    equal(answer.messageId, messageId);
    equal(answer.correlationId, correlationId);
    equal(answer.sessionId, sessionId);
    const [message] = await stored({ correlationId });
    equal(`${message.messageType} ${message.serviceId}`, `RESPONSE ${echo.id}`);
  });
  await report.case(`${name}: the same sendMessage again is answered alike and stored once`, async () => {
    const { answer } = await call('sendMessage', push);
    equal(answer.messageId, messageId);
    equal((await stored({ correlationId })).length, 1);
  });
  await report.case(`${name}: changeMassageStatusNotification of a message that was sent`, async () => {
    const localKey = newLocalKey();
    const sentId = `sent ${name}`;
    const sent = { localKey, serviceId: echo.id, channel: 'async', messageType: 'REQUEST', attempt: 1 };
    const atMs = Date.now();
    await journal.append({ ...sent, kind: 'signed', atMs, bytes: new Uint8Array([1]) });
    await journal.append({ ...sent, kind: 'sending', atMs, untilMs: atMs + 1000 });
    await journal.append({ ...sent, kind: 'answered', atMs, messageId: sentId, delivery: 'answered' });
    const { answer } = await call('changeMassageStatusNotification', changeOf(sentId, { sessionId }));
    equal(answer.sessionId, sessionId);
    const message = await journal.message(localKey);
    equal(`${message.state} ${message.deliveryState}`, 'rejected NOT_DELIVERED');
  });
  await report.case(`${name}: changeMassageStatusNotification without a session is given one`, async () => {
    const { answer } = await call('changeMassageStatusNotification', changeOf(`unknown ${name}`));
    match(answer.sessionId, guid);
  });
}

async function receiverFaultCases(report, { name, call, journal }) {
  await report.case(`${name}, unsigned at the signed receiver: the fault of sendMessage`, async () => {
    const push = pushOf(`${name}, refused`);
    const operation = 'sendMessage';
    checkFault(await call(operation, push), {
      operation,
      namespace: faultNamespaces.gateway,
      code: /^SCE007$/,
    });
    const { correlationId } = push.messageInfo;
    equal((await journal.find({ correlationId })).messages.length, 0);
  });
  await report.case(`${name}, unsigned: the fault of changeMassageStatusNotification`, async () => {
    const operation = 'changeMassageStatusNotification';
    const outcome = await call(operation, changeOf('1'));
    checkFault(outcome, { operation, namespace: faultNamespaces.client, code: /^SCE007$/ });
  });
}
