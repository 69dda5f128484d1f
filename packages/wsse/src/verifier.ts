import {
  type Certificate,
  type Clock,
  type EnvelopeVerifier,
  type SignatureSuite,
  systemClock,
  type TrustPolicy,
  type UnverifiedBody,
  type VerifiedBody,
} from '@egov-gateway/core';
import { signatureSuites } from '@egov-gateway/keys';
import { canonicalize, digestCanonical, parseXml, type XmlLimits, type XmlNode } from '@egov-gateway/xml';

import { findSignature } from './find-signature.ts';
import { type EnvelopeParts, locateBody } from './locate-body.ts';
import { readSignature } from './read-signature.ts';
import { assertTargetIsBody } from './reference-target.ts';
import { refusal } from './refusal.ts';
import { type SignedInfo, type SuiteTable, suiteTable } from './signed-info.ts';
import { readSignerReference } from './signer-reference.ts';
import { isNamed } from './strict-children.ts';
import { asUnverified, asVerified } from './verified-body.ts';

/** Options of {@link createEnvelopeVerifier}. */
export interface EnvelopeVerifierOptions {
  /** Who may sign. A certificate inside the message proves nothing by itself. */
  readonly trust: TrustPolicy;
  /** Algorithms that are accepted, and no others. Default: `signatureSuites` of `@egov-gateway/keys`, RSA and GOST. */
  readonly suites?: readonly SignatureSuite[] | undefined;
  /** The instant certificates are judged at. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Limits of the XML reader. Default: those of `@egov-gateway/xml`. */
  readonly limits?: Partial<XmlLimits> | undefined;
  /** Also accept a plain `Id` on the Body as the target of the reference. Default: false. */
  readonly acceptUnqualifiedId?: boolean | undefined;
}

/**
 * An envelope without any signature: a fault is handed on unverified, because a gateway that cannot read a message
 * cannot sign its refusal. Everything else is refused.
 */
function unsigned({ body, soapNamespace }: EnvelopeParts): UnverifiedBody {
  const content = body.first;
  const isFault =
    content !== undefined && content.next === undefined && isNamed(content, 'Fault', soapNamespace);
  if (!isFault) throw refusal('ERR_VERIFY_UNSIGNED', 'the message has no transport signature');
  return asUnverified(body);
}

function assertKeyFits(suite: SignatureSuite, { publicKey }: Certificate): void {
  if (publicKey.algorithm !== suite.algorithm) {
    const found = publicKey.algorithm ?? 'an unknown kind';
    throw refusal(
      'ERR_VERIFY_KEY_TYPE',
      `the signature is ${suite.algorithm}, the key of the signer is ${found}`,
    );
  }
  if (suite.supports?.(publicKey) === false) {
    throw refusal(
      'ERR_VERIFY_KEY_WEAK',
      `the ${suite.algorithm} key of the signer is too short or not sound`,
    );
  }
}

function assertDigest(body: XmlNode, { suite, referencePrefixes, digest }: SignedInfo): void {
  const computed = suite.createDigest();
  digestCanonical(body, { inclusivePrefixes: referencePrefixes }, computed);
  if (Buffer.compare(computed.digest(), digest) !== 0) {
    throw refusal('ERR_VERIFY_DIGEST', 'the Body is not the one that was signed');
  }
}

class TransportVerifier implements EnvelopeVerifier {
  readonly #trust: TrustPolicy;
  readonly #suites: SuiteTable;
  readonly #clock: Clock;
  readonly #parseOptions: { readonly limits?: Partial<XmlLimits> };
  readonly #acceptUnqualifiedId: boolean;

  constructor(options: EnvelopeVerifierOptions) {
    const {
      trust,
      suites = signatureSuites,
      clock = systemClock,
      limits,
      acceptUnqualifiedId = false,
    } = options;
    if (typeof trust?.resolve !== 'function') throw new TypeError('trust must be a TrustPolicy');
    this.#trust = trust;
    this.#suites = suiteTable(suites);
    this.#clock = clock;
    this.#parseOptions = limits === undefined ? {} : { limits };
    this.#acceptUnqualifiedId = acceptUnqualifiedId;
  }

  async verify(
    envelope: Uint8Array,
    options: { readonly atMs?: number | undefined } = {},
  ): Promise<VerifiedBody | UnverifiedBody> {
    const document = parseXml(envelope, this.#parseOptions);
    const parts = locateBody(document);
    const found = findSignature(parts);
    if (found === undefined) return unsigned(parts);

    const { signedInfo, signatureValue, keyInfo } = readSignature(document, found.signature, this.#suites);
    assertTargetIsBody(document, parts.body, signedInfo.referenceId, {
      acceptUnqualifiedId: this.#acceptUnqualifiedId,
    });
    const reference = readSignerReference(keyInfo, found.security);

    const certificate = await this.#trust.resolve(reference, options.atMs ?? this.#clock.now());
    const { suite } = signedInfo;
    assertKeyFits(suite, certificate);
    const toVerify = canonicalize(signedInfo.element, { inclusivePrefixes: signedInfo.inclusivePrefixes });
    if (!(await suite.verify(certificate.publicKey, toVerify, signatureValue))) {
      throw refusal('ERR_VERIFY_SIGNATURE', 'the signature is not by the trusted signer, or was altered');
    }
    assertDigest(parts.body, signedInfo);
    return asVerified(parts.body, signedInfo.referencePrefixes, { algorithm: suite.algorithm, certificate });
  }
}

/**
 * A verifier of transport signatures, safe by default: what it returns is the one Body, and only when exactly one
 * signature in its one place, by a trusted signer, with a listed algorithm, covers that Body.
 *
 * @see Rules No 123, п.53-58 and Приложение 6
 * @throws {TypeError} when there is no trust policy, or the suites are empty or overlap
 *
 * @example
 * ```ts
 * import type { VerifiedBody } from '@egov-gateway/core';
 * import { parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
 * import { createEnvelopeVerifier } from '@egov-gateway/wsse';
 *
 * export async function read(answer: Uint8Array, gatewayCertificate: Uint8Array): Promise<VerifiedBody> {
 *   const trust = pinnedCertificates([parseCertificate(gatewayCertificate)]);
 *   const body = await createEnvelopeVerifier({ trust }).verify(answer);
 *   if (!body.verified) throw new Error('an unsigned fault');
 *   return body;
 * }
 * ```
 */
export function createEnvelopeVerifier(options: EnvelopeVerifierOptions): EnvelopeVerifier {
  return new TransportVerifier(options);
}
