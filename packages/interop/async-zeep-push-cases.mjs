import { equal, match } from 'node:assert/strict';

import { newLocalKey } from '@egov-gateway/core';

import { contractsOf, echo, startReceiver } from './async-parties.mjs';
import { text } from './text-data.mjs';
import { startPython } from './tools.mjs';
import { bracedGuid, checkFault, now, zeepCaller, zeepStyles } from './zeep-calls.mjs';

const typesNamespace = 'http://bip.bee.kz/AsyncChannel/v10/Types';

/** zeep as the gateway at our receiver. */
export async function asyncZeepPushCases(report, { key, shared }) {
  report.section('asynchronous channel: zeep as the gateway at our receiver');
  const signed = await startReceiver({ key, signed: true });
  const open = await startReceiver({ key, signed: false });
  const python = startPython(
    [key('gateway.key'), key('gateway.crt'), key('organisation.crt')],
    'async_channel.py',
  );
  try {
    for (const contract of contractsOf('client', shared)) {
      for (const style of [...zeepStyles, '']) {
        const { url, journal } = style === '' ? open : signed;
        const call = zeepCaller(python, contract.of(url), style);
        await pushCases(report, { name: `${contract.name}, ${style || 'unsigned'}`, call, journal });
      }
      const unsigned = zeepCaller(python, contract.of(signed.url), '');
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
    match(answer.sessionId, bracedGuid);
  });
}

async function receiverFaultCases(report, { name, call, journal }) {
  await report.case(`${name}, unsigned at the signed receiver: the fault of sendMessage`, async () => {
    const push = pushOf(`${name}, refused`);
    const operation = 'sendMessage';
    checkFault(await call(operation, push), {
      operation,
      namespace: typesNamespace,
      code: /^SCE007$/,
    });
    const { correlationId } = push.messageInfo;
    equal((await journal.find({ correlationId })).messages.length, 0);
  });
  await report.case(`${name}, unsigned: the fault of changeMassageStatusNotification`, async () => {
    const operation = 'changeMassageStatusNotification';
    const outcome = await call(operation, changeOf('1'));
    checkFault(outcome, { operation, namespace: `${typesNamespace}/Client`, code: /^SCE007$/ });
  });
}
