import { type Clock, GatewayError, SignError, ValidateError } from '@egov-gateway/core';

import type { PdfCheckOptions } from '../pdf/check-pdf.ts';
import { checkDetachedSignature } from '../signature/check-detached-signature.ts';
import type { DetachedSignature, SignDetached } from '../signature/detached-signature.ts';
import type { SignatureKind } from '../signature/signature-kind.ts';
import { checkDocument, issuesOf } from './check-document.ts';
import { contentHash } from './content-hash.ts';
import { SignedDocument } from './document-steps.ts';
import type { EkdoDocument } from './portal-codec.ts';

/** @internal */
export interface PrepareOptions {
  readonly signDetached: SignDetached;
  /** Made before; then nothing is signed. */
  readonly signature: DetachedSignature | undefined;
  readonly signatureKinds: readonly SignatureKind[] | undefined;
  readonly pdf: PdfCheckOptions | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/**
 * Checks a document, has it signed, and checks the signature against it.
 *
 * @throws {ValidateError} @throws {SignError} @throws the reason of the signal
 * @internal
 */
export async function prepareDocument(
  document: EkdoDocument,
  options: PrepareOptions,
): Promise<SignedDocument> {
  const { signDetached, signatureKinds, pdf, clock, signal } = options;
  signal?.throwIfAborted();
  const own: EkdoDocument = Object.freeze({ ...document, bytes: document?.bytes?.slice() });
  const { report, issues, warnings } = checkDocument(own, pdf);
  if (issues.length > 0) throw new ValidateError(issues);

  const signature = options.signature ?? (await sign(own.bytes, signDetached, signal));
  const judged = checkDetachedSignature(own.bytes, signature, { atMs: clock.now() });
  const checked = issuesOf('/signature', judged.findings);
  if (checked.issues.length > 0) throw new ValidateError(checked.issues);
  for (const kinds of [signatureKinds, own.signatureKinds]) {
    if (kinds === undefined || kinds.includes(signature.kind)) continue;
    throw new ValidateError([
      {
        path: '/signature/kind',
        rule: 'signature-kind',
        message: `a signature of the kind ${signature.kind}, expected ${kinds.join(' or ')}; sign it with such a key`,
      },
    ]);
  }
  return new SignedDocument({
    document: own,
    sha256: contentHash(own.bytes),
    report,
    signature: Object.freeze({ ...signature }),
    warnings: [...warnings, ...checked.warnings],
  });
}

/** The signer gets bytes of its own: what it does to them does not reach the document. */
async function sign(
  bytes: Uint8Array,
  signDetached: SignDetached,
  signal: AbortSignal | undefined,
): Promise<DetachedSignature> {
  try {
    return await interruptible(signDetached(bytes.slice()), signal);
  } catch (cause) {
    if (cause instanceof GatewayError || signal?.aborted === true) throw cause;
    throw new SignError('signDetached failed with an error of its own', { code: 'ERR_SIGN_KEY', cause });
  }
}

function interruptible<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });
}
