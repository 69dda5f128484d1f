import { describe, expect, test } from 'vitest';

import { makeCms, testCertificates } from '../../test/make-cms.ts';
import { signerCertificate } from './signer-certificate.ts';

const document = new Uint8Array(Buffer.from('%PDF-1.4 made up'));
const { russian, kazakh } = testCertificates;

describe('signerCertificate', () => {
  test.each([
    ['Russian', russian],
    ['Kazakh', kazakh],
  ])('finds the %s certificate of the signer', (_name, certificate) => {
    const found = signerCertificate(makeCms(document, { certificate }));
    expect(Buffer.compare(found ?? new Uint8Array(), certificate)).toBe(0);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['no CMS', document],
    ['a certificate', russian],
    ['a CMS without a signer', makeCms(document, { signers: 0 })],
    ['a CMS of somebody else’s certificate', makeCms(document, { withCertificate: false })],
    ['a CMS that is cut off', makeCms(document, {}).subarray(0, 100)],
  ])('finds none in %s', (_name, cms) => {
    expect(signerCertificate(cms)).toBeUndefined();
  });

  test('takes no text', () => {
    expect(() => signerCertificate('MII' as never)).toThrow(TypeError);
  });
});
