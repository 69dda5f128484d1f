import { loadPem, loadPkcs12, rsaSuite } from '@egov-gateway/keys';
import { codeOf, fixtureText } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { faultCodeOf, post, readAnswer, requestEnvelope } from '../test/caller.ts';
import { echo } from '../test/echo-service.ts';
import { createEmulator, type EmulatorOptions } from './index.ts';

async function exchange(options: EmulatorOptions, key: 'own' | 'gost', misbehaviour?: 'tampered-body') {
  const emulator = await createEmulator(options);
  emulator.service(echo, (text) => text.toUpperCase());
  if (misbehaviour !== undefined) emulator.misbehave(misbehaviour);
  const { testSystem } = emulator;
  const signingKey = key === 'gost' ? testSystem.gost.signingKey : testSystem.signingKey;
  const answer = await post(
    emulator.transport(),
    emulator.url,
    await requestEnvelope(emulator, { key: signingKey }),
  );
  return { emulator, answer, signedWith: new TextDecoder().decode(answer.body) };
}

const gostUri = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512';
const rsaUri = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

describe('GOST in the emulator', () => {
  test.each([
    ['own', undefined, rsaUri],
    ['own', 'gost2015-512', gostUri],
    ['gost', 'rsa', rsaUri],
    ['gost', { algorithm: 'gost2015-512', keyInfo: 'key-identifier' }, gostUri],
  ] as const)('the %s key of the system, answers signed with %j', async (key, responseSigning, uri) => {
    const { emulator, answer, signedWith } = await exchange({ responseSigning }, key);
    await using _ = emulator;
    const { data, verified } = await readAnswer(emulator, answer);
    expect(data?.first?.text()).toBe('СӘЛЕМ');
    expect(verified).toBe(true);
    expect(signedWith).toContain(uri);
    expect(emulator.gatewayCertificate.publicKey.algorithm).toBe(uri === rsaUri ? 'rsa' : 'gost2015-512');
  });

  test.each(['gost2004', 'gost2015-512'] as const)(
    'a sender with a registered %s certificate is known',
    async (algorithm) => {
      const folder = `keys/${algorithm}`;
      const key = await loadPem({
        privateKey: fixtureText(`${folder}/organisation.key`),
        certificate: fixtureText(`${folder}/organisation.crt`),
      });
      await using emulator = await createEmulator({
        systems: [{ senderId: 'test-system', password: 'test-only', certificates: [key.certificate] }],
      });
      emulator.service(echo, (text) => text);
      const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator, { key }));
      expect(answer.status).toBe(200);
    },
  );

  test('another BIN below the GOST authority is refused', async () => {
    const key = await loadPem({
      privateKey: fixtureText('keys/gost2015-512/other-bin.key'),
      certificate: fixtureText('keys/gost2015-512/other-bin.crt'),
    });
    await using emulator = await createEmulator();
    emulator.service(echo, (text) => text);
    const answer = await post(emulator.transport(), emulator.url, await requestEnvelope(emulator, { key }));
    expect(faultCodeOf(answer)).toBe('EMU-SIGNER-MISMATCH');
  });

  test('suites by option take away what is there by default', async () => {
    const { emulator, answer } = await exchange({ suites: [rsaSuite] }, 'gost');
    await using _ = emulator;
    expect(answer.status).toBe(500);
    expect(faultCodeOf(answer)).toBe('SCE006');
  });

  test('a tampered answer under a GOST signature is refused', async () => {
    const { emulator, answer } = await exchange({ responseSigning: 'gost2015-512' }, 'gost', 'tampered-body');
    await using _ = emulator;
    expect(await codeOf(() => readAnswer(emulator, answer))).toBe('ERR_VERIFY_DIGEST');
  });

  test('connection() hands out the key of the algorithm that is asked for', async () => {
    await using emulator = await createEmulator();
    const { gost, signingKey } = emulator.testSystem;
    expect(emulator.connection().key).toBe(signingKey);
    expect(emulator.connection({ algorithm: 'rsa' }).key).toBe(signingKey);
    expect(emulator.connection({ algorithm: 'gost2015-512' }).key).toBe(gost.signingKey);
    const fromFile = await loadPkcs12(gost.pkcs12, gost.pkcs12Password);
    expect(fromFile.certificate.thumbprintSha256).toBe(gost.signingKey.certificate.thumbprintSha256);
    expect(fromFile.certificate.bin).toBe(signingKey.certificate.bin);
  });

  test('there are built-in keys of two algorithms only', async () => {
    await using emulator = await createEmulator();
    expect(() => emulator.connection({ algorithm: 'gost2004' as never })).toThrow(TypeError);
    await expect(createEmulator({ responseSigning: 'gost2004' as never })).rejects.toThrow(TypeError);
    const key = emulator.testSystem.signingKey;
    await expect(createEmulator({ responseSigning: { key, algorithm: 'rsa' } })).rejects.toThrow(TypeError);
  });
});
