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
import { encodeBase64, parseXml, type XmlDocument, type XmlNode } from '@egov-gateway/xml';

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
  /** Path of local names of the element whose children the signatures are, `/request/businessData`. Default: the root. */
  readonly signatureIn?: string;
}

/** Who made one signature. */
export interface PayloadSigner {
  readonly algorithm: Algorithm;
  readonly certificate: Certificate;
}

declare const verifiedPayloadBrand: unique symbol;

/** What payload signatures cover, and who made them. Only {@link verifyPayload} makes one. */
export interface VerifiedPayload {
  /** The root of what all signers signed, read from the octets that the first one digested; no signature is in it. */
  readonly root: XmlElement;
  /** Those octets, as text. */
  readonly xml: string;
  /** Who signed first. */
  readonly signer: PayloadSigner;
  /** All who signed, in the order of their signatures; each signed what the ones before had signed, too. */
  readonly signers: readonly [PayloadSigner, ...PayloadSigner[]];
  readonly [verifiedPayloadBrand]: true;
}

/** Checking costs time for every signature, and documents of the state have one to a few. */
const maxSignatures = 16;

/**
 * Checks the enveloped signatures of a document of its own and returns what they cover. Read nothing else of the
 * document.
 *
 * Every signature must be at the place that the options name, with one Reference to the whole document, and every one
 * must hold. Several signers sign one after another, as the software of НУЦ РК does: a signature covers the ones before
 * it, and those that were added behind it are taken out before it is checked.
 *
 * @param document - the document, as it came: text of `data`, or octets
 * @see XML Signature Syntax and Processing 1.1, section 3.2 "Core Validation"
 * @throws {XmlError} when the document is not acceptable XML
 * @throws {VerifyError} `ERR_VERIFY_UNSIGNED`, `ERR_VERIFY_SIGNATURE_COUNT`, `ERR_VERIFY_SIGNATURE_PLACE`,
 *   `ERR_VERIFY_STRUCTURE`, `ERR_VERIFY_REFERENCE_COUNT`, `ERR_VERIFY_REFERENCE_URI`, `ERR_VERIFY_TRANSFORM`,
 *   `ERR_VERIFY_ALGORITHM`, `ERR_VERIFY_COMMENT`, `ERR_VERIFY_BASE64`, `ERR_VERIFY_KEY_INFO`, `ERR_VERIFY_KEY_TYPE`,
 *   `ERR_VERIFY_KEY_WEAK`, `ERR_VERIFY_DIGEST`, `ERR_VERIFY_SIGNATURE`, `ERR_VERIFY_PAYLOAD`, and what the trust
 *   policy refuses with
 * @throws {TypeError} when `atMs` is not an instant
 */
export async function verifyPayload(
  document: string | Uint8Array,
  options: VerifyPayloadOptions,
): Promise<VerifiedPayload> {
  const { trust, suites = signatureSuites, atMs = Date.now(), signatureIn } = options;
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be milliseconds since the epoch');
  const parsed = parseXml(typeof document === 'string' ? new TextEncoder().encode(document) : document);
  const elements = theSignatures(parsed, signatureIn ?? parsed.root.path);
  const reason = unsignableReason(parsed);
  if (reason !== undefined) throw refusal('ERR_VERIFY_PAYLOAD', `the document ${reason}`);
  const signatures = elements.map((element) => readPayloadSignature(element, suites));
  assertDifferent(signatures);

  let xml = '';
  const signers: PayloadSigner[] = [];
  // From the last signer, who saw all that is there, to the first, who saw the document alone.
  for (let index = elements.length - 1; index >= 0; index--) {
    const element = elements[index] as XmlNode;
    const signature = signatures[index] as PayloadSignature;
    const seen = without(parsed.source, elements.slice(index + 1));
    const digested = digestsOf(seen, element, signature.suite);
    const certificate = await trust.resolve(signature.signer, atMs);
    await assertSigned(signature, certificate, digested.signedInfo);
    signers.unshift({ algorithm: signature.suite.algorithm, certificate });
    xml = digested.xml;
  }
  return {
    root: parseXml(new TextEncoder().encode(xml)).root,
    xml,
    signer: signers[0],
    signers,
  } as unknown as VerifiedPayload;
}

/** The signatures, by their place: all there are must be children of one element, the one that is named. */
function theSignatures(document: XmlDocument, parentPath: string): readonly XmlNode[] {
  const signatures = signaturesIn(document);
  const [signature] = signatures;
  if (signature === undefined) throw refusal('ERR_VERIFY_UNSIGNED', 'the document has no signature');
  if (signatures.length > maxSignatures) {
    throw refusal(
      'ERR_VERIFY_SIGNATURE_COUNT',
      `expected up to ${maxSignatures} signatures, found ${signatures.length}`,
    );
  }
  const { parent } = signature;
  for (const one of signatures) {
    if (parent?.path !== parentPath || one.parent?.isSame(parent) !== true) {
      throw refusal(
        'ERR_VERIFY_SIGNATURE_PLACE',
        'a signature is not a child of the element that should carry it',
      );
    }
    if (document.hasCommentWithin(one)) {
      throw refusal('ERR_VERIFY_COMMENT', 'the signature has a comment in it');
    }
  }
  return signatures;
}

/** xml-crypto tells the signatures of a document apart by their values. */
function assertDifferent(signatures: readonly PayloadSignature[]): void {
  const values = new Set(signatures.map(({ value }) => encodeBase64(value)));
  if (values.size === signatures.length) return;
  throw refusal('ERR_VERIFY_SIGNATURE_COUNT', 'the document has the same signature twice');
}

/** The text without these elements, which are in document order: what was there before they were added. */
function without(source: string, elements: readonly XmlNode[]): string {
  const kept: string[] = [];
  let at = 0;
  for (const { startOffset, endOffset } of elements) {
    kept.push(source.slice(at, startOffset));
    at = endOffset;
  }
  return kept.join('') + source.slice(at);
}

/** What was digested, after its digest was compared, and the octets that the signature itself covers. */
function digestsOf(
  source: string,
  signature: XmlNode,
  suite: SignatureSuite,
): { readonly xml: string; readonly signedInfo: string } {
  const seen: string[] = [];
  const engine = createEngine(suite, { seen: (text) => seen.push(text) }, {});
  let isDigestRight: boolean;
  try {
    engine.loadSignature(standalone(signature));
    isDigestRight = engine.checkSignature(source);
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
  if (publicKey.algorithm !== suite.algorithm) {
    throw refusal(
      'ERR_VERIFY_KEY_TYPE',
      `the key of the signer does not fit the algorithm ${suite.algorithm}`,
    );
  }
  if (suite.supports?.(publicKey) === false) {
    throw refusal('ERR_VERIFY_KEY_WEAK', `the key of the signer is too weak for ${suite.algorithm}`);
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
