import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

import { codeOf, failureOf, fixture, fixtureText, serveHttp, serveHttps } from '@egov-gateway/testing';
import { describe, expect, test, vi } from 'vitest';

import { post } from '../../test/plain-http.ts';
import { createTransport } from './transport.ts';

const ca = fixtureText('keys/ca.crt');
const serverTls = { cert: fixtureText('keys/tls-server.crt'), key: fixtureText('keys/tls-server.key') };
const clientCertificate = {
  certificate: fixtureText('keys/tls-client.crt'),
  privateKey: fixtureText('keys/tls-client.key'),
};
describe('TLS', () => {
  test('a server below the given CA', async () => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end('x'));
    await using transport = createTransport({ ca });
    expect((await post(transport, server.url)).status).toBe(200);
  });

  test('several CAs, as bytes', async () => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end('x'));
    const others = [fixtureText('keys/attacker-ca.crt'), Buffer.from(ca)];
    await using transport = createTransport({ ca: others });
    expect((await post(transport, server.url)).status).toBe(200);
  });

  test.each([
    ['DER', new X509Certificate(ca).raw],
    ['a bundle with remarks', `# ours\n${fixtureText('keys/attacker-ca.crt')}\n# theirs\r\n${ca}`],
  ])('a CA as %s', async (_name, trusted) => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end('x'));
    await using transport = createTransport({ ca: trusted });
    expect((await post(transport, server.url)).status).toBe(200);
  });

  test.each([
    ['unknown to Node', undefined],
    ['of another CA of the same name', fixtureText('keys/attacker-ca.crt')],
  ])('a server certificate %s is refused: not-sent', async (_name, trusted) => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end());
    await using transport = createTransport(trusted === undefined ? {} : { ca: trusted });
    expect(await failureOf(post(transport, server.url))).toEqual({
      code: 'ERR_SEND_TLS',
      delivery: 'not-sent',
    });
  });

  test('a certificate for another name is refused, unless serverName says so', async () => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end());
    await using strict = createTransport({ ca, serverName: 'gateway.example' });
    expect(await failureOf(post(strict, server.url))).toEqual({ code: 'ERR_SEND_TLS', delivery: 'not-sent' });
    await using byName = createTransport({ ca, serverName: 'localhost' });
    expect((await post(byName, `https://127.0.0.1:${server.port}/`)).status).toBe(200);
  });

  test('a plain http server behind https is refused: not-sent', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using transport = createTransport({ ca });
    expect(await failureOf(post(transport, `https://localhost:${server.port}/`))).toEqual({
      code: 'ERR_SEND_TLS',
      delivery: 'not-sent',
    });
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED does not switch the check off', async () => {
    await using server = await serveHttps(serverTls, (_request, response) => response.end());
    await using transport = createTransport();
    // Node warns about the variable, once.
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      expect(await codeOf(() => post(transport, server.url))).toBe('ERR_SEND_TLS');
    } finally {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    }
  });

  test.each([
    ['ca is not PEM', { ca: 'garbage' }, 'ERR_KEY_CERTIFICATE'],
    ['ca is empty', { ca: '' }, 'ERR_KEY_CERTIFICATE'],
    ['ca is an empty list', { ca: [] }, 'ERR_KEY_CERTIFICATE'],
    ['one of the CAs is not PEM', { ca: [ca, 'garbage'] }, 'ERR_KEY_CERTIFICATE'],
    [
      'the second certificate of a bundle is damaged',
      { ca: `${ca}\n${ca.replace('MII', 'AAA')}` },
      'ERR_KEY_CERTIFICATE',
    ],
    [
      'the second certificate of a bundle is cut',
      { ca: `${ca}\n${ca.slice(0, 200)}` },
      'ERR_KEY_CERTIFICATE',
    ],
    ['a bundle begins within a certificate', { ca: `${ca.slice(200)}\n${ca}` }, 'ERR_KEY_CERTIFICATE'],
    ['ca holds a private key too', { ca: ca + serverTls.key }, 'ERR_KEY_CERTIFICATE'],
    [
      'ca is DER with something behind it',
      { ca: Buffer.concat([new X509Certificate(ca).raw, Buffer.from('x')]) },
      'ERR_KEY_CERTIFICATE',
    ],
    [
      'the private key belongs to another certificate',
      { clientCertificate: { ...clientCertificate, privateKey: serverTls.key } },
      'ERR_KEY_MISMATCH',
    ],
    [
      'the certificate is not PEM',
      { clientCertificate: { ...clientCertificate, certificate: 'x' } },
      'ERR_KEY_FORMAT',
    ],
    [
      'the key is not PEM',
      { clientCertificate: { ...clientCertificate, privateKey: 'x' } },
      'ERR_KEY_FORMAT',
    ],
    ['the container is garbage', { clientCertificate: { pfx: new Uint8Array(9) } }, 'ERR_KEY_FORMAT'],
  ])('%s: refused at once', async (_name, options, code) => {
    expect(await codeOf(() => createTransport(options))).toBe(code);
  });
});

describe('mutual TLS', () => {
  const mutual = { ...serverTls, ca, requestCert: true, rejectUnauthorized: true };
  const pfx = fixture('keys/tls-client.p12');

  test.each([
    ['PEM', clientCertificate],
    ['an encrypted PKCS#12 container', { pfx, passphrase: 'test-only' }],
  ])('shows the client certificate from %s', async (_name, identity) => {
    await using server = await serveHttps(mutual, (request, response) => {
      response.end((request.socket as TLSSocket).getPeerX509Certificate()?.subject);
    });
    await using transport = createTransport({ ca, clientCertificate: identity });
    const answer = await post(transport, server.url);
    expect(Buffer.from(answer.body).toString()).toMatch(/CN=/);
  });

  test('without a certificate the server refuses, after the handshake: unknown', async () => {
    await using server = await serveHttps(mutual, (_request, response) => response.end());
    await using transport = createTransport({ ca });
    const failure = await failureOf(post(transport, server.url));
    // Whether the alert or the reset arrives first is a matter of luck.
    expect(['ERR_SEND_TLS', 'ERR_SEND_NETWORK']).toContain(failure.code);
    expect(failure.delivery).toBe('unknown');
  });

  test('up to TLS 1.2 the refusal is part of the handshake: not-sent', async () => {
    const old = { ...mutual, maxVersion: 'TLSv1.2' as const };
    await using server = await serveHttps(old, (_request, response) => response.end());
    await using transport = createTransport({ ca });
    expect((await failureOf(post(transport, server.url))).delivery).toBe('not-sent');
  });

  test.each([
    ['wrong', { pfx, passphrase: 'wrong' }],
    ['missing', { pfx }],
    [
      'wrong for the PEM key',
      {
        certificate: fixtureText('keys/organisation.crt'),
        privateKey: fixtureText('keys/organisation-encrypted.key'),
        passphrase: 'wrong',
      },
    ],
  ])('a passphrase that is %s is refused at once', async (_name, identity) => {
    expect(await codeOf(() => createTransport({ clientCertificate: identity }))).toBe('ERR_KEY_PASSWORD');
  });

  test('a container with RC2-40 is refused at once', async () => {
    const legacy = { pfx: fixture('keys/organisation-legacy.p12'), passphrase: 'test-only' };
    expect(await codeOf(() => createTransport({ clientCertificate: legacy }))).toBe('ERR_KEY_UNSUPPORTED');
  });
});
