/** What is said about a signature that was checked. */
import { type Algorithm, type Certificate, ParseError, VerifyError, XmlError } from '@egov-gateway/core';
import { describeCertificate } from '@egov-gateway/keys';

import type { Console } from './console.ts';
import { exitCodes } from './exit-code.ts';

/** Who signed, in `--json`. */
export interface SignerReport {
  readonly subject: string;
  readonly iin: string | null;
  readonly bin: string | null;
  readonly serialNumber: string;
  readonly thumbprintSha256: string;
}

/** What `egw verify --json` prints. */
export interface VerifyReport {
  readonly valid: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly algorithm: string | null;
  readonly signer: SignerReport | null;
}

/** The report of a signature that holds. */
export function validReport(algorithm: Algorithm, certificate: Certificate): VerifyReport {
  return { valid: true, code: null, message: null, algorithm, signer: signerReport(certificate) };
}

/** The signer of a report. */
export function signerReport(certificate: Certificate): SignerReport {
  const { subject, iin, bin, serialNumber, thumbprintSha256 } = describeCertificate(certificate);
  return { subject, iin, bin, serialNumber, thumbprintSha256 };
}

/** Whether an error is the answer no, and not a mistake of the caller. */
export function isRefusal(error: unknown): error is VerifyError | XmlError | ParseError {
  return error instanceof VerifyError || error instanceof XmlError || error instanceof ParseError;
}

/** Says no: as one object, or in words on stderr. `others` are the further keys of the object. */
export function reportRefusal(
  console: Console,
  error: unknown,
  asJson: boolean,
  others: Readonly<Record<string, unknown>>,
): number {
  if (!isRefusal(error)) throw error;
  const { code, message } = error;
  if (asJson) console.json({ valid: false, code, message, ...others });
  else console.note(`invalid: ${code}: ${message}`);
  return exitCodes.negative;
}
