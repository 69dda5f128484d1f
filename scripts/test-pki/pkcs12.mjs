/** Writes PKCS#12 files: modern (PBES2, AES-256), legacy (RC2-40, 3DES), and the layout of the national authority. */
import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';

import forge from 'node-forge';

import * as der from './der.mjs';

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  rc2: '1.2.840.113549.1.12.1.6',
  tripleDes: '1.2.840.113549.1.12.1.3',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256: '2.16.840.1.101.3.4.1.42',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
};

/** Salts and IVs come from the file's name, so that the same keys give the same files. TEST ONLY. */
const seeded = (seed, length) =>
  createHash('sha512').update(`test-only ${seed}`).digest().subarray(0, length);

/** The key derivation of PKCS#12; purpose 1 is a key, 2 an IV, 3 a MAC key. @see RFC 7292, appendix B.2 */
function derive({ password, salt, iterations, purpose, length, hash }) {
  const block = hash === 'sha512' ? 128 : 64;
  const size = createHash(hash).digest().length;
  const fill = (bytes) => {
    const filled = Buffer.alloc(block * Math.ceil(bytes.length / block));
    for (let i = 0; i < filled.length; i += 1) filled[i] = bytes[i % bytes.length];
    return filled;
  };
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let input = Buffer.concat([fill(salt), fill(secret)]);
  const output = [];
  while (output.length * size < length) {
    let a = createHash(hash).update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let i = 1; i < iterations; i += 1) a = createHash(hash).update(a).digest();
    output.push(a);
    const b = BigInt(`0x${fill(a).subarray(0, block).toString('hex')}`) + 1n;
    const next = [];
    for (let at = 0; at < input.length; at += block) {
      const sum = BigInt(`0x${input.subarray(at, at + block).toString('hex')}`) + b;
      next.push(
        Buffer.from(
          BigInt.asUintN(block * 8, sum)
            .toString(16)
            .padStart(block * 2, '0'),
          'hex',
        ),
      );
    }
    input = Buffer.concat(next);
  }
  return Buffer.concat(output).subarray(0, length);
}

function pbe(algorithm, iv, plain) {
  const cipher = createCipheriv(algorithm, iv.key, iv.iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Node's own OpenSSL has no RC2-40 without its legacy provider. */
function rc2(key, iv, plain) {
  const cipher = forge.rc2.createEncryptionCipher(key.toString('latin1'), 40);
  cipher.start(iv.toString('latin1'));
  cipher.update(forge.util.createBuffer(plain.toString('latin1')));
  cipher.finish();
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}

const schemes = {
  pbes2({ password, seed, iterations, claimed }, plain) {
    const [salt, iv] = [seeded(`${seed} salt`, 16), seeded(`${seed} iv`, 16)];
    const key = pbkdf2Sync(Buffer.from(password, 'utf8'), salt, iterations, 32, 'sha256');
    const prf = der.sequence(der.oid(oids.hmacSha256), der.nil());
    const kdf = der.sequence(der.octetString(salt), der.integer(claimed ?? iterations), prf);
    const algorithm = der.sequence(
      der.oid(oids.pbes2),
      der.sequence(
        der.sequence(der.oid(oids.pbkdf2), kdf),
        der.sequence(der.oid(oids.aes256), der.octetString(iv)),
      ),
    );
    return { algorithm, encrypted: pbe('aes-256-cbc', { key, iv }, plain) };
  },
  tripleDes: (options, plain) => pkcs12Scheme(oids.tripleDes, 24, options, plain),
  rc2: (options, plain) => pkcs12Scheme(oids.rc2, 5, options, plain),
};

function pkcs12Scheme(scheme, keyLength, { password, seed, iterations, claimed }, plain) {
  const salt = seeded(`${seed} salt`, 20);
  const shared = { password, salt, iterations, hash: 'sha1' };
  const key = derive({ ...shared, purpose: 1, length: keyLength });
  const iv = derive({ ...shared, purpose: 2, length: 8 });
  const algorithm = der.sequence(
    der.oid(scheme),
    der.sequence(der.octetString(salt), der.integer(claimed ?? iterations)),
  );
  return {
    algorithm,
    encrypted: keyLength === 5 ? rc2(key, iv, plain) : pbe('des-ede3-cbc', { key, iv }, plain),
  };
}

function attributes({ friendlyName, localKeyId }) {
  const list = [];
  if (localKeyId) list.push(der.sequence(der.oid(oids.localKeyId), der.setOf(der.octetString(localKeyId))));
  if (friendlyName) {
    list.push(der.sequence(der.oid(oids.friendlyName), der.setOf(der.bmpString(friendlyName))));
  }
  return list.length > 0 ? der.setOf(...list) : [];
}

/** EncryptedPrivateKeyInfo under PBES2. */
export function encryptedPrivateKey(pkcs8, password, seed) {
  const { algorithm, encrypted } = schemes.pbes2({ password, seed, iterations: 2048 }, pkcs8);
  return der.sequence(algorithm, der.octetString(encrypted));
}

/**
 * A PFX. `layout`: `modern`, `legacy` (DER) or `national` (BER: indefinite lengths, strings in pieces).
 *
 * `entries`: `{ pkcs8?, certificate?, friendlyName?, localKeyId? }`. For bombs and oddities: `claimedMacIterations`,
 * `claimedKeyIterations`, `keysInside` (encrypted once more, beside the certificates), `mac: false`.
 */
export function pkcs12(options) {
  const { layout, password, seed, entries, claimedMacIterations, claimedKeyIterations, mac = true } = options;
  const modern = layout === 'modern';
  const wrap = layout === 'national' ? der.indefinite : der.element;
  const count = modern ? 2048 : 1024;
  const encrypt = (kind, part, plain, claimed) =>
    schemes[modern ? 'pbes2' : kind](
      { password, seed: `${seed} ${part}`, iterations: count, claimed },
      plain,
    );

  const keyBags = entries
    .filter((entry) => entry.pkcs8)
    .map((entry, index) => {
      const { algorithm, encrypted } = encrypt(
        'tripleDes',
        `key ${index}`,
        entry.pkcs8,
        claimedKeyIterations,
      );
      const shrouded = der.sequence(algorithm, der.octetString(encrypted));
      return der.sequence(der.oid(oids.shroudedKeyBag), der.explicit(0, shrouded), attributes(entry));
    });
  const certificateBags = entries
    .filter((entry) => entry.certificate)
    .map((entry) => {
      const bag = der.sequence(der.oid(oids.x509), der.explicit(0, der.octetString(entry.certificate)));
      return der.sequence(der.oid(oids.certBag), der.explicit(0, bag), attributes(entry));
    });

  const contents = [];
  if (keyBags.length > 0 && !options.keysInside) {
    const octets = der.octetString(der.sequence(...keyBags));
    contents.push(wrap(0x30, der.oid(oids.data), wrap(0xa0, octets)));
  }
  const encryptedBags = options.keysInside ? [...certificateBags, ...keyBags] : certificateBags;
  if (encryptedBags.length > 0) {
    const { algorithm, encrypted } = encrypt('rc2', 'certificates', der.sequence(...encryptedBags));
    const pieces = [encrypted.subarray(0, 1000), encrypted.subarray(1000)];
    const content =
      layout === 'national'
        ? der.indefinite(0xa0, ...pieces.map(der.octetString))
        : der.implicit(0, encrypted);
    const info = wrap(0x30, der.oid(oids.data), algorithm, content);
    const data = wrap(0x30, der.integer(0), info);
    contents.push(wrap(0x30, der.oid(oids.encryptedData), wrap(0xa0, data)));
  }
  const safe = wrap(0x30, ...contents);

  const hash = modern ? 'sha256' : 'sha1';
  const salt = seeded(`${seed} mac`, 20);
  const length = modern ? 32 : 20;
  const macKey = derive({ password, salt, iterations: count, purpose: 3, length, hash });
  const digest = createHmac(hash, macKey).update(safe).digest();
  const digestInfo = der.sequence(der.sequence(der.oid(oids[hash]), der.nil()), der.octetString(digest));
  const macData = der.sequence(digestInfo, der.octetString(salt), der.integer(claimedMacIterations ?? count));

  const octets =
    layout === 'national'
      ? der.indefinite(0x24, der.octetString(safe.subarray(0, 1000)), der.octetString(safe.subarray(1000)))
      : der.octetString(safe);
  const authSafe = wrap(0x30, der.oid(oids.data), wrap(0xa0, octets));
  return wrap(0x30, der.integer(3), authSafe, mac ? macData : []);
}
