import {
  type Algorithm,
  type Certificate,
  type SignatureSuite,
  type TrustPolicy,
  VerifyError,
  type VerifyErrorCode,
  type XmlElement,
} from '@egov-gateway/core';
import { signatureSuites } from '@egov-gateway/keys';
import { parseXml, type XmlDocument, type XmlNode } from '@egov-gateway/xml';

import { type PayloadSignature, readPayloadSignature } from './read-payload-signature.ts';
import { signaturesIn, unsignableReason } from './signable-document.ts';
import { createEngine } from './signature-engine.ts';

/** How {@link verifyPayload} judges. */
export interface VerifyPayloadOptions {
  /** Who may sign. A certificate in the document is only a hint to find the one that is trusted. */
  readonly trust: TrustPolicy;
  /** Algorithms that are accepted. Default: `signatureSuites`, RSA and GOST. */
  readonly suites?: readonly SignatureSuite[];
  /** The instant to judge certificates at, milliseconds since the epoch. Default: now. */
  readonly atMs?: number;
  /** Path of local names of the element whose child the signature is, `/request/businessData`. Default: the root. */
  readonly signatureIn?: string;
}

declare const verifiedPayloadBrand: unique symbol;

/** What a payload signature covers, and who made it. Only {@link verifyPayload} makes one. */
export interface VerifiedPayload {
  /** The root of the signed content, read from the octets that were digested; the signature is not in it. */
  readonly root: XmlElement;
  /** Those octets, as text. */
  readonly xml: string;
  readonly signer: { readonly algorithm: Algorithm; readonly certificate: Certificate };
  readonly [verifiedPayloadBrand]: true;
}

/**
 * Checks the enveloped signature of a document of its own and returns what it covers. Read nothing else of the
 * document.
 *
 * The document must have exactly one signature, at the place that the options name, with one Reference to the whole
 * document.
 *
 * @param document - the document, as it came: text of `data`, or octets
 * @see XML Signature Syntax and Processing 1.1, section 3.2 "Core Validation"
 * @throws {XmlError} when the document is not acceptable XML
 * @throws {VerifyError} `ERR_VERIFY_UNSIGNED`, `ERR_VERIFY_SIGNATURE_COUNT`, `ERR_VERIFY_STRUCTURE`,
 *   `ERR_VERIFY_REFERENCE_COUNT`, `ERR_VERIFY_REFERENCE_URI`, `ERR_VERIFY_TRANSFORM`, `ERR_VERIFY_ALGORITHM`,
 *   `ERR_VERIFY_COMMENT`, `ERR_VERIFY_BASE64`, `ERR_VERIFY_KEY_INFO`, `ERR_VERIFY_KEY_TYPE`, `ERR_VERIFY_DIGEST`,
 *   `ERR_VERIFY_SIGNATURE`, `ERR_VERIFY_PAYLOAD`, and what the trust policy refuses with
 */
export async function verifyPayload(
  document: string | Uint8Array,
  options: VerifyPayloadOptions,
): Promise<VerifiedPayload> {
  const { trust, suites = signatureSuites, atMs = Date.now(), signatureIn } = options;
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be milliseconds since the epoch');
  const parsed = parseXml(typeof document === 'string' ? new TextEncoder().encode(document) : document);
  const element = theSignature(parsed, signatureIn ?? parsed.root.path);
  const reason = unsignableReason(parsed);
  if (reason !== undefined) throw refusal('ERR_VERIFY_PAYLOAD', `the document ${reason}`);
  const signature = readPayloadSignature(element, suites);

  const { xml, signedInfo } = digestsOf(parsed, element, signature.suite);
  const certificate = await trust.resolve(signature.signer, atMs);
  await assertSigned(signature, certificate, signedInfo);
  return {
    root: parseXml(new TextEncoder().encode(xml)).root,
    xml,
    signer: { algorithm: signature.suite.algorithm, certificate },
  } as unknown as VerifiedPayload;
}

function theSignature(document: XmlDocument, parentPath: string): XmlNode {
  const signatures = signaturesIn(document);
  const [signature] = signatures;
  if (signature === undefined) throw refusal('ERR_VERIFY_UNSIGNED', 'the document has no signature');
  if (signatures.length > 1) {
    throw refusal('ERR_VERIFY_SIGNATURE_COUNT', `expected one signature, found ${signatures.length}`);
  }
  if (signature.parent?.path !== parentPath) {
    throw refusal('ERR_VERIFY_STRUCTURE', 'the signature is not a child of the element that should carry it');
  }
  if (document.hasCommentWithin(signature)) {
    throw refusal('ERR_VERIFY_COMMENT', 'the signature has a comment in it');
  }
  return signature;
}

/** What was digested, after its digest was compared, and the octets that the signature itself covers. */
function digestsOf(
  document: XmlDocument,
  signature: XmlNode,
  suite: SignatureSuite,
): { readonly xml: string; readonly signedInfo: string } {
  const seen: string[] = [];
  const engine = createEngine(suite, { seen: (text) => seen.push(text) }, {});
  let isDigestRight: boolean;
  try {
    engine.loadSignature(standalone(signature));
    isDigestRight = engine.checkSignature(document.source);
  } catch (error) {
    throw refusal('ERR_VERIFY_PAYLOAD', 'the signature cannot be checked', error);
  }
  const [signedInfo, ...others] = seen;
  const [xml, ...more] = engine.getSignedReferences();
  if (!isDigestRight) throw refusal('ERR_VERIFY_DIGEST', 'the document is not what was signed');
  if (signedInfo === undefined || xml === undefined || others.length + more.length > 0) {
    throw refusal('ERR_VERIFY_PAYLOAD', 'the signature does not cover exactly one document');
  }
  return { xml, signedInfo };
}

async function assertSigned(
  signature: PayloadSignature,
  certificate: Certificate,
  signedInfo: string,
): Promise<void> {
  const { suite, value } = signature;
  const { publicKey } = certificate;
  if (publicKey.algorithm !== suite.algorithm || suite.supports?.(publicKey) === false) {
    throw refusal(
      'ERR_VERIFY_KEY_TYPE',
      `the key of the signer does not fit the algorithm ${suite.algorithm}`,
    );
  }
  if (!(await suite.verify(publicKey, new TextEncoder().encode(signedInfo), value))) {
    throw refusal('ERR_VERIFY_SIGNATURE', 'the signature was not made by the key of the trusted signer');
  }
}

/**
 * The signature as a text that can be read alone: its own characters, with the prefixes that it takes from around it
 * bound on it.
 */
function standalone(signature: XmlNode): string {
  const prefixes = new Set([signature.prefix]);
  const ahead = [signature];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    prefixes.add(node.prefix);
    ahead.push(...node.children());
  }
  const declarations = [...prefixes].map((prefix) => {
    const namespace = signature.lookupNamespace(prefix) ?? '';
    if (/[&<"\t\n\r]/.test(namespace))
      throw refusal('ERR_VERIFY_PAYLOAD', 'a namespace has characters no URI has');
    return prefix === ''
      ? ` xmlns="${namespace}"`
      : namespace === ''
        ? ''
        : ` xmlns:${prefix}="${namespace}"`;
  });
  const name = signature.prefix === '' ? 'Signature' : `${signature.prefix}:Signature`;
  const { source } = signature.document;
  return `<${name}${declarations.join('')}>${source.slice(signature.startTagEnd, signature.endOffset)}`;
}

function refusal(code: VerifyErrorCode, message: string, cause?: unknown): VerifyError {
  return new VerifyError(message, { code, cause });
}
