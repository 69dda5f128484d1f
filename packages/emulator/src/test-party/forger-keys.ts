import type { SigningKey } from '@egov-gateway/core';
import { loadPem } from '@egov-gateway/keys';

import { expiredGatewayCertificatePem, gatewayKeyPem } from './gateway-pem.ts';
import { strangerCertificatePem, strangerKeyPem } from './stranger-pem.ts';

/** Keys of the scenarios of wrong signatures. @internal */
export interface ForgerKeys {
  /** The gateway's own key under a certificate that has expired. */
  readonly expired: SigningKey;
  /** A stranger's key, its certificate named like the gateway's. */
  readonly stranger: SigningKey;
}

/** @internal */
export async function loadForgerKeys(): Promise<ForgerKeys> {
  return {
    expired: await loadPem({ privateKey: gatewayKeyPem, certificate: expiredGatewayCertificatePem }),
    stranger: await loadPem({ privateKey: strangerKeyPem, certificate: strangerCertificatePem }),
  };
}
