/**
 * The checks of the gateway, steps 2 to 4 of the process, in whatever order.
 *
 * @see Rules No 123, п.53-58 and Приложение 6
 * @module
 */
import { type Certificate, type EnvelopeVerifier, VerifyError } from '@egov-gateway/core';

import { Refusal, type RefusalCode } from '../codes.ts';
import type { Endpoint } from '../endpoint.ts';
import { explained, type ReceivedMessage } from '../pipeline/message.ts';
import type { SystemRegistry } from '../registry.ts';
import { strictIssues } from './strict-request.ts';

/** One check. */
export type CheckName = 'transport-signature' | 'envelope' | 'authorisation';

/**
 * Two documents, two orders. `process`, the default: signature, envelope, authorisation, as a published description
 * of an integration has it. `annex6`: authorisation, envelope, signature, as Приложение 6 п.1 lists them.
 */
export const checkOrders: Readonly<Record<'process' | 'annex6', readonly CheckName[]>> = {
  process: ['transport-signature', 'envelope', 'authorisation'],
  annex6: ['authorisation', 'envelope', 'transport-signature'],
};

/** How closely a request must follow the XSD. */
export type XsdMode = 'strict' | 'lenient';

/** What the checks need to know. @internal */
export interface CheckContext {
  readonly registry: SystemRegistry;
  readonly verifier: EnvelopeVerifier;
  readonly xsd: XsdMode;
  readonly requestInfoExtensions: readonly string[];
  readonly isRevoked: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
}

type Check = (message: ReceivedMessage, endpoint: Endpoint, context: CheckContext) => void | Promise<void>;

const outdated: ReadonlySet<string> = new Set([
  'ERR_VERIFY_CERTIFICATE_EXPIRED',
  'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID',
]);

/** Step 2. @see Rules No 123, п.54, п.58; Приложение 6, п.2, 2) */
const checkSignature: Check = async (message, endpoint, { verifier, isRevoked }) => {
  try {
    const body = await verifier.verify(message.bytes);
    if (body.verified) message.trust(body);
    else if (!endpoint.acceptUnsigned) throw new Refusal('SCE007');
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    if (error.code === 'ERR_VERIFY_UNSIGNED' && endpoint.acceptUnsigned) return;
    throw new Refusal(signatureCode(error), explained(error), error);
  }
  const certificate = message.verified?.signer.certificate;
  if (certificate !== undefined && (await isRevoked?.(certificate))) {
    throw new Refusal('SCE005', 'the certificate is revoked');
  }
};

/** Which of the three codes about signatures fits. @internal */
export function signatureCode({ code }: VerifyError): RefusalCode {
  if (code === 'ERR_VERIFY_UNSIGNED') return 'SCE007';
  return outdated.has(code) ? 'SCE005' : 'SCE006';
}

/** Step 3. */
const checkEnvelope: Check = (message, _endpoint, { xsd, requestInfoExtensions }) => {
  // Reads it, and so refuses what cannot be read.
  const { request } = message;
  const content = message.body.body.first;
  if (xsd === 'lenient' || request === undefined || content === undefined) return;
  const issues = strictIssues(content, requestInfoExtensions, {
    channel: message.channel,
    wrapper: request.wrapper?.request,
  });
  if (issues.length > 0) throw new Refusal('SCE001', issues.join('; '));
};

/** Step 4. @see Rules No 123, п.53, 2); Приложение 6, п.2, 2) */
const checkAuthorisation: Check = (message, _endpoint, { registry }) => {
  const { sender, serviceId } = message.request.info;
  registry.authorise(sender, serviceId, message.verified?.signer.certificate);
};

const checks: Readonly<Record<CheckName, Check>> = {
  'transport-signature': checkSignature,
  envelope: checkEnvelope,
  authorisation: checkAuthorisation,
};

/**
 * Runs the checks in their order.
 *
 * @param passed - told the name of every check that was passed
 * @throws {Refusal} of the first check that fails
 * @internal
 */
export async function runChecks(
  order: readonly CheckName[],
  subject: { readonly message: ReceivedMessage; readonly endpoint: Endpoint; readonly context: CheckContext },
  passed: (name: CheckName) => void,
): Promise<void> {
  const { message, endpoint, context } = subject;
  for (const name of order) {
    await checks[name](message, endpoint, context);
    passed(name);
  }
  // Authorisation before the signature could not see whose certificate it is: that half is made up for here.
  const isEarly = order.indexOf('authorisation') < order.indexOf('transport-signature');
  if (isEarly) await checkAuthorisation(message, endpoint, context);
}

/** @throws {TypeError} when the order is not each check once @internal */
export function assertCheckOrder(order: readonly CheckName[]): void {
  const expected = checkOrders.process;
  if (order.length !== expected.length || expected.some((name) => !order.includes(name))) {
    throw new TypeError(`checks must be ${expected.join(', ')}, each once, in any order`);
  }
}
