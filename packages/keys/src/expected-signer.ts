import type { Certificate } from '@egov-gateway/core';

import { refusal } from './trust-refusal.ts';

/** Whom a message must come from. `any-signer` accepts everybody the roots stand behind, strangers included. */
export type ExpectedSigner =
  | { readonly iin: string; readonly bin?: string | undefined }
  | { readonly bin: string; readonly iin?: string | undefined }
  | 'any-signer';

/**
 * A copy of the expectation: what is expected must not change later.
 *
 * @throws {TypeError} when it is not an IIN or BIN of 12 digits, nor `any-signer`
 * @internal
 */
export function checkedExpectation(expect: ExpectedSigner): ExpectedSigner {
  if (expect === 'any-signer') return expect;
  if (typeof expect !== 'object' || expect === null)
    throw new TypeError("expect must be an IIN, a BIN or 'any-signer'");
  const { iin, bin } = expect;
  const given = [iin, bin].filter((value) => value !== undefined);
  if (given.length === 0) throw new TypeError("expect must name an IIN or a BIN, or be 'any-signer'");
  if (!given.every((value) => typeof value === 'string' && /^\d{12}$/.test(value))) {
    throw new TypeError('an expected IIN or BIN must be a string of 12 digits');
  }
  return { iin, bin } as ExpectedSigner;
}

/**
 * @throws {VerifyError} `ERR_VERIFY_SIGNER_IDENTITY`
 * @internal
 */
export function assertExpected(leaf: Certificate, expected: ExpectedSigner): void {
  if (expected === 'any-signer') return;
  const { iin, bin } = expected;
  if ((iin !== undefined && leaf.iin !== iin) || (bin !== undefined && leaf.bin !== bin)) {
    throw refusal(
      'ERR_VERIFY_SIGNER_IDENTITY',
      'the signer is trusted, but is not the expected one (IIN or BIN)',
    );
  }
}
