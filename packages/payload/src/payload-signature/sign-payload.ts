import {
  type Clock,
  type SignatureSuite,
  SignError,
  type SigningKey,
  systemClock,
  XmlError,
} from '@egov-gateway/core';
import { signatureSuites } from '@egov-gateway/keys';
import { encodeBase64, parseXml, type XmlDocument } from '@egov-gateway/xml';
import type { SignedXml } from 'xml-crypto';

import { signaturesIn, unsignableReason } from './signable-document.ts';
import { createEngine } from './signature-engine.ts';
import { envelopedSignature, exclusiveC14n, inclusiveC14n, inclusiveC14nWithComments } from './vocabulary.ts';

/** How {@link signPayload} signs. */
export interface SignPayloadOptions {
  /** Algorithms; the one that fits the key is used. Default: `signatureSuites`, RSA and GOST. */
  readonly suites?: readonly SignatureSuite[];
  /**
   * `inclusive` is what known systems make and expect: Canonical XML 1.0, for the reference `#WithComments`; such a
   * document can only be sent as text. `exclusive` survives as a child element too. Default: `inclusive`.
   */
  readonly canonicalization?: 'inclusive' | 'exclusive';
  /** For the validity of the certificate. Default: the clock of the machine. */
  readonly clock?: Clock;
}

/**
 * Signs a document with an enveloped signature of its own: the business signature, apart from the transport signature
 * of the envelope it will be sent in. Send the result with {@link presignedPayload}.
 *
 * One Reference with `URI=""`, the certificate in `X509Data`, the signature as the last child of the root. A document
 * that others have signed gets one more signature, which covers theirs.
 *
 * @param document - XML, as text or UTF-8 octets, without DOCTYPE, processing instructions, comments and `xml:*`
 *   attributes; signatures are children of the root
 * @see XML Signature Syntax and Processing 1.1, section 6.6.4 "Enveloped Signature Transform"
 * @throws {SignError} `ERR_SIGN_PAYLOAD` when the document cannot be signed, `ERR_SIGN_ALREADY_SIGNED` when it has a
 *   signature that is no child of its root, `ERR_SIGN_ALGORITHM` when no suite fits the key, `ERR_SIGN_KEY` when the key refuses,
 *   `ERR_SIGN_CERTIFICATE_EXPIRED`, `ERR_SIGN_CERTIFICATE_NOT_YET_VALID`
 * @throws {TypeError} when the canonicalization is unknown
 */
export async function signPayload(
  document: string | Uint8Array,
  key: SigningKey,
  options: SignPayloadOptions = {},
): Promise<Uint8Array> {
  const { suites = signatureSuites, canonicalization = 'inclusive', clock = systemClock } = options;
  if (canonicalization !== 'inclusive' && canonicalization !== 'exclusive') {
    throw new TypeError("canonicalization must be 'inclusive' or 'exclusive'");
  }
  const suite = suiteFor(key, suites);
  assertValid(key, clock);
  const parsed = readSignable(document);

  const isInclusive = canonicalization === 'inclusive';
  const engine = createEngine(
    suite,
    { sign: async (signedInfo) => encodeBase64(await key.sign(new TextEncoder().encode(signedInfo))) },
    {
      signatureAlgorithm: suite.signatureUris[0],
      canonicalizationAlgorithm: isInclusive ? inclusiveC14n : exclusiveC14n,
      getKeyInfoContent: () => keyInfo(key.certificate.der),
    },
  );
  engine.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [envelopedSignature, isInclusive ? inclusiveC14nWithComments : exclusiveC14n],
    digestAlgorithm: suite.digestUris[0],
  });
  const signed = new TextEncoder().encode(await compute(engine, parsed.source));
  assertUnchanged(parsed, signed);
  return signed;
}

function suiteFor(key: SigningKey, suites: readonly SignatureSuite[]): SignatureSuite {
  const suite = suites.find(
    ({ algorithm, verifyOnly }) => algorithm === key.algorithm && verifyOnly !== true,
  );
  const { publicKey } = key.certificate;
  if (suite !== undefined && publicKey.algorithm === key.algorithm && suite.supports?.(publicKey) !== false)
    return suite;
  throw new SignError(
    `none of the suites given signs with this ${key.algorithm} key; add the suite of its algorithm`,
    {
      code: 'ERR_SIGN_ALGORITHM',
    },
  );
}

function assertValid(key: SigningKey, clock: Clock): void {
  const { notBeforeMs, notAfterMs } = key.certificate;
  const nowMs = clock.now();
  if (nowMs >= notBeforeMs && nowMs <= notAfterMs) return;
  const isEarly = nowMs < notBeforeMs;
  throw new SignError(`the certificate of the key is ${isEarly ? 'not valid yet' : 'valid no more'}`, {
    code: isEarly ? 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID' : 'ERR_SIGN_CERTIFICATE_EXPIRED',
  });
}

function readSignable(document: string | Uint8Array): XmlDocument {
  const parsed = parse(document);
  if (signaturesIn(parsed).some(({ parent }) => parent?.isSame(parsed.root) !== true)) {
    throw new SignError(
      'a part of the document has a signature; one of the whole can only be added to others of the whole',
      { code: 'ERR_SIGN_ALREADY_SIGNED' },
    );
  }
  const reason = parsed.hasCommentWithin(parsed.root)
    ? 'has comments, which a signature does not cover; remove them'
    : unsignableReason(parsed);
  if (reason !== undefined) throw new SignError(`the document ${reason}`, { code: 'ERR_SIGN_PAYLOAD' });
  return parsed;
}

function parse(document: string | Uint8Array): XmlDocument {
  try {
    return parseXml(typeof document === 'string' ? new TextEncoder().encode(document) : document);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new SignError(`the document is not XML that can be signed: ${error.code}`, {
      code: 'ERR_SIGN_PAYLOAD',
      cause: error,
    });
  }
}

function keyInfo(certificate: Uint8Array): string {
  const text = encodeBase64(certificate);
  return `<ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data>`;
}

function compute(engine: SignedXml, xml: string): Promise<string> {
  return new Promise((resolve, reject) => {
    engine.computeSignature(
      xml,
      { prefix: 'ds', location: { reference: '/*', action: 'append' } },
      (error) => {
        if (error) reject(asSignError(error));
        else resolve(engine.getSignedXml());
      },
    );
  });
}

function asSignError(error: Error): SignError {
  if (error instanceof SignError) return error;
  return new SignError('the key did not sign', { code: 'ERR_SIGN_KEY', cause: error });
}

/** xmldom has read and written the document once more; what it says must be what it said before. */
function assertUnchanged(before: XmlDocument, signed: Uint8Array): void {
  const after = parseXml(signed);
  const { root } = before;
  const was = root.toXml();
  const is = after.root.toXml();
  const endTag = was.slice(was.lastIndexOf('</'));
  const isSame =
    signaturesIn(after).length === signaturesIn(before).length + 1 &&
    is.startsWith(was.slice(0, -endTag.length)) &&
    is.startsWith('<ds:Signature ', was.length - endTag.length) &&
    is.endsWith(`</ds:Signature>${endTag}`);
  if (!isSame) {
    throw new SignError('the document would be changed by signing it; write it in canonical form first', {
      code: 'ERR_SIGN_PAYLOAD',
    });
  }
}
