import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { AsyncClient, createTransport } from '@egov-gateway/client';
import { createAsyncGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { createMemoryJournal } from '@egov-gateway/journal';
import { acceptUnverified, createEnvelopeSigner } from '@egov-gateway/wsse';
import { request } from 'undici';

import { contractsOf, echo, startReceiver } from './async-parties.mjs';
import { startPhpServer } from './php-server.mjs';
import { text } from './text-data.mjs';
import { phpProgram } from './tools.mjs';

const run = promisify(execFile);
const unsignedPath = '/bip-async/';
const password = 'test-only';

const now = () => new Date().toISOString();

/** Calls operations through a client that PHP makes from a WSDL. */
function caller({ wsdl, address }) {
  return async (operation, content) => {
    const options = [phpProgram('async-client.php'), wsdl, address, operation, JSON.stringify(content)];
    const { stdout } = await run('php8.2', options);
    return JSON.parse(stdout);
  };
}

const messageOf = (sender, info) => ({
  messageInfo: { serviceId: echo.id, messageType: 'REQUEST', messageDate: now(), sender, ...info },
  messageData: { data: { $text: text } },
});

/** ext-soap on each side of both interfaces. It makes no WS-Security signature and ignores ours. */
export async function asyncPhpCases(report, { folder, key, shared }) {
  const emulator = await createEmulator({ async: { push: { onFault: 'stop' } } });
  emulator.asyncService(echo, (received) => received);
  const server = await emulator.listen();
  const receiver = await startReceiver({ key, signed: false });
  try {
    report.section(
      'asynchronous channel: PHP SoapClient, at our emulator and as the gateway at our receiver',
    );
    for (const contract of contractsOf('gateway', shared)) {
      const call = caller(contract.of(server.urlOf(unsignedPath)));
      await clientCases(report, { name: contract.name, call, emulator });
    }
    for (const contract of contractsOf('client', shared)) {
      const call = caller(contract.of(receiver.url));
      await pushCases(report, { name: contract.name, call, journal: receiver.journal });
    }

    report.section('asynchronous channel: our client and our emulator at PHP SoapServer');
    const served = { gateway: server.asyncUrl, client: receiver.url };
    for (const side of ['gateway', 'client']) {
      for (const contract of contractsOf(side, shared)) {
        const options = { name: contract.name, emulator, folder };
        const php = await startSide(side, contract.of(served[side]), options);
        try {
          const cases = side === 'gateway' ? serverCases : receiverCases;
          await cases(report, { ...options, php });
        } finally {
          await php.close();
        }
      }
    }
  } finally {
    await receiver.close();
    await server.close();
    await emulator.close();
  }
}

/** PHP's SoapServer of one side, made from a WSDL. */
async function startSide(side, { wsdl, address }, { folder }) {
  const serial = `${side}-${address === '' ? 'ours' : 'real'}`;
  let path = wsdl;
  if (address === '') {
    path = join(folder, `${serial}.wsdl`);
    writeFileSync(path, await (await request(wsdl)).body.text());
  }
  const environment = {
    EGW_SIDE: side,
    EGW_WSDL: path,
    EGW_STATE: join(folder, `${serial}.json`),
    EGW_PASSWORD: password,
  };
  return startPhpServer(environment, 'async-server.php');
}

async function clientCases(report, { name, call, emulator }) {
  const { senderId, password: secret } = emulator.testSystem;
  const sender = { senderId, password: secret };
  await report.case(
    `${name}: sendMessage, getMessageStatus, getMessages, sendDeliveryNotification`,
    async () => {
      const { answer: accepted } = await call('sendMessage', messageOf(sender));
      const { messageId, correlationId } = accepted;
      await emulator.idle();
      const status = await call('getMessageStatus', { messageId, requestDate: now(), sender });
      equal(status.answer.messageState, 'DELIVERED');
      const { answer: page } = await call('getMessages', { correlationId, serviceId: echo.id, sender });
      const [{ messageInfo, messageData }] = page.messages;
      equal(`${messageInfo.messageType} ${messageData.data.text}`, `RESPONSE ${text}`);
      const { answer: confirmed } = await call('sendDeliveryNotification', {
        notification: {
          messageId: messageInfo.messageId,
          serviceId: echo.id,
          notificationDate: now(),
          deliveryStatus: {
            receiveStatus: 'MESSAGE_ACCEPTED',
            statusDate: now(),
            resendMessage: 'NOT_RESEND',
          },
        },
        requestDate: now(),
        sender,
      });
      notEqual(confirmed.notificationId, '');
      equal(emulator.chain(correlationId).messages[1].state, 'DELIVERED');
    },
  );
  await report.case(`${name}, of a message that is not there: the fault of getMessageStatus`, async () => {
    const { fault } = await call('getMessageStatus', { messageId: 'none', requestDate: now(), sender });
    equal(fault.element, 'getMessageStatusFault1_getMessageStatusFault');
    equal(fault.info.errorCode, 'EMU-UNKNOWN-MESSAGE');
  });
}

async function pushCases(report, { name, call, journal }) {
  const ids = { messageId: `php ${name}`, correlationId: `php chain ${name}` };
  await report.case(`${name}: sendMessage is stored, and answered with the ids it came with`, async () => {
    const push = messageOf({ senderId: 'php' }, { ...ids, messageType: 'RESPONSE' });
    const { answer } = await call('sendMessage', push);
    deepEqual({ messageId: answer.messageId, correlationId: answer.correlationId }, ids);
    const { messages } = await journal.find({ correlationId: ids.correlationId, direction: 'in' });
    equal(messages.length, 1);
  });
  await report.case(`${name}: changeMassageStatusNotification`, async () => {
    const { answer } = await call('changeMassageStatusNotification', {
      notification: {
        notificationId: `php note ${name}`,
        messageId: 'unknown',
        notificationDate: now(),
        messageState: 'DELIVERED',
        status: { statusCode: 'PHP', statusMessage: 'of PHP', statusDate: now() },
      },
      requestDate: now(),
    });
    match(answer.sessionId, /^\{[0-9a-f-]{36}\}$/i);
  });
  await report.case(`${name}, a push without ids: the fault of sendMessage`, async () => {
    const { fault } = await call('sendMessage', messageOf({ senderId: 'php' }));
    equal(`${fault.element} ${fault.info.errorCode}`, 'sendMessageFault1_sendMessageFault SCE001');
  });
}

const signings = {
  unsigned: () => ({ signing: 'off' }),
  'signed, with wsse:Security mustUnderstand': ({ testSystem: { signingKey } }) => ({ key: signingKey }),
};

async function serverCases(report, { name, emulator, php }) {
  const transport = createTransport({ allowInsecureHttp: true });
  const options = {
    endpoint: php.url,
    allowInsecureHttp: true,
    transport,
    sender: { id: 'example-system', password },
    verification: 'off',
  };
  try {
    for (const [signing, of] of Object.entries(signings)) {
      await report.case(`${name}, ${signing}: a chain by PULL, from outbox to handler`, () =>
        wholeChain({ ...options, ...of(emulator) }),
      );
    }
    const signer = createEnvelopeSigner({ key: emulator.testSystem.signingKey });
    const client = new AsyncClient({ ...options, signer, acceptUnverified });
    await report.case(`${name}: all four operations of our client`, () => allOperations(client));
    const stranger = new AsyncClient({
      ...options,
      signer,
      acceptUnverified,
      sender: { id: 'example-system', password: 'wrong' },
    });
    const confirmation = { messageId: '1', serviceId: echo.id };
    for (const [operation, attempt] of Object.entries({
      sendMessage: () => stranger.send(echo, { text }),
      getMessageStatus: () => stranger.status('1'),
      getMessages: () => stranger.poll(echo.id),
      sendDeliveryNotification: () => stranger.confirm(confirmation),
    })) {
      await report.case(`${name}: our client understands the fault of ${operation}`, async () => {
        const outcome = await attempt().catch((error) => error);
        equal(`${outcome.code} ${outcome.faultCode}`, 'ERR_FAULT_GATEWAY PHP001');
      });
    }
  } finally {
    await transport.close();
  }
}

async function wholeChain(options) {
  const journal = createMemoryJournal();
  const poll = { minIntervalMs: 10, maxIntervalMs: 50 };
  const gateway = createAsyncGateway({ ...options, journal, poll });
  try {
    const handled = [];
    gateway.on(echo, ({ type, data }) => handled.push(`${type} ${data.text}`));
    gateway.start();
    const { key } = await gateway.send(echo, { text });
    const limits = { timeoutMs: 10_000 };
    const { correlationId } = await gateway.wait(key, { ...limits, states: ['answered'] });
    const [{ localKey }] = (await journal.find({ correlationId, direction: 'in' })).messages;
    await gateway.wait(localKey, { ...limits, states: ['handled'] });
    deepEqual(handled, [`RESPONSE ${text}`]);
    // Waits for what is under way: the confirmation is.
    await gateway.stop();
    const { events } = await journal.message(localKey);
    equal(events.filter(({ kind }) => kind === 'confirmed').length, 1);
  } finally {
    await gateway.close();
  }
}

async function allOperations(client) {
  const { messageId, correlationId, verified } = await client.send(echo, { text });
  equal(verified, false);
  equal((await client.status(messageId)).messageState, 'DELIVERED');
  const { messages } = await client.poll(echo.id);
  const pulled = messages.find(({ info }) => info.correlationId === correlationId);
  equal(echo.response.read(pulled.data).text, text);
  const again = { receiveStatus: 'notAccepted', resend: true };
  await client.confirm({ messageId: pulled.info.messageId, serviceId: echo.id }, again);
  equal((await client.poll(echo.id)).messages.length, messages.length);
  await client.confirm({ messageId: pulled.info.messageId, serviceId: echo.id });
  equal((await client.poll(echo.id)).messages.length, messages.length - 1);
  await client.send(echo, { text }, { type: 'UPDATE', correlationId });
}

async function receiverCases(report, { name, emulator, php }) {
  const { senderId } = emulator.testSystem;
  const transport = emulator.transport();
  const { sender, endpoint, key } = emulator.connection({ channel: 'async' });
  const client = new AsyncClient({
    endpoint,
    sender,
    transport,
    signer: createEnvelopeSigner({ key }),
    verification: 'off',
    acceptUnverified,
  });
  emulator.pushTo(senderId, php.url);
  try {
    await report.case(`${name}: our emulator pushes the answer and the change of the status`, async () => {
      const { correlationId } = await client.send(echo, { text });
      await emulator.idle();
      const states = emulator.chain(correlationId).messages.map(({ state }) => state);
      deepEqual(states, ['DELIVERED', 'DELIVERED']);
      deepEqual(emulator.asyncErrors, []);
    });
    await report.case(`${name}: our emulator understands that a push is refused`, async () => {
      const refused = { ...echo, id: 'EXAMPLE_REFUSED' };
      emulator.asyncService(refused, (received) => received);
      const { correlationId } = await client.send(refused, { text });
      await emulator.idle();
      const { state, code } = emulator.chain(correlationId).messages[1];
      equal(`${state} ${code}`, 'NOT_DELIVERED PHP003');
    });
  } finally {
    emulator.pushTo(senderId, undefined);
  }
}
