import type { Certificate, SigningKey } from '@egov-gateway/core';
import { hasPurpose } from '@egov-gateway/keys';

import type { ContractRequest } from '../operations/contract-request.ts';
import { operationNames, pathOf } from '../operations/wire-names.ts';
import { employerOf } from '../rules/check-request.ts';
import { type ContractIssue, scseIssue } from '../rules/contract-issue.ts';

/**
 * Why a key must not sign a request of this employer, or `undefined`.
 *
 * The key of an organisation names its BIN; that of a private person who employs has none and names the IIN. The IIN of
 * whoever signs for an organisation is not that of the employer.
 *
 * @param employer - BIN or IIN of the payload
 * @param path - where it stands
 */
export function employerKeyIssue(
  certificate: Certificate,
  employer: string,
  path: string,
): ContractIssue | undefined {
  const unfit = purposeIssue(certificate, path);
  if (unfit !== undefined) return unfit;
  const owner = certificate.bin ?? certificate.iin;
  if (owner !== null && owner === employer) return undefined;
  const message =
    'must be the BIN or IIN of the signing key; take the key of this employer, or correct the employer';
  return scseIssue(path, 'signer-mismatch', message, 'SCSE046');
}

function purposeIssue(certificate: Certificate, path: string): ContractIssue | undefined {
  if (!hasPurpose(certificate, 'auth') || hasPurpose(certificate, 'sign')) return undefined;
  const message = 'must be signed with a signing key; this one is for authentication';
  return scseIssue(path, 'key-purpose', message, 'SCSE001');
}

/** Why a key must not sign this request; a raw operation without an employer may be signed by any signing key. */
export function requestKeyIssue(
  request: ContractRequest,
  { certificate }: SigningKey,
): ContractIssue | undefined {
  const employer = employerOf(request);
  if (employer === undefined) return purposeIssue(certificate, pathOf('rawOperation'));
  const operation = operationNames.find((name) => request[name] !== undefined) ?? 'rawOperation';
  return employerKeyIssue(certificate, employer, pathOf(operation, 'employerData', 'bin'));
}
