/**
 * Writes src/test-party/*-pem.ts from fixtures/keys: `node packages/emulator/scripts/write-test-party.mjs`.
 *
 * The emulator is published without fixtures, so its keys travel as constants. TEST ONLY, all of them. Run it after
 * scripts/test-pki.mjs; with the same keys the same files come out.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { certificate, purposes } from '../../../scripts/test-pki/certificate.mjs';
import * as der from '../../../scripts/test-pki/der.mjs';

const keys = new URL('../../../fixtures/keys/', import.meta.url);
const target = new URL('../src/test-party/', import.meta.url);

const read = (file) => readFileSync(new URL(file, keys));
const text = (file) => read(file).toString('latin1');
const key = (file) => createPrivateKey(read(file));

function write(file, summary, constants) {
  const body = constants.map(
    ([name, doc, value]) =>
      `/** ${doc} TEST ONLY. */\nexport const ${name}: string = \`${value.trim()}\n\`;\n`,
  );
  const head = `/**\n * ${summary} TEST ONLY: published with the source, trusted by nothing but the emulator.\n *\n`;
  const note = ' * Written by scripts/write-test-party.mjs; do not edit.\n *\n * @module\n */\n\n';
  writeFileSync(new URL(file, target), head + note + body.join('\n'));
}

const gatewayCertificate = new X509Certificate(read('gateway.crt'));
const gatewaySerial = Buffer.from(gatewayCertificate.serialNumber, 'hex');
const expiredSerial = Buffer.from(gatewaySerial);
expiredSerial[expiredSerial.length - 1] ^= 1;

// The subject of the gateway's certificate, and the name that both authorities bear.
const attributes = (lines) =>
  lines.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
const ours = { serialNumber: 'serialNumber', CN: 'CN', SN: 'SN', GN: 'GN', O: 'O', OU: 'OU', C: 'C' };
const subject = attributes(gatewayCertificate.subject).map(([type, value]) => [ours[type], value]);
const issuer = attributes(gatewayCertificate.issuer).map(([type, value]) => [ours[type], value]);
const profile = {
  subject,
  issuer,
  notBefore: '2020-01-01T00:00:00Z',
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  extendedKeyUsage: [purposes.sign, purposes.organisation, purposes.chief],
  policies: ['1.2.398.3.3.2', '1.2.398.3.3.2.1'],
};
const expired = certificate({
  ...profile,
  key: key('gateway.key'),
  serial: expiredSerial,
  notAfter: '2021-01-01T00:00:00Z',
  issuerKey: key('private/ca.key'),
});
const stranger = certificate({
  ...profile,
  key: key('attacker.key'),
  serial: gatewaySerial,
  notAfter: '2099-12-31T23:59:59Z',
  issuerKey: key('private/attacker-ca.key'),
});

write('gateway-pem.ts', 'The gateway and the authority above everybody.', [
  ['gatewayKeyPem', 'Private key of the gateway, PKCS#8.', text('gateway.key')],
  ['gatewayCertificatePem', 'Certificate of the gateway.', text('gateway.crt')],
  [
    'expiredGatewayCertificatePem',
    'Certificate of the same key that ended in 2021.',
    der.pem('CERTIFICATE', expired),
  ],
  ['authorityCertificatePem', 'Certificate of the authority that issued the others.', text('ca.crt')],
]);
write('organisation-pem.ts', 'The built-in information system.', [
  ['organisationKeyPem', 'Private key of the system, PKCS#8.', text('organisation.key')],
  ['organisationCertificatePem', 'Certificate of the system.', text('organisation.crt')],
  [
    'organisationPkcs12Base64',
    'The same as a PKCS#12 container, password `test-only`.',
    read('organisation.p12').toString('base64').replace(/.{76}/g, '$&\n'),
  ],
]);
write('stranger-pem.ts', 'Somebody who poses as the gateway.', [
  ['strangerKeyPem', 'Private key of nobody, PKCS#8.', text('attacker.key')],
  [
    'strangerCertificatePem',
    'Its certificate, named like the gateway’s own.',
    der.pem('CERTIFICATE', stranger),
  ],
]);
write('tls-pem.ts', 'The HTTPS server at `localhost`, and a client for mutual TLS.', [
  ['tlsKeyPem', 'Private key of the server, PKCS#8.', text('tls-server.key')],
  ['tlsCertificatePem', 'Certificate for `localhost`, 127.0.0.1 and ::1.', text('tls-server.crt')],
  ['tlsClientKeyPem', 'Private key of the client, PKCS#8.', text('tls-client.key')],
  ['tlsClientCertificatePem', 'Certificate of the client.', text('tls-client.crt')],
]);
const gost = (file) => text(`gost2015-512/${file}`);
write('gost-pem.ts', 'The same parties with keys of GOST 34.310-2015, 512 bits.', [
  ['gostGatewayKeyPem', 'Private key of the gateway, PKCS#8.', gost('gateway.key')],
  ['gostGatewayCertificatePem', 'Certificate of the gateway.', gost('gateway.crt')],
  ['gostAuthorityCertificatePem', 'Certificate of the authority that issued the others.', gost('ca.crt')],
  ['gostOrganisationKeyPem', 'Private key of the system, PKCS#8.', gost('organisation.key')],
  ['gostOrganisationCertificatePem', 'Certificate of the system.', gost('organisation.crt')],
  [
    'gostOrganisationPkcs12Base64',
    'The same as a PKCS#12 container, password `test-only`.',
    read('gost2015-512/organisation.p12').toString('base64').replace(/.{76}/g, '$&\n'),
  ],
]);
