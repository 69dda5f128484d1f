/** Signers who are not trusted, and signatures that are not by who they say. */
import { sendMessage, tokenId, uris } from './message.mjs';
import { base64Certificate, keyIdentifier, keyInfo, securityToken } from './parties.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const unknown = 'ERR_VERIFY_SIGNER_UNKNOWN';
const untrusted = 'ERR_VERIFY_SIGNER_UNTRUSTED';
const wrong = 'ERR_VERIFY_SIGNATURE';
const chain = (expect) => ({ trust: { roots: ['ca.crt'], expect } });
const organisationBin = { bin: '991340000017' };
const byToken = { before: securityToken('attacker'), keyInfo: keyInfo['binary-security-token'](tokenId) };

/** An attacker whose certificate has the subject, the issuer and the serial number of the organisation. */
const attackers = () => [
  refused(
    untrusted,
    'attacker-in-key-identifier',
    'the certificate of an attacker in the KeyIdentifier',
    signed({ key: 'attacker' }),
  ),
  refused(
    untrusted,
    'attacker-in-token',
    'the certificate of an attacker in a token',
    signed({ key: 'attacker', ...byToken }),
  ),
  refused(
    untrusted,
    'attacker-in-x509-data',
    'the certificate of an attacker in X509Data',
    signed({ key: 'attacker', keyInfo: keyInfo['x509-data']('attacker') }),
  ),
  refused(
    unknown,
    'attacker-by-key-identifier',
    'the key identifier of an attacker',
    signed({ key: 'attacker', keyInfo: keyInfo['subject-key-identifier']('attacker') }),
  ),
  refused(
    unknown,
    'attacker-by-thumbprint',
    'the thumbprint of an attacker',
    signed({ key: 'attacker', keyInfo: keyInfo['thumbprint-sha1']('attacker') }),
  ),
  refused(
    wrong,
    'attacker-by-issuer-serial',
    'the same issuer and serial number, another key',
    signed({ key: 'attacker', keyInfo: keyInfo['issuer-serial']('attacker') }),
  ),
  refused(
    wrong,
    'attacker-without-key-info',
    'an attacker who says nothing about himself',
    signed({ key: 'attacker', keyInfo: '' }),
    { trust: { pinned: ['organisation.crt'], allowUnnamedSigner: true } },
  ),
  refused(
    wrong,
    'attacker-with-certificate-of-other',
    'signed by an attacker, with the certificate of the organisation',
    signed({ key: 'attacker', keyInfo: keyInfo['key-identifier']('organisation') }),
  ),
  refused(
    untrusted,
    'attacker-chain',
    'an authority of the same name issued the certificate',
    signed({ key: 'attacker' }),
    chain(organisationBin),
  ),
  refused(
    untrusted,
    'attacker-chain-with-root',
    'the attacker sends the root of his own authority along',
    signed({
      key: 'attacker',
      keyInfo: keyInfo['x509-data']('attacker').replace(
        '</ds:X509Data>',
        `<ds:X509Certificate>${base64Certificate('attacker-ca')}</ds:X509Certificate></ds:X509Data>`,
      ),
    }),
    chain(organisationBin),
  ),
];

const others = () => [
  refused(
    unknown,
    'signer-unnamed',
    'a genuine message that says nothing about its signer, which the policy does not allow',
    signed({ keyInfo: '' }),
  ),
  refused(
    untrusted,
    'other-signer',
    'a genuine certificate of the same authority that is not pinned',
    signed({ key: 'other-bin' }),
  ),
  refused(
    unknown,
    'other-issuer-serial',
    'issuer and serial number of a certificate that is not pinned',
    signed({ key: 'other-bin', keyInfo: keyInfo['issuer-serial']('other-bin') }),
  ),
  refused(
    'ERR_VERIFY_SIGNER_IDENTITY',
    'other-identity',
    'the BIN of the certificate is not the expected one',
    signed({ key: 'other-bin' }),
    chain(organisationBin),
  ),
  refused(
    'ERR_VERIFY_SIGNER_IDENTITY',
    'other-identity-no-bin',
    'a person where an organisation is expected',
    signed({ key: 'person' }),
    chain(organisationBin),
  ),
  refused(
    'ERR_VERIFY_SIGNER_PURPOSE',
    'key-not-for-signing',
    'the certificate is for encryption',
    signed({ key: 'wrong-usage' }),
    chain(organisationBin),
  ),
  refused(
    'ERR_VERIFY_CERTIFICATE_EXPIRED',
    'expired-signer',
    'the certificate has expired',
    signed({ key: 'expired' }),
    { trust: { pinned: ['expired.crt'] } },
  ),
  refused(
    'ERR_VERIFY_CERTIFICATE_EXPIRED',
    'expired-signer-chain',
    'the certificate has expired, its authority has not',
    signed({ key: 'expired' }),
    chain(organisationBin),
  ),
  refused(
    'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID',
    'signer-not-yet-valid',
    'the certificate is of the future',
    signed({ key: 'not-yet-valid' }),
    { trust: { pinned: ['not-yet-valid.crt'] } },
  ),
  refused(
    'ERR_VERIFY_CERTIFICATE',
    'certificate-garbage',
    'the certificate is no certificate',
    signed({ keyInfo: keyIdentifier('AAAA') }),
    chain(organisationBin),
  ),
  refused(
    'ERR_VERIFY_CERTIFICATE',
    'certificate-with-tail',
    'octets behind the certificate',
    signed({ keyInfo: keyIdentifier(tailed()) }),
    chain(organisationBin),
  ),
];

function tailed() {
  return Buffer.concat([
    Buffer.from(base64Certificate('organisation'), 'base64'),
    Buffer.from('00', 'hex'),
  ]).toString('base64');
}

const genuine = signed();
const other = signed({ body: { content: sendMessage({ number: '000000002' }) } });
const part = (message, name) => new RegExp(`<ds:${name}>.*</ds:${name}>`, 's').exec(message)[0];

/** A genuine signature, put to another use. */
const mixtures = () => [
  refused(
    wrong,
    'digest-exchanged',
    'Body and digest are new, the signature is old',
    genuine
      .replace('000000001', '000000002')
      .replace(part(genuine, 'DigestValue'), part(other, 'DigestValue')),
  ),
  refused(
    wrong,
    'signature-of-other-message',
    'the SignatureValue of another message of the same signer',
    genuine.replace(part(genuine, 'SignatureValue'), part(other, 'SignatureValue')),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'signature-element-of-other-message',
    'the whole signature of another message',
    genuine.replace(
      /<ds:Signature .*<\/ds:Signature>/s,
      () => /<ds:Signature .*<\/ds:Signature>/s.exec(other)[0],
    ),
  ),
  refused(
    wrong,
    'signed-info-reformatted',
    'a line break more in SignedInfo',
    genuine.replace('<ds:Reference', '\n<ds:Reference'),
  ),
  refused(
    wrong,
    'prefix-renamed-in-signature',
    'the same SignedInfo with another prefix',
    genuine.replaceAll('ds:', 'dsig:').replace('xmlns:ds=', 'xmlns:dsig='),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'body-reformatted',
    'a line break more in the Body',
    genuine.replace('<requestData>', '\n<requestData>'),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'namespace-exchanged',
    'a prefix of the Body is bound to another namespace',
    genuine.replace(uris.types, 'urn:test'),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'attribute-added',
    'an attribute more on the Body',
    genuine.replace('<soap:Body ', '<soap:Body x="1" '),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'element-removed',
    'an element of the Body is missing',
    genuine.replace('<number>000000001</number>', ''),
  ),
  refused(
    'ERR_VERIFY_KEY_WEAK',
    'key-of-1024-bits',
    'a pinned certificate whose key is too short',
    signed({ key: 'private/rsa-1024', keyInfo: keyInfo['key-identifier']('broken/rsa-1024') }),
    { trust: { pinned: ['broken/rsa-1024.crt'] } },
  ),
];

export const signerCases = () => [...attackers(), ...others(), ...mixtures()];
