import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { gostIdentifiers, toRussianSignature } from '@egov-gateway/gost';
import { parseCertificate } from '@egov-gateway/keys';

import { russianPrivateKey, russianPublicKey } from './gost-engine-keys.mjs';
import { base64, gostAlgorithms, gostParty, refused, signingSuites } from './gost-party.mjs';
import { run } from './tools.mjs';

const rounds = 20;
const lengths = [0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000, 4096, 100_000];

function flipped(octets) {
  const changed = Buffer.from(octets);
  changed[changed.length >> 1] ^= 1;
  return changed;
}

function equal(found, expected, what) {
  if (Buffer.compare(Buffer.from(found), Buffer.from(expected)) !== 0) throw new Error(`${what} differs`);
}

/** Hashes, keys, signatures and certificates of the three GOST algorithms, both ways. */
export async function gostCases(report, { gost, folder, key }) {
  report.section(
    'Kazakh GOST: we and BouncyCastle',
    "BouncyCastle's curves, hashes and signer are used below its JCE provider, which does not know the OIDs",
  );
  for (const algorithm of gostAlgorithms) {
    const suite = signingSuites.find((one) => one.algorithm === algorithm);
    const { signingKey, certificate, number } = gostParty(key, algorithm, 'organisation');
    const { publicKey } = certificate;
    const { size } = gostIdentifiers(algorithm);
    const verify = (data, signature) =>
      gost.ask('verify', algorithm, base64(publicKey.spki), base64(data), base64(signature));

    await report.case(`${algorithm}: the same hash of ${lengths.length} lengths`, async () => {
      for (const length of lengths) {
        const data = randomBytes(length);
        const digest = suite.createDigest();
        digest.update(data);
        equal(
          digest.digest(),
          Buffer.from(await gost.ask('hash', algorithm, base64(data)), 'base64'),
          'hash',
        );
      }
    });
    await report.case(`${algorithm}: the same public key of a private one`, async () => {
      const point = Buffer.from(await gost.ask('point', algorithm, base64(number)), 'base64');
      equal(point, publicKey.spki.subarray(-2 * size), 'point');
    });
    await report.case(`${algorithm}: BouncyCastle accepts ${rounds} of our signatures`, async () => {
      for (let round = 0; round < rounds; round++) {
        const data = randomBytes(round * 17);
        await verify(data, await signingKey.sign(data));
      }
    });
    await report.case(`${algorithm}: BouncyCastle refuses changed data, a changed signature`, async () => {
      const data = randomBytes(100);
      const signature = await signingKey.sign(data);
      await refused(() => verify(flipped(data), signature));
      await refused(() => verify(data, flipped(signature)));
      await refused(() => verify(data, toRussianSignature(signature)));
    });
    await report.case(
      `${algorithm}: we accept ${rounds} of its signatures and refuse changed ones`,
      async () => {
        for (let round = 0; round < rounds; round++) {
          const data = randomBytes(round * 17 + 1);
          const answer = await gost.ask('sign', algorithm, base64(number), base64(data));
          const signature = Buffer.from(answer, 'base64');
          if (!(await suite.verify(publicKey, data, signature))) throw new Error('refused');
          if (await suite.verify(publicKey, flipped(data), signature)) throw new Error('accepted other data');
          if (await suite.verify(publicKey, data, flipped(signature)))
            throw new Error('accepted a changed one');
        }
      },
    );
    const sound = readdirSync(key(algorithm)).filter(
      (name) => name.endsWith('.crt') && !/^(broken|branch|intermediate|organisation-below)/.test(name),
    );
    await report.case(
      `${algorithm}: BouncyCastle verifies ${sound.length} certificates of ours`,
      async () => {
        const der = (name) => base64(parseCertificate(readFileSync(key(`${algorithm}/${name}`))).der);
        for (const name of sound) await gost.ask('issued', der(name), der('ca.crt'));
        await refused(() => gost.ask('issued', der('broken-zero-signature.crt'), der('ca.crt')));
      },
    );
  }
  await engineCases(report, { folder, key });
}

/** The curve operation of OpenSSL's gost-engine, on digests that we give it. */
async function engineCases(report, { folder, key }) {
  report.section(
    "Kazakh GOST: we and OpenSSL's gost-engine",
    'it has no Kazakh OIDs and no Kazakh S-box: keys are wrapped as Russian ones, signatures turned round, digests given',
  );
  const path = (name) => join(folder, name);
  const openssl = (...options) => run('openssl', options);
  for (const algorithm of gostAlgorithms) {
    const suite = signingSuites.find((one) => one.algorithm === algorithm);
    const { signingKey, certificate, number } = gostParty(key, algorithm, 'organisation');
    const { size } = gostIdentifiers(algorithm);
    const digestOf = (data) => {
      const digest = suite.createDigest();
      digest.update(data);
      return digest.digest();
    };
    writeFileSync(
      path('public.der'),
      russianPublicKey(algorithm, certificate.publicKey.spki.subarray(-2 * size)),
    );
    writeFileSync(path('private.der'), russianPrivateKey(algorithm, number));
    const engineVerifies = (data, signature) => {
      writeFileSync(path('digest'), digestOf(data));
      writeFileSync(path('signature'), toRussianSignature(signature));
      const input = ['-keyform', 'DER', '-inkey', path('public.der'), '-in', path('digest')];
      openssl('pkeyutl', '-engine', 'gost', '-verify', '-pubin', ...input, '-sigfile', path('signature'));
    };

    await report.case(`${algorithm}: gost-engine accepts our signature of a digest`, async () => {
      const data = randomBytes(100);
      engineVerifies(data, await signingKey.sign(data));
    });
    await report.case(`${algorithm}: gost-engine refuses another digest, a changed signature`, async () => {
      const data = randomBytes(100);
      const signature = await signingKey.sign(data);
      await refused(() => engineVerifies(flipped(data), signature));
      await refused(() => engineVerifies(data, flipped(signature)));
    });
    await report.case(`${algorithm}: we accept its signature of a digest`, async () => {
      const data = randomBytes(100);
      writeFileSync(path('digest'), digestOf(data));
      const input = ['-keyform', 'DER', '-inkey', path('private.der'), '-in', path('digest')];
      const signature = Buffer.from(openssl('pkeyutl', '-engine', 'gost', '-sign', ...input)).reverse();
      if (!(await suite.verify(certificate.publicKey, data, signature))) throw new Error('refused');
      if (await suite.verify(certificate.publicKey, flipped(data), signature)) throw new Error('other data');
    });
    const hash = { 'gost2015-256': 'md_gost12_256', 'gost2015-512': 'md_gost12_512' }[algorithm];
    if (hash === undefined) continue;
    await report.case(`${algorithm}: gost-engine computes the same hash`, () => {
      for (const length of lengths) {
        const data = randomBytes(length);
        const found = run('openssl', ['dgst', '-engine', 'gost', `-${hash}`, '-binary'], data);
        equal(found, digestOf(data), `hash of ${length} octets`);
      }
    });
  }
}
