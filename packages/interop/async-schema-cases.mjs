import { createAsyncGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { createMemoryJournal } from '@egov-gateway/journal';

import { asyncEnvelopes, beyondSchema } from './async-messages.mjs';
import { echo } from './async-parties.mjs';
import { contentOf } from './schema-validator.mjs';
import { text } from './text-data.mjs';

const seed = Number(process.env.EGW_SEED ?? 20_261_122);
const count = 100;

/** Every message of the asynchronous channel that is written here, on either side. */
export async function asyncSchemaCases(report, validate) {
  report.section(
    "asynchronous channel: our messages by the gateway's own schemas (xmllint)",
    `${count} generated of each kind, seed ${seed}; another one: EGW_SEED=N`,
  );
  for (const { name, envelopes } of asyncEnvelopes({ count, seed })) {
    await report.case(name, () => validate(envelopes.map(({ bytes }) => contentOf(bytes))));
  }
  for (const [name, { bytes }] of Object.entries(beyondSchema())) {
    await report.case(`xmllint has no such thing as ${name}`, () => refusedBy(validate, contentOf(bytes)));
  }
  await report.case('xmllint refuses a message without data', () => {
    const [{ envelopes }] = asyncEnvelopes({ count: 1, seed });
    refusedBy(validate, contentOf(envelopes[0].bytes).replace(/<data\b.*<\/data>/s, ''));
  });
  await exchangeCases(report, validate);
}

function refusedBy(validate, content) {
  try {
    validate([content]);
  } catch (error) {
    if (/validity error|No matching global declaration/.test(error.message)) return;
    throw error;
  }
  throw new Error('accepted');
}

/** What client, emulator and receiver really exchange: a chain by PULL and one by PUSH, and what is refused. */
async function exchangeCases(report, validate) {
  const emulator = await createEmulator({ async: { push: { retryDelaysMs: [1] } } });
  emulator.asyncService(echo, async (received, chain) => {
    await chain.notify({ text: 'taken up' });
    return received;
  });
  const exchanged = { client: [], gateway: [], 'pushing gateway': [], receiver: [] };
  const inner = emulator.transport();
  const transport = {
    exchange: async (request) => {
      const answer = await inner.exchange(request);
      exchanged.client.push(request.body);
      exchanged.gateway.push(answer.body);
      return answer;
    },
  };
  const connection = { ...emulator.connection({ channel: 'async' }), transport };
  const gateway = createAsyncGateway({ ...connection, journal: createMemoryJournal() });
  const push = async ({ url, headers, body, signal }) => {
    const answer = await gateway.receiver.handle({
      method: 'POST',
      target: url.pathname,
      headers,
      body,
      signal,
    });
    exchanged['pushing gateway'].push(body);
    exchanged.receiver.push(answer.body);
    return answer;
  };
  try {
    const pulled = await gateway.client.send(echo, { text });
    await emulator.idle();
    await gateway.client.status(pulled.messageId);
    const { messages } = await gateway.client.poll(echo.id, {
      correlationId: pulled.correlationId,
      amount: 5,
    });
    for (const { info } of messages) await gateway.client.confirm(info);
    const { messageId } = messages[0].info;
    await gateway.client.confirm(
      { messageId, serviceId: echo.id },
      { receiveStatus: 'notAccepted', resend: true },
    );
    await gateway.client.status('none').catch(() => {});

    emulator.pushTo(emulator.testSystem.senderId, push);
    emulator.misbehave('tampered-push').misbehave('unsigned-push');
    const { correlationId } = await gateway.client.send(echo, { text }, { routeId: 'R1' });
    await gateway.client.send(echo, { text }, { type: 'UPDATE', correlationId });
    await emulator.advance(60_000);
  } finally {
    await gateway.close();
    await emulator.close();
  }
  for (const [side, bodies] of Object.entries(exchanged)) {
    await report.case(`what the ${side} wrote in two chains: ${bodies.length} messages`, () => {
      if (bodies.length < 5) throw new Error(`only ${bodies.length} messages to look at`);
      validate(bodies.map(contentOf));
    });
  }
}
