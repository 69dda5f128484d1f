/** KeyInfo that is not one of the known forms, or that means several signers. */
import { bodyId, tokenId, uris } from './message.mjs';
import {
  base64Binary,
  base64Certificate,
  issuerSerialElement,
  keyIdentifier,
  keyInfo,
  securityToken,
} from './parties.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const org = 'organisation';
const code = 'ERR_VERIFY_KEY_INFO';
const keyInfos = () =>
  [
    ['key-info-empty', 'KeyInfo is empty', '<ds:KeyInfo/>'],
    ['key-info-key-value', 'the public key itself', '<ds:KeyInfo><ds:KeyValue/></ds:KeyInfo>'],
    ['key-info-key-name', 'a key name', '<ds:KeyInfo><ds:KeyName>organisation</ds:KeyName></ds:KeyInfo>'],
    [
      'key-info-retrieval-method',
      'a place to fetch the key from',
      '<ds:KeyInfo><ds:RetrievalMethod URI="http://localhost/"/></ds:KeyInfo>',
    ],
    [
      'key-info-two-forms',
      'two forms side by side',
      keyInfo['x509-data'](org).replace(
        '</ds:KeyInfo>',
        '<ds:KeyName>organisation</ds:KeyName></ds:KeyInfo>',
      ),
    ],
    ['key-info-embedded', 'an embedded token', keyInfo.in('<wsse:Embedded/>')],
    [
      'key-info-two-references',
      'two references in SecurityTokenReference',
      keyInfo.in('<wsse:KeyIdentifier/><wsse:KeyIdentifier/>'),
    ],
    [
      'key-identifier-unknown-type',
      'a key identifier of unknown type',
      keyIdentifier(base64Certificate(org), { valueType: 'urn:test' }),
    ],
    [
      'key-identifier-hex',
      'a key identifier in hexadecimal',
      keyIdentifier(base64Certificate(org), { encoding: base64Binary.replace('Base64Binary', 'HexBinary') }),
    ],
    [
      'token-reference-to-nothing',
      'a reference to a token that is not there',
      keyInfo['binary-security-token'](tokenId),
    ],
    ['token-reference-empty', 'a reference that is only #', keyInfo['binary-security-token']('')],
    [
      'token-reference-external',
      'a reference to a token elsewhere',
      keyInfo['binary-security-token'](tokenId).replace('#X509', 'cid:X509'),
    ],
    ['x509-data-empty', 'X509Data is empty', '<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>'],
    [
      'x509-data-unknown',
      'X509Data with an unknown element',
      '<ds:KeyInfo><ds:X509Data><ds:X509CRL>AAAA</ds:X509CRL></ds:X509Data></ds:KeyInfo>',
    ],
    [
      'x509-data-two-serials',
      'two issuers and serial numbers',
      `<ds:KeyInfo><ds:X509Data>${issuerSerialElement(org)}${issuerSerialElement(org)}</ds:X509Data></ds:KeyInfo>`,
    ],
    [
      'issuer-serial-not-decimal',
      'a serial number in hexadecimal',
      keyInfo.in(`<ds:X509Data>${issuerSerialElement(org, undefined, '0xAB')}</ds:X509Data>`),
    ],
    [
      'issuer-serial-nested',
      'elements inside the serial number',
      keyInfo.in(`<ds:X509Data>${issuerSerialElement(org, undefined, '<ds:X>1</ds:X>')}</ds:X509Data>`),
    ],
    [
      'key-info-other-namespace',
      'the token reference is in a namespace that is not WS-Security',
      keyInfo['key-identifier'](org)
        .replace('<wsse:SecurityTokenReference', '<x:SecurityTokenReference xmlns:x="urn:test"')
        .replace('</wsse:SecurityTokenReference', '</x:SecurityTokenReference'),
    ],
    [
      'issuer-serial-incomplete',
      'no serial number',
      keyInfo.in(
        '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=X</ds:X509IssuerName></ds:X509IssuerSerial></ds:X509Data>',
      ),
    ],
  ].map(([rule, title, text]) => refused(code, rule, title, signed({ keyInfo: text })));

const tokens = () => [
  refused(
    code,
    'token-without-id',
    'a token without an id, and a reference that is only #',
    signed({
      before: securityToken(org).replace(/ wsu:Id="[^"]*"/, ''),
      keyInfo: keyInfo['binary-security-token'](''),
    }),
  ),
  refused(
    code,
    'token-unknown-type',
    'a token that is no certificate',
    signed({
      before: securityToken(org, { valueType: 'urn:test' }),
      keyInfo: keyInfo['binary-security-token'](tokenId),
    }),
  ),
  refused(
    code,
    'token-hex',
    'a token in hexadecimal',
    signed({
      before: securityToken(org, { encoding: 'urn:test#HexBinary' }),
      keyInfo: keyInfo['binary-security-token'](tokenId),
    }),
  ),
  refused(
    code,
    'token-outside-security',
    'the token is not in wsse:Security',
    signed({
      headerAfter: `<x:block xmlns:x="urn:test" xmlns:wsse="${uris.wsse}">${securityToken(org)}</x:block>`,
      keyInfo: keyInfo['binary-security-token'](tokenId),
    }),
  ),
  refused(
    code,
    'token-is-body',
    'the token reference means the Body',
    signed({ keyInfo: keyInfo['binary-security-token'](bodyId) }),
  ),
  refused(
    'ERR_VERIFY_DUPLICATE_ID',
    'two-tokens-one-id',
    'two tokens with one id',
    signed({
      before: securityToken('attacker') + securityToken(org),
      keyInfo: keyInfo['binary-security-token'](tokenId),
    }),
  ),
];

export const keyInfoCases = () => [...keyInfos(), ...tokens()];
