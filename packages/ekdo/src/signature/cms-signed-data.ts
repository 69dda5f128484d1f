/**
 * Reads the SignedData of a CMS message: what it signs, who signed, with which attributes. No signature is verified.
 *
 * @see RFC 5652, section 5 "Signed-data Content Type"
 * @module
 */
import { KeyError } from '@egov-gateway/core';
import { type Asn1Element, Asn1Reader, asn1Tags, readAsn1, readOctets, readOid } from '@egov-gateway/keys';

const signedData = '1.2.840.113549.1.7.2';
const contentType = '1.2.840.113549.1.9.3';
const messageDigest = '1.2.840.113549.1.9.4';

const context = { zero: 0xa0, one: 0xa1 } as const;
/** `[0] IMPLICIT OCTET STRING`, of one piece: the key identifier of a signer. */
const keyIdentifierTag = 0x80;

/** One signature of a message. */
export interface CmsSigner {
  /** The certificate by issuer and serial number, or by key identifier. */
  readonly id:
    | { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
    | { readonly keyIdentifier: Uint8Array };
  /** OID of the hash of the document. */
  readonly digestOid: string;
  /** OID of the signature algorithm. */
  readonly signatureOid: string;
  /** The attribute `messageDigest`; `undefined` when nothing but the document is signed. */
  readonly messageDigest: Uint8Array | undefined;
  readonly hasAttributes: boolean;
  /** The attribute `contentType`. */
  readonly contentType: string | undefined;
}

/** What a message holds. */
export interface CmsSignedData {
  /** Whether the document itself lies inside. */
  readonly hasContent: boolean;
  readonly contentType: string;
  /** DER of each certificate. */
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly CmsSigner[];
}

/** Largest message that is read, bytes: a chain, a time stamp and some revocation lists fit well. */
const maxCmsBytes = 4 * 1024 * 1024;

/**
 * Reads DER or BER.
 *
 * @returns `undefined` when it is a CMS message of another kind
 * @throws {KeyError} `ERR_KEY_FORMAT` when it is no CMS, `ERR_KEY_LIMIT` when it nests too deep, holds too much or is larger
 *   than 4 MiB
 */
export function readSignedData(bytes: Uint8Array): CmsSignedData | undefined {
  // `readAsn1` counts elements, this counts octets.
  if (bytes.length > maxCmsBytes) {
    throw new KeyError(`a signature has at most ${maxCmsBytes} bytes`, { code: 'ERR_KEY_LIMIT' });
  }
  const message = new Asn1Reader(readAsn1(bytes, { rules: 'ber' }), asn1Tags.sequence, 'a CMS message');
  if (readOid(message.take('content type', asn1Tags.oid)) !== signedData) return undefined;
  const [wrapped] = message.take('content', context.zero).children;
  message.end();
  if (wrapped === undefined) return undefined;

  const data = new Asn1Reader(wrapped, asn1Tags.sequence, 'signed data');
  data.take('version', asn1Tags.integer);
  data.take('digest algorithms', asn1Tags.set);
  const encapsulated = new Asn1Reader(
    data.take('content info', asn1Tags.sequence),
    asn1Tags.sequence,
    'content info',
  );
  const type = readOid(encapsulated.take('type', asn1Tags.oid));
  const content = encapsulated.takeIf(context.zero);
  const certificates = data.takeIf(context.zero)?.children ?? [];
  data.takeIf(context.one);
  const signers = data.take('signers', asn1Tags.set).children.map(readSigner);
  data.end();
  return {
    hasContent: content !== undefined,
    contentType: type,
    // Attribute certificates and other forms have tags of their own.
    certificates: certificates.filter(({ tag }) => tag === asn1Tags.sequence).map((element) => element.bytes),
    signers,
  };
}

function readSigner(element: Asn1Element): CmsSigner {
  const info = new Asn1Reader(element, asn1Tags.sequence, 'a signer');
  info.take('version', asn1Tags.integer);
  const id = readSignerId(info.take('identifier'));
  const digestOid = readAlgorithm(info.take('digest algorithm', asn1Tags.sequence));
  const attributes = info.takeIf(context.zero);
  const signatureOid = readAlgorithm(info.take('signature algorithm', asn1Tags.sequence));
  info.take('signature');
  const digest = attributeValue(attributes, messageDigest);
  const type = attributeValue(attributes, contentType);
  return {
    id,
    digestOid,
    signatureOid,
    messageDigest: digest === undefined ? undefined : readOctets(digest),
    hasAttributes: attributes !== undefined,
    contentType: type === undefined ? undefined : readOid(type),
  };
}

function readSignerId(element: Asn1Element): CmsSigner['id'] {
  if (element.tag === keyIdentifierTag) return { keyIdentifier: element.content };
  const name = new Asn1Reader(element, asn1Tags.sequence, 'the identifier of a signer');
  return {
    issuer: name.take('issuer', asn1Tags.sequence).bytes,
    serialNumber: name.take('serial number', asn1Tags.integer).content,
  };
}

function readAlgorithm(element: Asn1Element): string {
  return readOid(new Asn1Reader(element, asn1Tags.sequence, 'an algorithm').take('name', asn1Tags.oid));
}

/** The only value of a signed attribute. One that occurs twice, or has several values, counts as absent. */
function attributeValue(attributes: Asn1Element | undefined, oid: string): Asn1Element | undefined {
  const found = (attributes?.children ?? []).filter(
    (attribute) => attribute.tag === asn1Tags.sequence && isOid(attribute.children[0], oid),
  );
  const values = found.length === 1 ? found[0]?.children[1]?.children : undefined;
  return values?.length === 1 ? values[0] : undefined;
}

function isOid(element: Asn1Element | undefined, oid: string): boolean {
  return element?.tag === asn1Tags.oid && readOid(element) === oid;
}
