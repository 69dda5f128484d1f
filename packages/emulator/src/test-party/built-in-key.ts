import type { SigningKey } from '@egov-gateway/core';
import { loadPem } from '@egov-gateway/keys';

import { gatewayCertificatePem, gatewayKeyPem } from './gateway-pem.ts';
import {
  gostGatewayCertificatePem,
  gostGatewayKeyPem,
  gostOrganisationCertificatePem,
  gostOrganisationKeyPem,
  gostOrganisationPkcs12Base64,
} from './gost-pem.ts';
import {
  organisationCertificatePem,
  organisationKeyPem,
  organisationPkcs12Base64,
} from './organisation-pem.ts';

/** The algorithms that the gateway and the built-in system have keys of. */
export type BuiltInAlgorithm = 'rsa' | 'gost2015-512';

interface BuiltInPem {
  readonly privateKey: string;
  readonly certificate: string;
}

const gatewayPem: Readonly<Record<BuiltInAlgorithm, BuiltInPem>> = {
  rsa: { privateKey: gatewayKeyPem, certificate: gatewayCertificatePem },
  'gost2015-512': { privateKey: gostGatewayKeyPem, certificate: gostGatewayCertificatePem },
};

/** PEM and container of the built-in system's keys. @internal */
export const organisationFiles: Readonly<Record<BuiltInAlgorithm, BuiltInPem & { readonly pkcs12: string }>> =
  {
    rsa: {
      privateKey: organisationKeyPem,
      certificate: organisationCertificatePem,
      pkcs12: organisationPkcs12Base64,
    },
    'gost2015-512': {
      privateKey: gostOrganisationKeyPem,
      certificate: gostOrganisationCertificatePem,
      pkcs12: gostOrganisationPkcs12Base64,
    },
  };

/** @throws {TypeError} when there is no built-in key of the algorithm @internal */
export function assertBuiltIn(algorithm: string): asserts algorithm is BuiltInAlgorithm {
  if (!Object.hasOwn(gatewayPem, algorithm)) {
    throw new TypeError(
      `a built-in key is of ${Object.keys(gatewayPem).join(' or ')}; give a key of your own`,
    );
  }
}

/** The gateway's own key. @internal */
export function loadGatewayKey(algorithm: BuiltInAlgorithm): Promise<SigningKey> {
  return loadPem(gatewayPem[algorithm]);
}
