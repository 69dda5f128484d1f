/**
 * Makes the test PKI in fixtures/keys: `node scripts/test-pki.mjs`.
 *
 * RSA keys and GOST certificates are made once and kept, GOST keys come from a seed: the same files come out, byte by byte.
 * Needs the built packages: `npm run build`.
 * TEST ONLY. Nothing made here may be trusted by anything but tests and the emulator.
 */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { certificate, certificateBy, keyIdentifier, purposes } from './test-pki/certificate.mjs';
import * as der from './test-pki/der.mjs';
import { gostKey, gostPkcs8 } from './test-pki/gost-key.mjs';
import { encryptedPrivateKey, pkcs12 } from './test-pki/pkcs12.mjs';

const { values: flags } = parseArgs({ options: { out: { type: 'string' } } });
const source = new URL('../fixtures/keys/', import.meta.url);
const target = flags.out === undefined ? source : new URL(`file://${flags.out.replace(/\/?$/, '/')}`);
const password = 'test-only';

mkdirSync(new URL('private/', target), { recursive: true });
mkdirSync(new URL('broken/', target), { recursive: true });

const write = (file, content) => writeFileSync(new URL(file, target), content);
const pkcs8Of = (key) => key.export({ type: 'pkcs8', format: 'der' });

/** A key of the committed set; made when it is not there yet. */
function keyFor(file, modulusLength = 2048) {
  const url = new URL(file, source);
  const key = existsSync(url)
    ? createPrivateKey(readFileSync(url))
    : generateKeyPairSync('rsa', { modulusLength }).privateKey;
  write(file, key.export({ type: 'pkcs8', format: 'pem' }));
  return key;
}

/** As the national authority does it: the serial number is the key identifier. Here without its sign bit. */
function serialOf(key, highBit = false) {
  const serial = Buffer.from(keyIdentifier(key)).subarray(0, 16);
  serial[0] = highBit ? serial[0] | 0x80 : (serial[0] & 0x3f) | 0x40;
  return serial;
}

const validity = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-12-31T23:59:59Z' };
const signing = ['digitalSignature', 'nonRepudiation'];
const authentication = ['digitalSignature', 'keyEncipherment'];
const caUsage = ['keyCertSign', 'cRLSign'];
const signPolicy = ['1.2.398.3.3.2', '1.2.398.3.3.2.1'];
const organisationPurposes = [purposes.sign, purposes.organisation, purposes.chief];

const caSubject = [
  ['CN', 'СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST ONLY'],
  ['C', 'KZ'],
];
const branchSubject = [
  ['CN', 'АРАЛЫҚ СЫНАҚ ОРТАЛЫҚ (RSA) TEST ONLY'],
  ['C', 'KZ'],
];

const person = (surname, givenName, iin) => [
  ['CN', `${surname} ${givenName} TEST ONLY`],
  ['SN', surname],
  ['serialNumber', `IIN${iin}`],
  ['C', 'KZ'],
  ['GN', `${givenName}ҰЛЫ`],
];
const organisation = ({ surname, givenName, iin, name, bin }) => [
  ...person(surname, givenName, iin).slice(0, 4),
  ['O', `${name} TEST ONLY`],
  ['OU', `BIN${bin}`],
  ['GN', `${givenName}ҰЛЫ`],
];

const subjects = {
  organisation: organisation({
    surname: 'ТЕСТОВ',
    givenName: 'ҒАЛЫМ',
    iin: '001300900011',
    name: '«СЫНАҚ ҰЙЫМЫ» ЖШС',
    bin: '991340000017',
  }),
  person: person('ӘЛІМҰЛЫ', 'СЫНАҚ', '001300900207'),
  gateway: organisation({
    surname: 'ШЛЮЗОВ',
    givenName: 'ТЕСТ',
    iin: '001300900219',
    name: 'СЫНАҚ ШЛЮЗІ',
    bin: '991340000801',
  }),
  service: organisation({
    surname: 'ПОСТАВЩИКОВ',
    givenName: 'ТЕСТ',
    iin: '001300900220',
    name: 'СЫНАҚ СЕРВИСІ',
    bin: '991340000813',
  }),
  'other-bin': organisation({
    surname: 'ДРУГОВ',
    givenName: 'ТЕСТ',
    iin: '001300900021',
    name: 'БАСҚА СЫНАҚ ҰЙЫМЫ',
    bin: '991340000027',
  }),
};

const ca = { key: keyFor('private/ca.key'), subject: caSubject };
const branch = { key: keyFor('private/intermediate.key'), subject: branchSubject };
const attacker = { key: keyFor('private/attacker-ca.key'), subject: caSubject };

/** An end-entity profile of this PKI; `changes` make it wrong on purpose. */
const leaf = (key, subject, changes = {}) => ({
  ...validity,
  key,
  subject,
  serial: serialOf(key),
  issuer: ca.subject,
  issuerKey: ca.key,
  keyUsage: signing,
  extendedKeyUsage: organisationPurposes,
  policies: signPolicy,
  ...changes,
});
const authority = (self, issuer, changes = {}) => ({
  ...validity,
  key: self.key,
  subject: self.subject,
  serial: serialOf(self.key),
  issuer: issuer.subject,
  issuerKey: issuer.key,
  keyUsage: caUsage,
  ca: {},
  ...changes,
});

/** Writes NAME.crt, NAME.key and NAME.p12 and hands back what they are made of. */
function party(name, subject, changes = {}, layout = 'modern') {
  const key = keyFor(`${name}.key`);
  const extra = typeof changes === 'function' ? changes(key) : changes;
  const crt = certificate(leaf(key, subject, extra));
  const keyId = keyIdentifier(key);
  const entry = {
    pkcs8: pkcs8Of(key),
    certificate: crt,
    friendlyName: keyId.toString('hex'),
    localKeyId: keyId,
  };
  write(`${name}.crt`, der.pem('CERTIFICATE', crt));
  write(`${name}.p12`, pkcs12({ layout, password, seed: name, entries: [entry] }));
  return { key, certificate: crt, entry };
}

write('ca.crt', der.pem('CERTIFICATE', certificate(authority(ca, ca))));
write(
  'intermediate.crt',
  der.pem('CERTIFICATE', certificate(authority(branch, ca, { ca: { pathLength: 0 } }))),
);
write(
  'attacker-ca.crt',
  der.pem('CERTIFICATE', certificate(authority(attacker, attacker, { serial: serialOf(ca.key) }))),
);

const org = party('organisation', subjects.organisation, {}, 'national');
const someone = party('person', subjects.person, {
  extendedKeyUsage: [purposes.sign, purposes.person],
  policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.3'],
});
party('gateway', subjects.gateway, (key) => ({ serial: serialOf(key, true) }));
party('service', subjects.service);
party('other-bin', subjects['other-bin']);
party('expired', subjects.organisation, { notAfter: '2021-01-01T00:00:00Z' });
party('not-yet-valid', subjects.organisation, { notBefore: '2098-01-01T00:00:00Z' });
party('wrong-usage', subjects.organisation, { keyUsage: ['keyEncipherment'] });
party('branch', subjects.organisation, { issuer: branch.subject, issuerKey: branch.key });
const auth = party('auth', subjects.organisation, {
  keyUsage: authentication,
  extendedKeyUsage: [purposes.auth, purposes.organisation, purposes.chief],
  policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.2'],
});
party('attacker', subjects.organisation, { issuerKey: attacker.key, serial: serialOf(org.key) });

const tlsNames = {
  dns: ['localhost'],
  ip: [
    [127, 0, 0, 1],
    [...Array(15).fill(0), 1],
  ],
};
party('tls-server', [['CN', 'localhost']], {
  keyUsage: authentication,
  extendedKeyUsage: [purposes.tlsServer],
  policies: undefined,
  alternativeNames: tlsNames,
});
party('tls-client', [['CN', 'tls-client TEST ONLY']], {
  keyUsage: authentication,
  extendedKeyUsage: [purposes.tlsClient],
  policies: undefined,
});

const container = (file, options) =>
  write(file, pkcs12({ layout: 'modern', password, seed: file, entries: [org.entry], ...options }));
container('organisation-modern.p12', {});
container('organisation-legacy.p12', { layout: 'legacy' });
container('organisation-cyrillic-password.p12', { password: 'құпия сөз' });
container('organisation-cyrillic-password-legacy.p12', { layout: 'legacy', password: 'құпия сөз' });
container('organisation-empty-password.p12', { password: '' });
container('organisation-no-mac.p12', { mac: false });
container('organisation-mismatch.p12', {
  entries: [{ ...org.entry, certificate: someone.certificate, friendlyName: 'mismatch' }],
});
container('organisation-sign-and-auth.p12', {
  entries: [
    { ...org.entry, friendlyName: 'sign' },
    { ...auth.entry, friendlyName: 'auth' },
  ],
});
container('certificate-only.p12', { entries: [{ ...org.entry, pkcs8: undefined }] });
container('key-only.p12', { entries: [{ ...org.entry, certificate: undefined }] });
container('organisation-keys-inside.p12', { keysInside: true });
container('mac-iterations-bomb.p12', { claimedMacIterations: 0x7fffffff });
container('key-iterations-bomb.p12', { claimedKeyIterations: 0x7fffffff });
container('hidden-iterations-bomb.p12', { claimedKeyIterations: 0x7fffffff, keysInside: true });

const encrypted = encryptedPrivateKey(org.entry.pkcs8, password, 'organisation-encrypted.key');
write('organisation-encrypted.key', der.pem('ENCRYPTED PRIVATE KEY', encrypted));

const broken = (file, profile) => write(`broken/${file}.crt`, der.pem('CERTIFICATE', certificate(profile)));
const weak = keyFor('private/rsa-1024.key', 1024);
const pretender = { key: someone.key, subject: subjects.person };
const unknownExtension = { oid: '1.2.398.3.3.5.99.1', critical: true, value: der.nil() };

broken('sha1-signature', leaf(org.key, subjects.organisation, { hash: 'sha1' }));
broken('rsa-1024', leaf(weak, subjects.organisation));
broken('algorithm-mismatch', leaf(org.key, subjects.organisation, { outerHash: 'sha1' }));
broken('unknown-critical-extension', leaf(org.key, subjects.organisation, { extra: [unknownExtension] }));
broken('issuer-name-mismatch', leaf(org.key, subjects.organisation, { issuer: branch.subject }));
broken(
  'authority-key-mismatch',
  leaf(org.key, subjects.organisation, { authorityKeyIdentifier: Buffer.alloc(20, 1) }),
);
broken('no-key-usage', leaf(org.key, subjects.organisation, { keyUsage: undefined }));
broken('no-authority-key', leaf(org.key, subjects.organisation, { authorityKeyIdentifier: null }));
broken(
  'issued-by-person',
  leaf(org.key, subjects.organisation, { issuer: pretender.subject, issuerKey: pretender.key }),
);
broken('intermediate-not-ca', authority(branch, ca, { ca: undefined }));
broken('intermediate-no-cert-sign', authority(branch, ca, { keyUsage: ['cRLSign'] }));
broken('intermediate-expired', authority(branch, ca, { notAfter: '2021-01-01T00:00:00Z' }));
broken('intermediate-below-intermediate', authority(pretender, branch, {}));
broken(
  'leaf-below-two-intermediates',
  leaf(org.key, subjects.organisation, { issuer: pretender.subject, issuerKey: pretender.key }),
);
broken('two-bins', leaf(org.key, [...subjects.organisation, ['OU', 'BIN991340000027']]));
broken('issuer-reversed', leaf(org.key, subjects.organisation, { issuer: [...ca.subject].reverse() }));
broken(
  'strings',
  leaf(
    org.key,
    [
      ['CN', 'ӘҒҚҢӨҰҮҺІ'],
      ['O', 'Latin é'],
      ['E', 'test@example.invalid'],
      ['L', 'Astana'],
      ['C', 'KZ'],
    ],
    {
      encodings: {
        CN: der.bmpString,
        O: (text) => der.element(0x14, Buffer.from(text, 'latin1')),
        E: (text) => der.element(0x16, Buffer.from(text, 'latin1')),
        L: der.printableString,
      },
    },
  ),
);

// The same parties with GOST keys, a folder an algorithm.
const authName = { gost2004: 'GOST 2004', 'gost2015-256': 'GOST 2015-256', 'gost2015-512': 'GOST 2015-512' };
const gostAuthority = (algorithm, seed, title) => ({
  key: gostKey(algorithm, seed),
  subject: [
    ['CN', `${title} (${authName[algorithm]}) TEST ONLY`],
    ['C', 'KZ'],
  ],
});

async function gostPki(algorithm) {
  mkdirSync(new URL(`${algorithm}/`, target), { recursive: true });
  const root = gostAuthority(algorithm, 'ca', 'СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ');
  const rooted = { issuer: root.subject, issuerKey: root.key };
  const put = async (file, profile) => {
    const url = new URL(`${algorithm}/${file}.crt`, source);
    const kept = existsSync(url) ? der.fromPem(readFileSync(url, 'latin1')) : undefined;
    const octets = await certificateBy({ ...profile, kept });
    write(`${algorithm}/${file}.crt`, der.pem('CERTIFICATE', octets));
    return octets;
  };
  const box = (file, entries, layout = 'national') =>
    write(`${algorithm}/${file}.p12`, pkcs12({ layout, password, seed: `${algorithm}/${file}`, entries }));

  async function gostParty(name, subject, changes = {}) {
    const key = gostKey(algorithm, name);
    const crt = await put(name, leaf(key, subject, { ...rooted, ...changes }));
    const pkcs8 = gostPkcs8(key);
    write(`${algorithm}/${name}.key`, der.pem('PRIVATE KEY', pkcs8));
    const keyId = keyIdentifier(key);
    const entry = { pkcs8, certificate: crt, friendlyName: keyId.toString('hex'), localKeyId: keyId };
    box(name, [entry]);
    return { key, certificate: crt, entry };
  }

  await put('ca', authority(root, root));
  const holder = await gostParty('organisation', subjects.organisation);
  await gostParty('person', subjects.person, {
    extendedKeyUsage: [purposes.sign, purposes.person],
    policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.3'],
  });
  await gostParty('gateway', subjects.gateway);
  await gostParty('service', subjects.service);
  await gostParty('other-bin', subjects['other-bin']);
  await gostParty('expired', subjects.organisation, { notAfter: '2021-01-01T00:00:00Z' });
  await gostParty('not-yet-valid', subjects.organisation, { notBefore: '2098-01-01T00:00:00Z' });
  await gostParty('wrong-usage', subjects.organisation, { keyUsage: ['keyEncipherment'] });
  const login = await gostParty('auth', subjects.organisation, {
    keyUsage: authentication,
    extendedKeyUsage: [purposes.auth, purposes.organisation, purposes.chief],
    policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.2'],
  });

  box('organisation-modern', [holder.entry], 'modern');
  box('organisation-mismatch', [{ ...holder.entry, pkcs8: login.entry.pkcs8 }]);
  box('organisation-sign-and-auth', [
    { ...holder.entry, friendlyName: 'sign' },
    { ...login.entry, friendlyName: 'auth' },
  ]);
  for (const form of ['integer', 'little-endian', 'big-endian']) {
    box(`organisation-${form}`, [{ ...holder.entry, pkcs8: gostPkcs8(holder.key, form) }]);
  }
  const sealed = encryptedPrivateKey(holder.entry.pkcs8, password, `${algorithm}/organisation-encrypted.key`);
  write(`${algorithm}/organisation-encrypted.key`, der.pem('ENCRYPTED PRIVATE KEY', sealed));

  // Mixed chains: an RSA holder below a GOST authority, and a GOST holder below an RSA one.
  await put('rsa-organisation', leaf(org.key, subjects.organisation, rooted));
  await put('organisation-below-rsa', leaf(holder.key, subjects.organisation));
  const middle = gostAuthority(algorithm, 'intermediate', 'АРАЛЫҚ СЫНАҚ ОРТАЛЫҚ');
  await put('intermediate', authority(middle, ca, { ca: { pathLength: 0 } }));
  await gostParty('branch', subjects.organisation, { issuer: middle.subject, issuerKey: middle.key });

  // Wrong in the one way that the name says.
  const profile = leaf(holder.key, subjects.organisation, rooted);
  const { size, signatureOid } = root.key;
  const otherOid = gostKey(algorithm === 'gost2004' ? 'gost2015-256' : 'gost2004', 'other').signatureOid;
  const offCurve = Buffer.from(holder.key.spki);
  offCurve[offCurve.length - 1] ^= 1;
  await put('broken-algorithm-mismatch', { ...profile, signatureOid, outerOid: otherOid });
  await put('broken-other-algorithm', { ...profile, signatureOid: otherOid });
  await put('broken-zero-signature', { ...profile, signature: Buffer.alloc(2 * size) });
  await put('broken-off-curve', { ...profile, spki: offCurve });
}

for (const algorithm of Object.keys(authName)) await gostPki(algorithm);
