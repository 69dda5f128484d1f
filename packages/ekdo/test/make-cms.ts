import { createHash, createSign, X509Certificate } from 'node:crypto';

import { derElement, fixtureText } from '@egov-gateway/testing';

const privateKey = fixtureText('keys/organisation.key');
const kazakhCertificate = new X509Certificate(fixtureText('keys/organisation.crt'));

/** DER of a dotted OID. */
export function oidElement(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 127];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 127) | 128);
    return digits;
  });
  return derElement(0x06, octets);
}

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => derElement(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]): Uint8Array => derElement(0x31, ...parts);
const algorithm = (oid: string): Uint8Array => sequence(oidElement(oid), derElement(0x05));
const text = (value: string): Uint8Array => derElement(0x0c, Buffer.from(value, 'utf8'));
const attribute = (oid: string, value: Uint8Array): Uint8Array => sequence(oidElement(oid), value);

/** A certificate of the test key, self-signed, from a country of choice; its holder may be of another one. */
export function makeCertificate(country: string, serialNumber = 7, holder = country): Uint8Array {
  const nameOf = (place: string): Uint8Array =>
    sequence(
      set(sequence(oidElement('2.5.4.6'), derElement(0x13, Buffer.from(place, 'latin1')))),
      set(sequence(oidElement('2.5.4.3'), text('TEST ONLY'))),
    );
  const time = (value: string): Uint8Array => derElement(0x18, Buffer.from(value, 'latin1'));
  const signed = sequence(
    derElement(0xa0, derElement(0x02, [2])),
    derElement(0x02, [serialNumber]),
    algorithm('1.2.840.113549.1.1.11'),
    nameOf(country),
    sequence(time('20200101000000Z'), time('20990101000000Z')),
    nameOf(holder),
    new Uint8Array(kazakhCertificate.publicKey.export({ format: 'der', type: 'spki' })),
  );
  const signature = createSign('sha256').update(signed).sign(privateKey);
  return sequence(signed, algorithm('1.2.840.113549.1.1.11'), derElement(0x03, [0], signature));
}

/** Certificates of one and the same test key: that of the fixtures, and one as a Russian centre would issue it. */
export const testCertificates: { readonly kazakh: Uint8Array; readonly russian: Uint8Array } = {
  kazakh: new Uint8Array(kazakhCertificate.raw),
  russian: makeCertificate('RU'),
};

/** How a message differs from a detached signature with SHA-256 and a Russian certificate. */
export interface MakeCmsOptions {
  /** The document inside. Default: none. */
  readonly content?: Uint8Array;
  /** OID of the type of the message. */
  readonly type?: string;
  /** OID of the hash. Default: SHA-256. */
  readonly digestOid?: string;
  /** OID of the signature algorithm. Default: RSA. */
  readonly signatureOid?: string;
  /** Value of `messageDigest`; `null` leaves it out. Default: SHA-256 of the document. */
  readonly digest?: Uint8Array | null;
  /** How often `messageDigest` stands there. Default: 1. */
  readonly digestTimes?: number;
  /** Whether there are signed attributes. Default: true. */
  readonly attributes?: boolean;
  /** OID of the attribute `contentType`. Default: data. */
  readonly attributeType?: string;
  readonly certificate?: Uint8Array;
  /** Whether the certificate lies inside. Default: true. */
  readonly withCertificate?: boolean;
  /** Default: 1. */
  readonly signers?: number;
}

/** A CMS message that signs `document`. */
export function makeCms(document: Uint8Array, options: MakeCmsOptions = {}): Uint8Array {
  const data = '1.2.840.113549.1.7.1';
  const { certificate = testCertificates.russian, withCertificate = true, signers = 1 } = options;
  const { digestOid = '2.16.840.1.101.3.4.2.1', signatureOid = '1.2.840.113549.1.1.1' } = options;
  const { attributes: hasAttributes = true, attributeType = data, digestTimes = 1, content } = options;
  const digest =
    options.digest === undefined ? createHash('sha256').update(document).digest() : options.digest;
  const attributes = [
    attribute('1.2.840.113549.1.9.3', set(oidElement(attributeType))),
    ...new Array<Uint8Array>(digest === null ? 0 : digestTimes).fill(
      attribute('1.2.840.113549.1.9.4', set(derElement(0x04, digest ?? []))),
    ),
  ];
  const signed = hasAttributes ? set(...attributes) : document;
  const signer = sequence(
    derElement(0x02, [1]),
    signerName(certificate),
    algorithm(digestOid),
    ...(hasAttributes ? [derElement(0xa0, ...attributes)] : []),
    algorithm(signatureOid),
    derElement(0x04, createSign('sha256').update(signed).sign(privateKey)),
  );
  const other = sequence(
    derElement(0x02, [1]),
    sequence(sequence(), derElement(0x02, [99])),
    algorithm(digestOid),
    algorithm(signatureOid),
    derElement(0x04, [1]),
  );
  const encapsulated =
    content === undefined
      ? sequence(oidElement(data))
      : sequence(oidElement(data), derElement(0xa0, derElement(0x04, content)));
  const signedData = sequence(
    derElement(0x02, [1]),
    set(algorithm(digestOid)),
    encapsulated,
    ...(withCertificate ? [derElement(0xa0, certificate)] : []),
    set(...[signer, ...new Array<Uint8Array>(Math.max(0, signers - 1)).fill(other)].slice(0, signers)),
  );
  return sequence(oidElement(options.type ?? '1.2.840.113549.1.7.2'), derElement(0xa0, signedData));
}

/** Issuer and serial number, cut out of a certificate whose lengths take as many octets as these do. */
function signerName(certificate: Uint8Array): Uint8Array {
  const outer = parts(certificate)[0] as Uint8Array;
  const fields = parts(outer);
  const [, serialNumber, , issuer] = fields as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  return sequence(issuer, serialNumber);
}

/** The elements inside a DER element. */
function parts(element: Uint8Array): Uint8Array[] {
  const header = (at: number): { readonly from: number; readonly end: number } => {
    const first = element[at + 1] as number;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    const length = octets === 0 ? first : Buffer.from(element).readUIntBE(at + 2, octets);
    return { from: at + 2 + octets, end: at + 2 + octets + length };
  };
  const inner: Uint8Array[] = [];
  for (let at = header(0).from; at < element.length; ) {
    const { end } = header(at);
    inner.push(element.subarray(at, end));
    at = end;
  }
  return inner;
}
