import { inspect } from 'node:util';

import type { SigningKey } from '@egov-gateway/core';
import { loadPem } from '@egov-gateway/keys';

import {
  organisationCertificatePem,
  organisationKeyPem,
  organisationPkcs12Base64,
} from './organisation-pem.ts';

/**
 * The information system that every emulator knows unless it is told otherwise: an organisation with an impossible
 * BIN. TEST ONLY: account, password and key are published.
 */
export interface TestSystem {
  readonly senderId: string;
  readonly password: string;
  readonly signingKey: SigningKey;
  /** The same key as a PKCS#12 container, for programs that want a file. Its password is {@link pkcs12Password}. */
  readonly pkcs12: Uint8Array;
  /** `test-only` */
  readonly pkcs12Password: string;
  /** Private key, PKCS#8, and certificate as PEM. */
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

const senderId = 'test-system';
const password = 'test-only';

/** @internal */
export async function loadTestSystem(): Promise<TestSystem> {
  const signingKey = await loadPem({
    privateKey: organisationKeyPem,
    certificate: organisationCertificatePem,
  });
  return {
    senderId,
    password,
    signingKey,
    pkcs12: Buffer.from(organisationPkcs12Base64, 'base64'),
    pkcs12Password: 'test-only',
    privateKeyPem: organisationKeyPem,
    certificatePem: organisationCertificatePem,
    // Published or not: a habit of printing keys is a bad one.
    [inspect.custom as never]: () => `TestSystem { senderId: '${senderId}' }`,
  };
}
