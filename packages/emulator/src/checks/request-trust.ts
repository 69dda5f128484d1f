import { type Certificate, type SignerReference, type TrustPolicy, VerifyError } from '@egov-gateway/core';
import { certificateChain, pinnedCertificates } from '@egov-gateway/keys';

import type { SystemRegistry } from '../registry.ts';

/**
 * Whose signatures the gateway accepts at all: certificates of the registry, and certificates below the roots. Whether
 * the signer is the sender is not decided here but by the authorisation, as the Rules have it.
 *
 * @see Rules No 123, п.58, 1) and 2)
 * @internal
 */
export function requestTrust(
  registry: Pick<SystemRegistry, 'certificates'>,
  roots: readonly Certificate[],
): TrustPolicy {
  const chain = roots.length === 0 ? undefined : certificateChain({ roots, expect: 'any-signer' });
  return {
    async resolve(reference: SignerReference, atMs: number): Promise<Certificate> {
      // The registry may have grown since the last message.
      const registered = registry.certificates();
      const pinned = registered.length === 0 ? undefined : pinnedCertificates(registered);
      try {
        if (pinned !== undefined) return await pinned.resolve(reference, atMs);
      } catch (error) {
        const isStranger =
          error instanceof VerifyError &&
          (error.code === 'ERR_VERIFY_SIGNER_UNKNOWN' || error.code === 'ERR_VERIFY_SIGNER_UNTRUSTED');
        if (!isStranger || chain === undefined) throw error;
      }
      if (chain !== undefined) return chain.resolve(reference, atMs);
      throw new VerifyError('no certificate is registered', { code: 'ERR_VERIFY_SIGNER_UNKNOWN' });
    },
  };
}
