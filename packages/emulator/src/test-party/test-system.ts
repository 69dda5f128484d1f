import { inspect } from 'node:util';

import type { SigningKey } from '@egov-gateway/core';
import { loadPem } from '@egov-gateway/keys';

import { type BuiltInAlgorithm, organisationFiles } from './built-in-key.ts';

/** A key of the built-in system, ready and as files. TEST ONLY. */
export interface TestSystemKey {
  readonly signingKey: SigningKey;
  /** The same key as a PKCS#12 container, for programs that want a file. Its password is {@link pkcs12Password}. */
  readonly pkcs12: Uint8Array;
  /** `test-only` */
  readonly pkcs12Password: string;
  /** Private key, PKCS#8, and certificate as PEM. */
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/**
 * The information system that every emulator knows unless it is told otherwise: an organisation with an impossible
 * BIN. Its own key is RSA. TEST ONLY: account, password and keys are published.
 */
export interface TestSystem extends TestSystemKey {
  readonly senderId: string;
  readonly password: string;
  /** The same organisation's key of GOST 34.310-2015, 512 bits, which is registered too. */
  readonly gost: TestSystemKey;
}

const senderId = 'test-system';
const password = 'test-only';

/** @internal */
export async function loadTestSystem(): Promise<TestSystem> {
  const [rsa, gost] = await Promise.all([loadKey('rsa'), loadKey('gost2015-512')]);
  return {
    senderId,
    password,
    ...rsa,
    gost: { ...gost, ...shownAs('TestSystemKey {}') },
    ...shownAs(`TestSystem { senderId: '${senderId}' }`),
  };
}

async function loadKey(algorithm: BuiltInAlgorithm): Promise<TestSystemKey> {
  const { privateKey, certificate, pkcs12 } = organisationFiles[algorithm];
  return {
    signingKey: await loadPem({ privateKey, certificate }),
    pkcs12: Buffer.from(pkcs12, 'base64'),
    pkcs12Password: 'test-only',
    privateKeyPem: privateKey,
    certificatePem: certificate,
  };
}

/** Published or not: a habit of printing keys is a bad one. */
function shownAs(label: string): object {
  return { [inspect.custom]: () => label };
}
