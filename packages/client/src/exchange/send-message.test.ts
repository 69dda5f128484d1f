import {
  GatewayError,
  SendError,
  type SendErrorCode,
  type TransportRequest,
  type TransportResponse,
  VerifyError,
} from '@egov-gateway/core';
import { deferred, failureOf, serveHttp, serveTcp, syncAnswer } from '@egov-gateway/testing';
import { describe, expect, test, vi } from 'vitest';

import { ping, verifier } from '../../test/ping-service.ts';
import { createTransport } from '../http/transport.ts';
import { SyncClient } from '../sync/sync-client.ts';
import type { SyncClientOptions } from '../sync/sync-client-options.ts';

const pong: TransportResponse = { status: 200, headers: { 'content-type': 'text/xml' }, body: syncAnswer() };

function failure(code: SendErrorCode, delivery: 'not-sent' | 'unknown', httpStatus?: number): SendError {
  return new SendError('mock', { code, delivery, httpStatus });
}

type Turn = TransportResponse | Error | ((request: TransportRequest) => Promise<TransportResponse>);

/** A client whose transport does these things one after another, the last one again and again. */
function scripted(turns: readonly Turn[], options: Partial<SyncClientOptions> = {}) {
  const requests: TransportRequest[] = [];
  const client = new SyncClient({
    endpoint: 'https://gateway.invalid/',
    allowInsecureHttp: true,
    sender: { id: 'system', password: 'p' },
    signer: { sign: async (envelope) => envelope },
    verifier,
    transport: {
      exchange: async (request) => {
        requests.push(request);
        const turn = turns[Math.min(requests.length, turns.length) - 1];
        if (typeof turn === 'function') return turn(request);
        if (turn instanceof Error) throw turn;
        return turn ?? pong;
      },
    },
    retryDelayMs: 0,
    ...options,
  });
  return { client, requests };
}

/** A transport that ends only by the signal. */
function never({ signal }: TransportRequest): Promise<TransportResponse> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

describe('retry of what was not sent', () => {
  test.each<SendErrorCode>(['ERR_SEND_CONNECT', 'ERR_SEND_CONNECT_TIMEOUT', 'ERR_SEND_NETWORK'])(
    'tries once more after %s, with the same bytes',
    async (code) => {
      const { client, requests } = scripted([failure(code, 'not-sent'), pong]);
      expect(await client.call(ping, 'x')).toBe('pong');
      expect(requests).toHaveLength(2);
      expect(requests[1]?.body).toBe(requests[0]?.body);
    },
  );

  test('ends after maxAttempts', async () => {
    const { client, requests } = scripted([failure('ERR_SEND_CONNECT', 'not-sent')], { maxAttempts: 4 });
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
    expect(requests).toHaveLength(4);
  });

  test('does not happen with one attempt', async () => {
    const { client, requests } = scripted([failure('ERR_SEND_CONNECT', 'not-sent'), pong], {
      maxAttempts: 1,
    });
    expect(await failureOf(client.call(ping, 'x'))).toMatchObject({ code: 'ERR_SEND_CONNECT' });
    expect(requests).toHaveLength(1);
  });

  test.each<SendErrorCode>(['ERR_SEND_TLS', 'ERR_SEND_INSECURE_URL', 'ERR_SEND_CLOSED', 'ERR_SEND_TIMEOUT'])(
    'does not happen after %s, which would come again',
    async (code) => {
      const { client, requests } = scripted([failure(code, 'not-sent'), pong], { maxAttempts: 5 });
      expect(await failureOf(client.call(ping, 'x'))).toEqual({ code, delivery: 'not-sent' });
      expect(requests).toHaveLength(1);
    },
  );

  test('does not wait longer than the call has time', async () => {
    const options = { retryDelayMs: 60_000, totalTimeoutMs: 5_000 };
    const { client, requests } = scripted([failure('ERR_SEND_CONNECT', 'not-sent')], options);
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
    expect(requests).toHaveLength(1);
  });
});

describe('retry of what may have arrived', () => {
  const transient: [SendErrorCode, number?][] = [
    ['ERR_SEND_NETWORK'],
    ['ERR_SEND_HEADERS_TIMEOUT'],
    ['ERR_SEND_BODY_TIMEOUT'],
    ['ERR_SEND_HTTP_STATUS', 502],
    ['ERR_SEND_HTTP_STATUS', 503],
    ['ERR_SEND_HTTP_STATUS', 504],
  ];

  test.each(transient)('%s %s: never by default', async (code, httpStatus) => {
    const { client, requests } = scripted([failure(code, 'unknown', httpStatus), pong], { maxAttempts: 5 });
    expect(await failureOf(client.call(ping, 'x'))).toEqual({ code, delivery: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  test.each(transient)('%s %s: the same message when the client allows it', async (code, httpStatus) => {
    const turns = [failure(code, 'unknown', httpStatus), pong];
    const { client, requests } = scripted(turns, { retryUnknown: 'same-message' });
    expect(await client.call(ping, 'x')).toBe('pong');
    expect(requests[1]?.body).toBe(requests[0]?.body);
  });

  test('a page of a proxy counts as it would from the transport', async () => {
    const gone: TransportResponse = {
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: syncAnswer(),
    };
    const { client } = scripted([gone, pong]);
    expect(await client.call(ping, 'x', { retryUnknown: 'same-message' })).toBe('pong');
  });

  test('the call beats the client', async () => {
    const { client, requests } = scripted([failure('ERR_SEND_NETWORK', 'unknown'), pong], {
      retryUnknown: 'same-message',
    });
    expect(await failureOf(client.call(ping, 'x', { retryUnknown: 'never' }))).toMatchObject({
      delivery: 'unknown',
    });
    expect(requests).toHaveLength(1);
  });

  test.each<[SendErrorCode, number?]>([
    ['ERR_SEND_HTTP_STATUS', 400],
    ['ERR_SEND_HTTP_STATUS', 401],
    ['ERR_SEND_HTTP_STATUS', 500],
    ['ERR_SEND_CONTENT_TYPE', 200],
    ['ERR_SEND_RESPONSE_TOO_LARGE'],
    ['ERR_SEND_RESPONSE_ENCODING'],
    ['ERR_SEND_CLOSED'],
    ['ERR_SEND_TIMEOUT'],
    ['ERR_SEND_TLS'],
  ])('%s %s would come again: not even when allowed', async (code, httpStatus) => {
    const options = { retryUnknown: 'same-message', maxAttempts: 5 } as const;
    const { client, requests } = scripted([failure(code, 'unknown', httpStatus), pong], options);
    expect(await failureOf(client.call(ping, 'x'))).toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  test('an answer that cannot be trusted is never asked for again', async () => {
    const refusing = {
      verify: () => Promise.reject(new VerifyError('altered', { code: 'ERR_VERIFY_DIGEST' })),
    };
    const options = { verifier: refusing, retryUnknown: 'same-message', maxAttempts: 5 } as const;
    const { client, requests } = scripted([pong], options);
    expect(await failureOf(client.call(ping, 'x'))).toMatchObject({ code: 'ERR_VERIFY_DIGEST' });
    expect(requests).toHaveLength(1);
  });

  test('stays unknown when a later attempt is not even sent', async () => {
    const last = failure('ERR_SEND_CONNECT', 'not-sent');
    const turns = [failure('ERR_SEND_NETWORK', 'unknown'), last];
    const { client } = scripted(turns, { retryUnknown: 'same-message' });
    const error = await client.call(ping, 'x', { messageId: 'm-1' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_SEND_CONNECT', delivery: 'unknown', messageId: 'm-1' });
    expect((error as Error).cause).toBe(last);
    expect(last.delivery).toBe('not-sent');
  });
});

describe('a transport of another maker', () => {
  test('that fails with an error of its own: unknown', async () => {
    const { client } = scripted([new Error('ECONNREFUSED')]);
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_NETWORK',
      delivery: 'unknown',
    });
  });

  test('that is misused says so itself', async () => {
    const misuse = new TypeError('bad header');
    await expect(scripted([misuse]).client.call(ping, 'x')).rejects.toBe(misuse);
  });

  test('that ignores the signal does not hold up the call', async () => {
    const { client } = scripted([() => new Promise(() => {})]);
    const controller = new AbortController();
    const call = client.call(ping, 'x', { signal: controller.signal });
    controller.abort('enough');
    await expect(call).rejects.toBe('enough');
    expect(await failureOf(client.call(ping, 'x', { totalTimeoutMs: 10 }))).toMatchObject({
      code: 'ERR_SEND_TIMEOUT',
    });
  });
});

describe('signal', () => {
  const reason = new SendError('of the caller', { code: 'ERR_SEND_CLOSED', delivery: 'answered' });

  test('aborted before: rejects with its reason, untouched, and nothing is sent', async () => {
    const { client, requests } = scripted([pong]);
    await expect(client.call(ping, 'x', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(reason).toMatchObject({ delivery: 'answered', messageId: undefined });
    expect(requests).toEqual([]);
  });

  test.each(['signing', 'sending', 'verifying'])(
    'aborted while %s: rejects with its reason',
    async (stage) => {
      const controller = new AbortController();
      const { promise: reached, resolve: reach } = deferred();
      const hang = <T>(): Promise<T> => {
        reach();
        return new Promise(() => {});
      };
      const { client } = scripted([stage === 'sending' ? hang : pong], {
        ...(stage === 'signing' && { signer: { sign: hang<Uint8Array> } }),
        ...(stage === 'verifying' && { verifier: { verify: hang<never> } }),
      });
      const call = client.call(ping, 'x', { signal: controller.signal });
      await reached;
      controller.abort(reason);
      await expect(call).rejects.toBe(reason);
    },
  );

  test('aborted between two steps: the next one does not wait', async () => {
    const controller = new AbortController();
    const sign = async (envelope: Uint8Array) => {
      controller.abort(reason);
      return envelope;
    };
    const { client } = scripted([pong], {
      signer: { sign },
      journal: {
        append: async () => {
          await new Promise(setImmediate);
          await new Promise(() => {});
        },
      },
    });
    await expect(client.call(ping, 'x', { signal: controller.signal })).rejects.toBe(reason);
  });

  test('aborted while it waits to try again: rejects at once', async () => {
    const controller = new AbortController();
    const { client, requests } = scripted(
      [
        async () => {
          setImmediate(() => controller.abort(reason));
          throw failure('ERR_SEND_CONNECT', 'not-sent');
        },
      ],
      { retryDelayMs: 30_000, totalTimeoutMs: 60_000 },
    );
    await expect(client.call(ping, 'x', { signal: controller.signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
  });

  test('keeps no listener after the call', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await scripted([pong]).client.call(ping, 'x', { signal });
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove.mock.calls[0]?.[1]).toBe(add.mock.calls[0]?.[1]);
  });
});

describe('one signal for many calls', () => {
  test('makes Node warn of no leak', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await using server = await serveHttp((_request, response) => {
      response.setHeader('content-type', 'text/xml').end(syncAnswer());
    });
    await using transport = createTransport({ allowInsecureHttp: true });
    const { client } = scripted([], { transport, endpoint: server.url });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => client.call(ping, 'x', { signal })));
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('totalTimeoutMs', () => {
  test.each([
    ['while signing', { signer: { sign: () => new Promise<never>(() => {}) } }, 'not-sent'],
    ['while sending', {}, 'unknown'],
    ['while verifying', { verifier: { verify: () => new Promise<never>(() => {}) } }, 'unknown'],
  ])('ends the call %s', async (when, options, delivery) => {
    const { client } = scripted([when === 'while sending' ? never : pong], {
      ...options,
      totalTimeoutMs: 10,
    });
    const error = await client.call(ping, 'x', { messageId: 'm-1' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ code: 'ERR_SEND_TIMEOUT', delivery, messageId: 'm-1' });
  });

  test('over HTTP, while no connection can be made: not-sent', async () => {
    await using server = await serveTcp(() => {});
    await using transport = createTransport();
    const endpoint = `https://127.0.0.1:${server.port}/`;
    const { client } = scripted([], { transport, endpoint, totalTimeoutMs: 20 });
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_TIMEOUT',
      delivery: 'not-sent',
    });
    await server.close();
  });

  test('over HTTP, while the answer is awaited: unknown, and the connection is broken', async () => {
    const { promise: broken, resolve: onBreak } = deferred();
    await using server = await serveHttp((_request, response) => {
      response.on('close', onBreak);
    });
    await using transport = createTransport({ allowInsecureHttp: true });
    const { client } = scripted([], { transport, endpoint: server.url, totalTimeoutMs: 100 });
    expect(await failureOf(client.call(ping, 'x'))).toEqual({
      code: 'ERR_SEND_TIMEOUT',
      delivery: 'unknown',
    });
    await broken;
  });
});
