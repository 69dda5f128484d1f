import { Agent } from 'node:http';

import { describe, expect, onTestFinished, test } from 'vitest';

import {
  faultCodeOf,
  httpTransport,
  post,
  readAnswer,
  requestEnvelope,
  soapHeaders,
} from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import { fetchRaw, talk } from '../../test/raw-http.ts';
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type EmulatorServer,
  type ListenOptions,
} from '../index.ts';

async function start(
  options: EmulatorOptions = {},
  where: ListenOptions = {},
): Promise<{ emulator: Emulator; server: EmulatorServer }> {
  const emulator = await createEmulator(options);
  onTestFinished(() => emulator.close());
  emulator.service(echo, (text) => text);
  return { emulator, server: await emulator.listen(where) };
}

/** A handler that waits until the test lets it go. */
function gate(): { opened: Promise<void>; open: () => void; entered: Promise<void>; enter: () => void } {
  let open: () => void = () => undefined;
  let enter: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  return { opened, open, entered, enter };
}

describe('listen', () => {
  test('serves on a free port of 127.0.0.1', async () => {
    const { emulator, server } = await start();
    expect(server.port).toBeGreaterThan(0);
    expect(server.url.href).toBe(`http://127.0.0.1:${server.port}/bip-sync-wss-gost/`);
    const answer = await post(httpTransport(), server.url, await requestEnvelope(emulator));
    expect((await readAnswer(emulator, answer)).data?.first?.text()).toBe('сәлем');
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
  });

  test('serves both endpoints', async () => {
    const { emulator, server } = await start();
    expect(server.urlOf('/bip-sync').pathname).toBe('/bip-sync/');
    const envelope = await requestEnvelope(emulator, { isSigned: false });
    const answer = await post(httpTransport(), server.urlOf('/bip-sync'), envelope);
    expect(answer.status).toBe(200);
    expect(() => server.urlOf('/nowhere')).toThrow(TypeError);
  });

  test('may be called more than once, beside the transport in memory', async () => {
    const { emulator, server } = await start();
    const other = await emulator.listen();
    expect(other.port).not.toBe(server.port);
    const envelope = await requestEnvelope(emulator);
    await post(httpTransport(), server.url, envelope);
    await post(httpTransport(), other.url, envelope);
    await post(emulator.transport(), emulator.url, envelope);
    expect(emulator.exchanges.map(({ number, result }) => [number, result])).toEqual([
      [1, 'answered'],
      [2, 'answered'],
      [3, 'answered'],
    ]);
  });

  test('rejects when the port is taken', async () => {
    const { emulator, server } = await start();
    await expect(emulator.listen({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('answers faults with HTTP 500', async () => {
    const { emulator, server } = await start();
    const answer = await post(
      httpTransport(),
      server.url,
      await requestEnvelope(emulator, { password: 'x' }),
    );
    expect(answer.status).toBe(500);
    expect(faultCodeOf(answer)).toBe('EMU-WRONG-PASSWORD');
  });
});

describe('HTTPS', () => {
  test('has a certificate for localhost built in', async () => {
    const { emulator, server } = await start({}, { tls: true });
    expect(server.url.protocol).toBe('https:');
    const url = new URL(server.url);
    url.hostname = 'localhost';
    for (const address of [server.url, url]) {
      const answer = await fetchRaw(address, {
        method: 'POST',
        headers: soapHeaders,
        body: await requestEnvelope(emulator),
        ca: emulator.tls.ca,
      });
      expect(answer.status).toBe(200);
    }
  });

  test('is refused by a client that does not know the certificate', async () => {
    const { server } = await start({}, { tls: true });
    await expect(fetchRaw(server.url)).rejects.toThrow(/certificate/);
  });

  test('with mTLS lets in only clients with a certificate', async () => {
    const { emulator } = await start();
    const { ca, clientCertificate } = emulator.tls;
    const { privateKey: key, certificate: cert } = clientCertificate;
    const server = await emulator.listen({ tls: { clientCa: ca } });
    expect((await fetchRaw(`${server.url}?wsdl`, { ca, key, cert })).status).toBe(200);
    await expect(fetchRaw(`${server.url}?wsdl`, { ca })).rejects.toThrow();
  });

  test('plays resets as well', async () => {
    const { emulator, server } = await start({}, { tls: true });
    emulator.misbehave('reset-mid-answer').misbehave('reset-before-reading');
    const options = { method: 'POST', headers: soapHeaders, ca: emulator.tls.ca };
    const body = await requestEnvelope(emulator);
    await expect(fetchRaw(server.url, { ...options, body })).rejects.toThrow();
    await expect(fetchRaw(server.url, { ...options, body })).rejects.toThrow();
  });

  test('needs key and certificate together', async () => {
    const emulator = await createEmulator();
    await expect(emulator.listen({ tls: { key: 'x' } })).rejects.toThrow(TypeError);
  });
});

describe('bad HTTP', () => {
  test.each([
    ['a path that is none of its own', 'POST', '/nowhere', 404, 'no endpoint here'],
    ['the root', 'GET', '/', 404, '/bip-sync/'],
    ['GET without ?wsdl', 'GET', '/bip-sync/', 405, '?wsdl'],
    ['DELETE', 'DELETE', '/bip-sync/', 405, 'POST a SOAP envelope'],
    ['PUT of ?wsdl', 'PUT', '/bip-sync/?wsdl', 405, 'POST a SOAP envelope'],
  ])('%s is answered in words', async (_case, method, path, status, words) => {
    const { emulator, server } = await start();
    const answer = await fetchRaw(new URL(path, server.url), { method });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(emulator.exchanges).toEqual([]);
  });

  test('says which methods are allowed', async () => {
    const { server } = await start();
    expect((await fetchRaw(server.url, { method: 'PATCH' })).headers['allow']).toBe('POST, GET');
  });

  test('a compressed request is not read', async () => {
    const { server } = await start();
    const headers = { ...soapHeaders, 'content-encoding': 'gzip' };
    expect((await fetchRaw(server.url, { method: 'POST', headers, body: 'x' })).status).toBe(415);
  });

  test('a form is refused by its content type', async () => {
    const { server } = await start();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetchRaw(server.url, { method: 'POST', headers, body: 'a=b' })).status).toBe(415);
  });

  test('a request declared larger than the limit is refused before it is read', async () => {
    const { emulator, server } = await start({ maxRequestBytes: 1000 });
    const answer = await fetchRaw(server.url, {
      method: 'POST',
      headers: soapHeaders,
      body: 'x'.repeat(1001),
    });
    expect(answer.status).toBe(413);
    expect(answer.headers['connection']).toBe('close');
    expect(emulator.exchanges).toMatchObject([{ result: 'failed', httpStatus: 413 }]);
  });

  test('a request that grows larger than the limit is cut off', async () => {
    const { server } = await start({ maxRequestBytes: 1000 });
    const { ended } = await talk(
      server.port,
      'POST /bip-sync/ HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n' +
        `7d0\r\n${'x'.repeat(2000)}\r\n`,
    );
    expect(await ended).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('a request that does not arrive in time is refused with a fault', async () => {
    const { emulator, server } = await start({ acceptWithinMs: 20 });
    const { ended } = await talk(
      server.port,
      'POST /bip-sync/ HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<slow',
    );
    const received = await ended;
    expect(received).toMatch(/^HTTP\/1\.1 500 /);
    expect(received).toContain('EMU-ACCEPT-TIMEOUT');
    expect(emulator.exchanges).toMatchObject([{ result: 'fault', code: 'EMU-ACCEPT-TIMEOUT' }]);
  });

  test('a request that is abandoned half-way is noted', async () => {
    const { emulator, server } = await start();
    const { socket } = await talk(
      server.port,
      'POST /bip-sync/ HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half',
    );
    socket.destroy();
    await expect.poll(() => emulator.exchanges).toMatchObject([{ result: 'failed', httpStatus: undefined }]);
  });

  test('what is no HTTP at all gets 400', async () => {
    const { server } = await start();
    const { ended } = await talk(server.port, 'HELLO\r\n\r\n');
    expect(await ended).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a target that is no path is not found', async () => {
    const { server } = await start();
    const { ended } = await talk(
      server.port,
      'GET http://x/bip-sync/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(await ended).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('?wsdl', () => {
  test.each(['?wsdl', '?WSDL', '?wsdl=1', '?singleWsdl&wsdl'])(
    '%s describes the endpoint it is asked at',
    async (query) => {
      const { server } = await start();
      const answer = await fetchRaw(new URL(`/bip-sync/${query}`, server.url));
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
      expect(answer.text).toContain(`<soap:address location="http://127.0.0.1:${server.port}/bip-sync/"/>`);
    },
  );

  test('has no body for HEAD', async () => {
    const { server } = await start();
    const answer = await fetchRaw(`${server.url}?wsdl`, { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});

describe('close', () => {
  test('lets an exchange finish and refuses new connections', async () => {
    const { emulator, server } = await start();
    const { opened, open, entered, enter } = gate();
    emulator.service(echo, async (text) => {
      enter();
      await opened;
      return text;
    });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const running = post(httpTransport({ agent }), server.url, await requestEnvelope(emulator));
    await entered;
    const closing = server.close();
    await expect(fetchRaw(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    open();
    const answer = await running;
    expect(answer.status).toBe(200);
    expect(answer.headers['connection']).toBe('close');
    await closing;
  });

  test('cuts what does not finish in time, and aborts its handler', async () => {
    const { emulator, server } = await start({}, { closeWithinMs: 20 });
    const { entered, enter } = gate();
    let reason: unknown;
    emulator.service(echo, (_text, { signal }) => {
      enter();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(signal.reason);
        });
      });
    });
    const running = post(httpTransport(), server.url, await requestEnvelope(emulator));
    const settled = expect(running).rejects.toMatchObject({ code: 'ECONNRESET' });
    await entered;
    await server.close();
    await settled;
    expect(reason).toBeInstanceOf(Error);
    await expect.poll(() => emulator.exchanges).toMatchObject([{ result: 'failed' }]);
  });

  test('does not wait for idle connections nor for answers that would never come', async () => {
    const { emulator, server } = await start({}, { closeWithinMs: 60_000 });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const envelope = await requestEnvelope(emulator);
    await post(httpTransport({ agent }), server.url, envelope);
    emulator.misbehave('never-answer');
    const hanging = expect(post(httpTransport(), server.url, envelope)).rejects.toThrow();
    await expect.poll(() => emulator.exchanges.length).toBe(2);
    await server.close();
    await hanging;
  });

  test('may be called twice, and by the emulator', async () => {
    const { emulator, server } = await start();
    await Promise.all([server.close(), server.close(), emulator.close(), emulator.close()]);
    await expect(emulator.listen()).rejects.toThrow(TypeError);
  });

  test('aborts a handler when its caller hangs up', async () => {
    const { emulator, server } = await start();
    const { entered, enter } = gate();
    emulator.service(echo, (_text, { signal }) => {
      enter();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const abort = new AbortController();
    const body = await requestEnvelope(emulator);
    const running = expect(
      post(httpTransport(), server.url, body, { signal: abort.signal }),
    ).rejects.toThrow();
    await entered;
    abort.abort();
    await running;
    await expect.poll(() => emulator.exchanges).toMatchObject([{ result: 'failed', serviceId: 'ECHO' }]);
  });
});
