import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

import type { TransportResponse } from '@egov-gateway/core';
import { failureOf, fixtureText, serveHttp, serveHttps } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createTransport, type HttpTransport, type TransportOptions } from './transport.ts';

const ca = fixtureText('keys/ca.crt');
const serverTls = { cert: fixtureText('keys/tls-server.crt'), key: fixtureText('keys/tls-server.key') };

function post(transport: HttpTransport, url: URL | string): Promise<TransportResponse> {
  return transport.exchange({
    url: new URL(url),
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: new TextEncoder().encode('<a/>'),
    signal: new AbortController().signal,
  });
}

interface ProxyLog extends AsyncDisposable {
  readonly url: URL;
  /** `METHOD target authorization`, one for each request that the proxy got. */
  readonly seen: string[];
}

/** A small HTTP proxy: tunnels and forwards, after asking for credentials when it has any. */
async function startProxy(credentials?: string): Promise<ProxyLog> {
  const seen: string[] = [];
  const tunnels = new Set<Socket>();
  const admit = ({ method, url, headers }: IncomingMessage): boolean => {
    const authorization = headers['proxy-authorization'];
    seen.push(`${method} ${url} ${authorization ?? '-'}`);
    return credentials === undefined || authorization === `Basic ${btoa(credentials)}`;
  };
  const server = createServer((request, response) => {
    if (!admit(request)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('log in');
      return;
    }
    const { 'proxy-authorization': _credentials, ...headers } = request.headers;
    const onward = httpRequest(request.url ?? '', { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket) => {
    tunnels.add(socket);
    socket.on('error', () => {});
    if (!admit(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const onward = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of tunnels) socket.destroy();
      }),
  };
}

describe('proxy', () => {
  test('an https endpoint is reached through a tunnel, and its certificate is checked', async () => {
    await using proxy = await startProxy();
    await using server = await serveHttps(serverTls, (_request, response) => response.end('x'));
    await using trusting = createTransport({ ca, proxy: proxy.url });
    expect((await post(trusting, server.url)).status).toBe(200);
    expect(proxy.seen).toEqual([`CONNECT localhost:${server.port} -`]);

    await using strict = createTransport({ proxy: proxy.url });
    expect(await failureOf(post(strict, server.url))).toEqual({ code: 'ERR_SEND_TLS', delivery: 'not-sent' });
  });

  test('the tunnel is kept for the next exchange', async () => {
    await using proxy = await startProxy();
    await using server = await serveHttps(serverTls, (_request, response) => response.end('x'));
    await using transport = createTransport({ ca, proxy: proxy.url.href });
    await post(transport, server.url);
    await post(transport, server.url);
    expect(proxy.seen).toHaveLength(1);
  });

  test('the client certificate and serverName reach through the tunnel', async () => {
    await using proxy = await startProxy();
    const mutual = { ...serverTls, ca, requestCert: true, rejectUnauthorized: true };
    await using server = await serveHttps(mutual, (_request, response) => response.end('x'));
    await using transport = createTransport({
      ca,
      proxy: proxy.url,
      serverName: 'localhost',
      clientCertificate: {
        certificate: fixtureText('keys/tls-client.crt'),
        privateKey: fixtureText('keys/tls-client.key'),
      },
    });
    expect((await post(transport, `https://127.0.0.1:${server.port}/`)).status).toBe(200);
  });

  test('an http endpoint is asked of the proxy itself', async () => {
    await using proxy = await startProxy();
    await using server = await serveHttp((request, response) => response.end(request.url));
    await using transport = createTransport({ proxy: proxy.url, allowInsecureHttp: true });
    const answer = await post(transport, new URL('/a?b', server.url));
    expect(Buffer.from(answer.body).toString()).toBe('/a?b');
    expect(proxy.seen).toEqual([`POST ${server.url.href}a?b -`]);
  });

  test('with tunnelHttp an http endpoint gets a tunnel', async () => {
    await using proxy = await startProxy();
    await using server = await serveHttp((_request, response) => response.end());
    const options = { url: proxy.url, tunnelHttp: true };
    await using transport = createTransport({ proxy: options, allowInsecureHttp: true });
    expect((await post(transport, server.url)).status).toBe(200);
    expect(proxy.seen).toEqual([`CONNECT 127.0.0.1:${server.port} -`]);
  });

  test.each(['in the URL', 'as options'])('credentials %s are shown', async (how) => {
    await using proxy = await startProxy('user:p@ss');
    await using server = await serveHttps(serverTls, (_request, response) => response.end());
    const inUrl = new URL(proxy.url);
    inUrl.username = 'user';
    inUrl.password = 'p@ss';
    const asOptions = { url: proxy.url, username: 'user', password: 'p@ss' };
    await using transport = createTransport({ ca, proxy: how === 'in the URL' ? inUrl : asOptions });
    expect((await post(transport, server.url)).status).toBe(200);
  });

  test('a tunnel refused for want of credentials: not-sent', async () => {
    await using proxy = await startProxy('user:p@ss');
    await using transport = createTransport({ ca, proxy: proxy.url });
    expect(await failureOf(post(transport, 'https://localhost/'))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test('a forwarded request refused for want of credentials: unknown', async () => {
    await using proxy = await startProxy('user:p@ss');
    await using transport = createTransport({ proxy: proxy.url, allowInsecureHttp: true });
    expect(await failureOf(post(transport, 'http://localhost/'))).toEqual({
      code: 'ERR_SEND_HTTP_STATUS',
      delivery: 'unknown',
    });
  });

  test('a proxy that cannot reach the endpoint: not-sent', async () => {
    await using proxy = await startProxy();
    await using transport = createTransport({ ca, proxy: proxy.url });
    expect(await failureOf(post(transport, 'https://localhost:1/'))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test('a proxy that is not there: not-sent', async () => {
    const proxy = await startProxy();
    await proxy[Symbol.asyncDispose]();
    await using transport = createTransport({ proxy: proxy.url });
    expect(await failureOf(post(transport, 'https://localhost/'))).toEqual({
      code: 'ERR_SEND_CONNECT',
      delivery: 'not-sent',
    });
  });

  test.each([
    'socks5://proxy.invalid',
    'ftp://proxy.invalid',
    'proxy.invalid:3128',
    '',
    '//user:secret@proxy',
  ])('%j is not a proxy, and the message does not repeat it', (proxy) => {
    const options: TransportOptions = { proxy };
    expect(() => createTransport(options)).toThrow(
      /^the proxy (is not an absolute|must be an http: or https:) URL$/,
    );
  });
});
