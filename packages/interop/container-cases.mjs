import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { gostIdentifiers } from '@egov-gateway/gost';
import { parseCertificate } from '@egov-gateway/keys';

import { base64, gostAlgorithms, privateNumber } from './gost-party.mjs';
import { run } from './tools.mjs';

const password = 'test-only';
// Name, who is inside, and whether OpenSSL 3 needs its old algorithms (RC2-40, 3DES, HMAC-SHA1).
const rsaContainers = [
  ['organisation.p12', 'organisation', true],
  ['organisation-legacy.p12', 'organisation', true],
  ['organisation-modern.p12', 'organisation', false],
  ['person.p12', 'person', false],
  ['gateway.p12', 'gateway', false],
];
// In 2004 the number is an INTEGER, in 2015 octets; the three forms are in files of their own.
const gostContainers = [
  ['organisation.p12', 'organisation'],
  ['organisation-modern.p12', 'organisation'],
  ['organisation-little-endian.p12', 'organisation'],
  ['person.p12', 'person'],
  ['gateway.p12', 'gateway'],
];

/** Key files of our generator, opened by others: the same layouts as those of НУЦ РК. */
export async function containerCases(report, { gost, key }) {
  report.section('PKCS#12 files of our generator with RSA keys, opened by OpenSSL');
  for (const [file, name, isLegacy] of rsaContainers) {
    const open = (options) =>
      run('openssl', ['pkcs12', '-in', key(file), '-passin', `pass:${password}`, '-nodes', ...options]);
    await report.case(`openssl pkcs12${isLegacy ? ' -legacy' : ''} opens ${file}`, () => {
      const text = open(isLegacy ? ['-legacy'] : []).toString();
      const pem = (label) =>
        new RegExp(`-----BEGIN ${label}-----[^]+?-----END ${label}-----`).exec(text)?.[0];
      const found = createPrivateKey(pem('PRIVATE KEY') ?? '');
      if (!found.equals(createPrivateKey(readFileSync(key(`${name}.key`))))) throw new Error('another key');
      const certificate = parseCertificate(Buffer.from(pem('CERTIFICATE') ?? ''));
      const expected = parseCertificate(readFileSync(key(`${name}.crt`)));
      if (certificate.thumbprintSha256 !== expected.thumbprintSha256) throw new Error('another certificate');
    });
  }

  const limits = await gostLimits({ gost, key });
  report.section('PKCS#12 files of our generator with GOST keys, opened by BouncyCastle', ...limits);
  for (const algorithm of gostAlgorithms) {
    const { size } = gostIdentifiers(algorithm);
    for (const [file, name] of gostContainers) {
      await report.case(
        `${algorithm}: ${file}: MAC, decryption, the number is that of the certificate`,
        async () => {
          const container = readFileSync(key(`${algorithm}/${file}`));
          const [keys, certificates] = (await gost.ask('pkcs12', base64(container), password)).split(' ');
          const certificate = parseCertificate(Buffer.from(certificates, 'base64'));
          const expected = parseCertificate(readFileSync(key(`${algorithm}/${name}.crt`)));
          if (certificate.thumbprintSha256 !== expected.thumbprintSha256)
            throw new Error('another certificate');
          const number = privateNumber(Buffer.from(keys, 'base64'), size);
          const point = await gost.ask('point', algorithm, base64(number));
          if (point !== base64(certificate.publicKey.spki.subarray(-2 * size))) throw new Error('not a pair');
        },
      );
    }
    await report.case(`${algorithm}: BouncyCastle refuses a wrong password`, async () => {
      const container = readFileSync(key(`${algorithm}/organisation.p12`));
      const answer = await gost.ask('pkcs12', base64(container), 'wrong').catch((error) => error.message);
      if (!/MAC/.test(answer)) throw new Error(`expected a refusal of the MAC, got ${answer}`);
    });
  }
}

/** What the stock loaders say of GOST containers: they have no Kazakh OIDs. */
async function gostLimits({ gost, key }) {
  const file = key('gost2015-512/organisation.p12');
  const keystore = await gost
    .ask('keystore', base64(readFileSync(file)), password)
    .then((entries) => `opens it, ${entries} entries`)
    .catch((error) => `cannot: ${error.message.slice(0, 160)}`);
  let openssl = 'opens it';
  try {
    run('openssl', ['pkcs12', '-legacy', '-in', file, '-passin', `pass:${password}`, '-nodes']);
  } catch (error) {
    openssl = `cannot: ${error.message.slice(0, 160).replaceAll('\n', ' ')}`;
  }
  return [
    "MAC and bags are read with BouncyCastle's PKCS#12 classes, the key with its curves",
    `KeyStore("PKCS12") of BouncyCastle's provider: ${keystore}`,
    `openssl pkcs12 -legacy: ${openssl}`,
  ];
}
