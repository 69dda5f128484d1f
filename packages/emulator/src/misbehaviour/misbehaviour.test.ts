import { Agent } from 'node:http';

import {
  GatewayError,
  GatewayFault,
  SendError,
  type Transport,
  type TransportResponse,
} from '@egov-gateway/core';
import { describe, expect, onTestFinished, test } from 'vitest';

import { httpTransport, post, readAnswer, requestEnvelope } from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import {
  createEmulator,
  type Emulator,
  type MisbehaviourName,
  type MisbehaviourOptions,
  misbehaviours,
} from '../index.ts';

const MIB = 1024 * 1024;

/** What a careful client makes of one exchange, in a word. */
async function experience(emulator: Emulator, exchange: () => Promise<TransportResponse>): Promise<string> {
  let answer: TransportResponse;
  try {
    answer = await exchange();
  } catch (error) {
    if (error instanceof SendError) return error.code === 'ERR_SEND_NETWORK' ? 'broken' : error.code;
    if (error instanceof Error && error.name === 'AbortError') return 'aborted';
    return 'broken';
  }
  const contentType = answer.headers['content-type'] ?? 'nothing';
  if (!/^(text\/xml|application\/soap\+xml)/.test(contentType))
    return `${answer.status} ${contentType.split(';')[0]}`;
  if (answer.body.length > 8 * MIB) return 'ERR_SEND_RESPONSE_TOO_LARGE';
  try {
    const { info, data } = await readAnswer(emulator, answer);
    if (info.status.code !== 'SCSS001') return info.status.code;
    return data === undefined ? 'no data' : (data.first?.text() ?? 'empty data');
  } catch (error) {
    if (error instanceof GatewayFault) return `${error.faultCode} ${error.delivery}`;
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}

const options: Partial<Record<MisbehaviourName, object>> = {
  delay: { delayMs: 5 },
  'slow-drip': { chunkBytes: 1000, intervalMs: 1 },
  'oversized-answer': { answerBytes: 9 * MIB },
  'gzip-bomb': { answerBytes: 9 * MIB },
};

const expected: Record<MisbehaviourName, string> = {
  'reset-before-reading': 'broken',
  'business-error': 'SCSE001',
  'signed-fault': 'EMU-SCRIPTED answered',
  'unsigned-fault': 'EMU-SCRIPTED unknown',
  'bare-fault': 'EMU-SCRIPTED unknown',
  mojibake: 'Ñ\u0081Ó\u0099Ð»ÐµÐ¼',
  'mangled-data': 'сәлем',
  'empty-data': 'empty data',
  'nil-data': 'no data',
  'missing-data': 'no data',
  'missing-response-info': 'ERR_PARSE_MISSING_ELEMENT',
  'wrong-message-id': 'сәлем',
  'comment-in-text': 'ERR_XML_COMMENT',
  'processing-instruction': 'ERR_XML_PROCESSING_INSTRUCTION',
  'two-prefixes': 'сәлем',
  'soap-12': 'сәлем',
  unsigned: 'ERR_VERIFY_UNSIGNED',
  'wrong-key': 'ERR_VERIFY_SIGNER_UNTRUSTED',
  'wrong-certificate': 'ERR_VERIFY_SIGNATURE',
  'expired-certificate': 'ERR_VERIFY_CERTIFICATE_EXPIRED',
  'tampered-body': 'ERR_VERIFY_DIGEST',
  'duplicate-id': 'ERR_VERIFY_DUPLICATE_ID',
  'wrapped-body': 'ERR_VERIFY_REFERENCE_TARGET',
  'second-signature': 'ERR_VERIFY_SIGNATURE_COUNT',
  doctype: 'ERR_XML_DOCTYPE',
  'truncated-xml': 'ERR_XML_TRUNCATED',
  bom: 'сәлем',
  'http-500-empty': '500 nothing',
  'http-502-html': '502 text/html',
  'http-503-html': '503 text/html',
  'http-200-html': '200 text/html',
  redirect: '302 nothing',
  'wrong-content-type': '200 text/html',
  gzip: 'сәлем',
  'gzip-bomb': 'ERR_SEND_RESPONSE_TOO_LARGE',
  'oversized-answer': 'ERR_SEND_RESPONSE_TOO_LARGE',
  delay: 'сәлем',
  'never-answer': 'aborted',
  'slow-drip': 'сәлем',
  'reset-after-reading': 'broken',
  'close-without-answer': 'broken',
  'reset-mid-answer': 'broken',
  'close-idle-connection': 'сәлем',
};

const names = Object.keys(misbehaviours) as MisbehaviourName[];

/** An emulator with the two ways to it. */
async function start(): Promise<{
  emulator: Emulator;
  ways: Record<'in memory' | 'over HTTP', { transport: Transport; url: URL }>;
}> {
  const emulator = await createEmulator();
  onTestFinished(() => emulator.close());
  emulator.service(echo, (text) => text);
  const server = await emulator.listen();
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return {
    emulator,
    ways: {
      'in memory': { transport: emulator.transport({ maxResponseBytes: 8 * MIB }), url: emulator.url },
      'over HTTP': { transport: httpTransport({ agent }), url: server.url },
    },
  };
}

describe.each(['in memory', 'over HTTP'] as const)('%s', (way) => {
  test.each(names)('%s', async (name) => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    const envelope = await requestEnvelope(emulator);
    emulator.misbehave(name, (options[name] ?? {}) as MisbehaviourOptions<MisbehaviourName>);

    const abort = new AbortController();
    const exchange = () => post(transport, url, envelope, { signal: abort.signal });
    const running = experience(emulator, exchange);
    if (name === 'never-answer') {
      // The work is done and nothing comes back: only the caller can end this.
      await expect.poll(() => emulator.exchanges.length).toBe(1);
      abort.abort(new DOMException('enough', 'AbortError'));
    }

    expect(await running).toBe(expected[name]);
    expect(emulator.exchanges).toMatchObject([{ result: 'misbehaved', misbehaviour: name }]);
    expect(emulator.misbehavioursLeft).toBe(0);
  });

  test('behaves again once a scenario is played', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    const envelope = await requestEnvelope(emulator);
    emulator.misbehave('tampered-body', { times: 2 }).misbehave('unsigned');
    const seen: string[] = [];
    for (let count = 0; count < 4; count++) {
      seen.push(await experience(emulator, () => post(transport, url, envelope)));
    }
    expect(seen).toEqual(['ERR_VERIFY_DIGEST', 'ERR_VERIFY_DIGEST', 'ERR_VERIFY_UNSIGNED', 'сәлем']);
  });

  test('drops a kept-alive connection when the next request comes on it', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    const envelope = await requestEnvelope(emulator);
    emulator.misbehave('close-idle-connection');
    const seen: string[] = [];
    for (let count = 0; count < 3; count++) {
      seen.push(await experience(emulator, () => post(transport, url, envelope)));
    }
    expect(seen).toEqual(['сәлем', 'broken', 'сәлем']);
  });

  test('spoils the service it is meant for and no other', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    emulator.misbehave('unsigned', { serviceId: 'OTHER' });
    const envelope = await requestEnvelope(emulator);
    expect(await experience(emulator, () => post(transport, url, envelope))).toBe('сәлем');
    const other = await requestEnvelope(emulator, { serviceId: 'OTHER' });
    // A fault without signature is unverified, not refused.
    expect(await experience(emulator, () => post(transport, url, other))).toBe('SCE004 unknown');
  });

  test('applies to a refusal of the checks as well', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    emulator.misbehave('tampered-body');
    const envelope = await requestEnvelope(emulator, { password: 'wrong' });
    expect(await experience(emulator, () => post(transport, url, envelope))).toBe('ERR_VERIFY_DIGEST');
  });

  test('calls the handler unless the outcome itself is scripted', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways[way];
    let calls = 0;
    emulator.service(echo, (text) => {
      calls += 1;
      return text;
    });
    const envelope = await requestEnvelope(emulator);
    for (const name of ['reset-after-reading', 'unsigned', 'business-error', 'signed-fault'] as const) {
      emulator.misbehave(name);
      await experience(emulator, () => post(transport, url, envelope));
    }
    expect(calls).toBe(2);
  });
});

describe('the menu', () => {
  test('has an expectation here for every scenario, in step with its description', () => {
    const accepted = names.filter((name) => misbehaviours[name].client !== 'refuse');
    expect(accepted.filter((name) => expected[name] !== 'сәлем' && name !== 'mojibake')).toEqual([]);
    const refused = names.filter((name) => misbehaviours[name].client === 'refuse');
    expect(refused.filter((name) => expected[name] === 'сәлем')).toEqual([]);
  });

  test('is cleared by behave', async () => {
    const { emulator } = await start();
    emulator.misbehave('unsigned', { times: Number.POSITIVE_INFINITY }).behave();
    expect(emulator.misbehavioursLeft).toBe(0);
  });

  test('damages a fault as far as it has the part, and never fails itself', async () => {
    const { emulator, ways } = await start();
    const { transport, url } = ways['in memory'];
    const envelope = await requestEnvelope(emulator, { serviceId: 'OTHER' });
    const content = names.filter((name) => ['content', 'envelope'].includes(misbehaviours[name].stage));
    for (const name of content) {
      emulator.misbehave(name);
      expect(await experience(emulator, () => post(transport, url, envelope))).not.toBe(
        'EMU-HANDLER-ERROR answered',
      );
    }
    expect(content.length).toBeGreaterThan(10);
  });

  test('works on endpoints without signatures', async () => {
    const { emulator, ways } = await start();
    const url = new URL('/bip-sync/', emulator.url);
    const envelope = await requestEnvelope(emulator, { isSigned: false });
    for (const name of names.filter((one) =>
      ['content', 'signature', 'envelope'].includes(misbehaviours[one].stage),
    )) {
      emulator.misbehave(name);
      const answer = await post(ways['in memory'].transport, url, envelope);
      expect(answer.status).toBe(200);
    }
  });
});
