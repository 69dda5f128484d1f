/**
 * Conformance with certificates, revocation lists and answers that real authorities signed. They are not part of this
 * repository: set `EGW_SHARED` to a folder that has them below `vectors/` to run these tests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SignatureSuite } from '@egov-gateway/core';
import { describe, expect, test } from 'vitest';

import { gostAlgorithms, gostIdentifiers } from './gost-algorithm.ts';
import { createGost34311 } from './gost34311.ts';
import { cryptoProBox } from './gost34311-sbox.ts';
import { isKeyPair } from './key-pair.ts';
import { readGostPublicKey } from './public-key.ts';
import { createGostSigner } from './signer.ts';
import { createGostSuite, gostSuites } from './suites.ts';

const vectors = join(process.env['EGW_SHARED'] ?? '', 'vectors');

/** One DER element: its identifier octet, where it begins and ends, and its content. */
interface Element {
  readonly tag: number;
  readonly bytes: Buffer;
  readonly content: Buffer;
}

/** The elements that follow each other in `octets`. */
function elements(octets: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < octets.length; ) {
    const short = octets[at + 1] as number;
    const head = short < 0x80 ? 2 : 2 + (short & 0x7f);
    const length = short < 0x80 ? short : octets.readUIntBE(at + 2, short & 0x7f);
    const end = at + head + length;
    found.push({
      tag: octets[at] as number,
      bytes: octets.subarray(at, end),
      content: octets.subarray(at + head, end),
    });
    at = end;
  }
  return found;
}

interface Signed {
  readonly name: string;
  /** The octets that are signed. */
  readonly body: Buffer;
  readonly signatureOid: Buffer;
  readonly signature: Buffer;
}

/** A SEQUENCE of a signed body, an algorithm and a signature: a certificate, a list, an OCSP answer. */
function readSigned(name: string, der: Buffer): Signed {
  const [body, algorithm, signature] = elements((elements(der)[0] as Element).content) as [
    Element,
    Element,
    Element,
  ];
  const [oid] = elements(algorithm.content) as [Element];
  return { name, body: body.bytes, signatureOid: oid.content, signature: signature.content.subarray(1) };
}

interface Read extends Signed {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly spki: Buffer;
}

function readCertificate(name: string): Read {
  const file = readFileSync(join(vectors, name));
  const text = file.toString('latin1');
  const der = text.includes('-----') ? Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64') : file;
  const signed = readSigned(name, der);
  const fields = elements((elements(signed.body)[0] as Element).content).filter(({ tag }) => tag !== 0xa0);
  const [issuer, subject, spki] = [fields[2], fields[4], fields[5]].map((field) => field?.bytes) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  return { ...signed, issuer, subject, spki };
}

const dotted = (oid: Buffer): string => {
  const arcs: number[] = [];
  for (let i = 0, arc = 0; i < oid.length; i++) {
    arc = arc * 128 + ((oid[i] as number) & 0x7f);
    if ((oid[i] as number) < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  return [Math.floor(first / 40), first % 40, ...rest].join('.');
};

const suiteOf = ({ signatureOid }: Signed): SignatureSuite | undefined => {
  const name = gostAlgorithms.find((one) => gostIdentifiers(one).signatureOid === dotted(signatureOid));
  return gostSuites.find(({ algorithm }) => algorithm === name);
};

const isThere = process.env['EGW_SHARED'] !== undefined && existsSync(join(vectors, 'certs'));

describe.runIf(isThere)('signatures of real authorities', () => {
  const names = isThere
    ? readdirSync(join(vectors, 'certs')).filter((name) => /\.(cer|crt|pem)$/.test(name))
    : [];
  const certificates = names.map((name) => readCertificate(join('certs', name)));
  const signed = certificates.filter((one) => suiteOf(one) !== undefined);
  const issuersOf = ({ issuer }: Read): readonly Read[] =>
    certificates.filter(
      (one) => one.subject.equals(issuer) && one.spki.includes(Buffer.from('2a830e030a', 'hex')),
    );

  test('are there, of both kinds', () => {
    const kinds = new Set(signed.map((one) => suiteOf(one)?.algorithm));
    expect([...kinds].sort()).toEqual(['gost2004', 'gost2015-512']);
    expect(signed.length).toBeGreaterThan(12);
    expect(signed.filter((one) => issuersOf(one).length > 0).length).toBeGreaterThan(10);
  });

  test.each(signed)('$name carries a key that is read', ({ spki }) => {
    const key = readGostPublicKey(spki);
    expect(key.algorithm).toMatch(/^gost/);
  });

  test.each(signed.filter((one) => issuersOf(one).length > 0))(
    '$name is signed by its issuer',
    async (one) => {
      const suite = suiteOf(one) as SignatureSuite;
      const answers = await Promise.all(
        issuersOf(one).map(({ spki }) =>
          suite.verify({ algorithm: suite.algorithm, spki }, one.body, one.signature),
        ),
      );
      expect(answers).toContain(true);
    },
  );

  test('do not verify in any other reading: other hash box, other byte order, numbers exchanged', async () => {
    for (const one of signed.filter((each) => each.issuer.equals(each.subject))) {
      const suite = suiteOf(one) as SignatureSuite;
      const key = { algorithm: suite.algorithm, spki: one.spki };
      const { signature, body } = one;
      const half = signature.length / 2;
      expect(await suite.verify(key, body, signature)).toBe(true);
      expect(await suite.verify(key, body, Buffer.from(signature).reverse())).toBe(false);
      const exchanged = Buffer.concat([signature.subarray(half), signature.subarray(0, half)]);
      expect(await suite.verify(key, body, exchanged)).toBe(false);
      if (suite.algorithm === 'gost2004') {
        const backend = { createDigest: () => createGost34311(cryptoProBox) };
        const other = createGostSuite({ algorithm: 'gost2004', backend });
        expect(await other.verify(key, body, signature)).toBe(false);
      }
      for (let bit = 0; bit < 8 * signature.length; bit += 7) {
        const wrong = Buffer.from(signature);
        wrong[bit >> 3] = (wrong[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(await suite.verify(key, body, wrong)).toBe(false);
      }
    }
  }, 60_000);

  test.each([
    ['crl/nca_gost2022_test.crl', 'certs/nca_gost2015_test.cer'],
    ['crl/nca_gost_test.crl', 'certs/nca_gost_test.crt'],
  ])('%s is signed by %s', async (list, issuer) => {
    const one = readSigned(list, readFileSync(join(vectors, list)));
    const suite = suiteOf(one) as SignatureSuite;
    const { spki } = readCertificate(issuer);
    expect(await suite.verify({ algorithm: suite.algorithm, spki }, one.body, one.signature)).toBe(true);
  });
});

describe.runIf(isThere).each(gostAlgorithms)('keys of %s made with BouncyCastle', (algorithm) => {
  const oid = gostIdentifiers(algorithm).signatureOid;
  const data = Buffer.from('message to sign');

  test('verify, pair up and sign', async () => {
    const suite = gostSuites.find((one) => one.algorithm === algorithm) as SignatureSuite;
    const key = { algorithm, spki: readCertificate(`selfmade/user_${oid}.cer`).spki };
    const d = BigInt(`0x${readFileSync(join(vectors, `selfmade/user_${oid}.d.hex`), 'utf8').trim()}`);
    expect(await suite.verify(key, data, readFileSync(join(vectors, `selfmade/sig_${oid}.bin`)))).toBe(true);
    expect(isKeyPair({ algorithm, d }, key)).toBe(true);
    expect(isKeyPair({ algorithm, d: d + 1n }, key)).toBe(false);
    const signer = createGostSigner({ algorithm, d, allowUnprovenSigning: true });
    expect(await suite.verify(key, data, await signer.sign(data))).toBe(true);
  });

  test('certificates are signed by their authority', async () => {
    const suite = gostSuites.find((one) => one.algorithm === algorithm) as SignatureSuite;
    const user = readCertificate(`selfmade/user_${oid}.cer`);
    const { spki } = readCertificate(`selfmade/ca_${oid}.cer`);
    expect(await suite.verify({ algorithm, spki }, user.body, user.signature)).toBe(true);
    expect(await suite.verify({ algorithm, spki: user.spki }, user.body, user.signature)).toBe(false);
  });
});
