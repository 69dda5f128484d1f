/** Algorithms, transforms and reference URIs that are not the listed ones. */
import { createHmac } from 'node:crypto';

import { bodyId, reference, signedInfo, transform, uris } from './message.mjs';
import { certificateOf } from './parties.mjs';
import { refused } from './refused.mjs';
import { canonical, signed } from './sign.mjs';

const algorithm = 'ERR_VERIFY_ALGORITHM';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const pki = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';

const withInfo = (info, options = {}) => signed({ signature: { info: signedInfo(info) }, ...options });
const withReference = (parts, options) => withInfo({ references: reference(parts) }, options);
const method = (name, uri, content = '') => `<ds:${name} Algorithm="${uri}">${content}</ds:${name}>`;

const signatureMethods = () =>
  [
    ['rsa-sha1', 'RSA with SHA-1', uris.rsaSha1],
    ['rsa-sha1-kazakh-name', 'RSA with SHA-1, by a name that no standard defines', uris.rsaSha1Kazakh],
    ['rsa-md5', 'RSA with MD5', `${more}rsa-md5`],
    ['rsa-sha512', 'RSA with SHA-512, sound but not listed', `${more}rsa-sha512`],
    [
      'rsa-pss',
      'RSA with PSS padding, sound but not listed',
      'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
    ],
    ['ecdsa-sha256', 'ECDSA for an RSA key', `${more}ecdsa-sha256`],
    ['dsa-sha1', 'DSA for an RSA key', `${uris.ds}dsa-sha1`],
    ['gost-2015-512', 'GOST, whose suite was not given', `${pki}gostr34102015-gostr34112015-512`],
    ['signature-method-empty', 'an empty name', ''],
    ['signature-method-other-case', 'the right name in capital letters', uris.rsaSha256.toUpperCase()],
    ['signature-method-with-space', 'the right name with a space', ` ${uris.rsaSha256}`],
  ].map(([rule, title, uri]) =>
    refused(algorithm, rule, title, withInfo({ signatureMethod: method('SignatureMethod', uri) })),
  );

/** A MAC under the octets of the public certificate: who takes the algorithm from the message accepts it. */
function hmac(parameter = '') {
  const open = signed({
    signature: {
      info: signedInfo({ signatureMethod: method('SignatureMethod', `${more}hmac-sha256`, parameter) }),
      value: '<ds:SignatureValue>{{MAC}}</ds:SignatureValue>',
    },
  });
  const octets = canonical(open, "//*[local-name()='SignedInfo']");
  const key = certificateOf('organisation').publicKey.export({ type: 'spki', format: 'pem' });
  return open.replace('{{MAC}}', createHmac('sha256', key).update(octets).digest('base64'));
}

const otherMethods = () => [
  refused(algorithm, 'hmac', 'a MAC whose key is the public key', hmac()),
  refused(
    algorithm,
    'hmac-truncated',
    'a MAC of no length',
    hmac('<ds:HMACOutputLength>0</ds:HMACOutputLength>'),
  ),
  refused(
    algorithm,
    'signature-method-missing-algorithm',
    'SignatureMethod without Algorithm',
    withInfo({ signatureMethod: '<ds:SignatureMethod/>' }),
  ),
  refused(
    algorithm,
    'signature-method-parameter',
    'SignatureMethod with a parameter',
    withInfo({ signatureMethod: method('SignatureMethod', uris.rsaSha256, '<x:P xmlns:x="urn:test"/>') }),
  ),
  refused(
    algorithm,
    'digest-method-parameter',
    'DigestMethod with a parameter',
    withReference({ digestMethod: method('DigestMethod', uris.sha256, '<x:P xmlns:x="urn:test"/>') }),
  ),
  ...[
    ['digest-sha1', 'SHA-1 below a sound signature method', uris.sha1],
    ['digest-sha512', 'a digest of another suite', 'http://www.w3.org/2001/04/xmlenc#sha512'],
    ['digest-gost', 'a digest of GOST below RSA', `${pki}gostr34112015-512`],
    ['digest-empty-name', 'an empty name', ''],
  ].map(([rule, title, uri]) =>
    refused(algorithm, rule, title, withReference({ digestMethod: method('DigestMethod', uri) })),
  ),
  refused(
    algorithm,
    'sha1-digest-opted-in',
    'SHA-1 was allowed for old signatures, not below a new one',
    withReference({ digestMethod: method('DigestMethod', uris.sha1) }, { hash: 'sha256' }),
    { suites: ['rsa', 'rsa-sha1'] },
  ),
  ...[
    ['c14n-inclusive', 'inclusive C14N of SignedInfo', uris.c14n],
    ['c14n-1.1', 'C14N 1.1 of SignedInfo', 'http://www.w3.org/2006/12/xml-c14n11'],
    ['c14n-with-comments', 'exclusive C14N with comments of SignedInfo', uris.excC14nWithComments],
    ['c14n-unknown', 'an unknown canonicalisation of SignedInfo', 'urn:test'],
  ].map(([rule, title, uri]) =>
    refused(algorithm, rule, title, withInfo({ c14nMethod: method('CanonicalizationMethod', uri) })),
  ),
];

const transformed = (...list) =>
  withReference({ transforms: `<ds:Transforms>${list.join('')}</ds:Transforms>` });
const stylesheet =
  '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">same</xsl:template></xsl:stylesheet>';

const transforms = () =>
  [
    [
      'transform-enveloped',
      'the transform of enveloped signatures',
      transformed(transform({ algorithm: uris.enveloped }), transform()),
    ],
    [
      'transform-xslt',
      'a stylesheet',
      transformed(
        transform({ algorithm: 'http://www.w3.org/TR/1999/REC-xslt-19991116', content: stylesheet }),
      ),
    ],
    ['transform-base64', 'base64 decoding', transformed(transform({ algorithm: `${uris.ds}base64` }))],
    [
      'transform-xpath',
      'an XPath that leaves everything out',
      transformed(
        transform({
          algorithm: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
          content: '<ds:XPath>false()</ds:XPath>',
        }),
      ),
    ],
    [
      'transform-xpath-filter',
      'an XPath filter',
      transformed(transform({ algorithm: 'http://www.w3.org/2002/06/xmldsig-filter2' })),
    ],
    [
      'transform-str',
      'the transform of token references',
      transformed(
        transform({
          algorithm:
            'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform',
        }),
      ),
    ],
    ['transform-inclusive', 'inclusive C14N', transformed(transform({ algorithm: uris.c14n }))],
    [
      'transform-with-comments',
      'exclusive C14N with comments',
      transformed(transform({ algorithm: uris.excC14nWithComments })),
    ],
    ['transform-twice', 'exclusive C14N twice', transformed(transform(), transform())],
    [
      'transform-parameter',
      'exclusive C14N with an unknown parameter',
      transformed(transform({ content: '<x:P xmlns:x="urn:test"/>' })),
    ],
    ['transform-unnamed', 'a transform without Algorithm', transformed('<ds:Transform/>')],
    ['transforms-empty', 'no transform: that would be inclusive C14N', transformed()],
    [
      'transforms-missing',
      'no Transforms: that would be inclusive C14N',
      withReference({ transforms: null }),
    ],
  ].map(([rule, title, message]) => refused('ERR_VERIFY_TRANSFORM', rule, title, message));

const referenceUris = () =>
  [
    ['uri-empty', 'the whole document', ''],
    ['uri-missing', 'no URI', null],
    ['uri-only-hash', 'a # and nothing else', '#'],
    ['uri-xpointer-root', 'an XPointer to the root', '#xpointer(/)'],
    ['uri-xpointer-id', 'an XPointer to the Body', `#xpointer(id('${bodyId}'))`],
    ['uri-xpointer-path', 'an XPointer by position', '#element(/1/2)'],
    ['uri-external', 'a document elsewhere', `http://localhost/#${bodyId}`],
    ['uri-file', 'a file', 'file:///etc/hosts'],
    ['uri-attachment', 'an attachment', 'cid:body'],
    ['uri-escaped', 'an escape in the id', `#${bodyId.replace('-', '%2D')}`],
    ['uri-with-space', 'a space before the id', `# ${bodyId}`],
    ['uri-without-hash', 'the id without #', bodyId],
    ['uri-two-hashes', 'two #', `##${bodyId}`],
  ].map(([rule, title, uri]) => refused('ERR_VERIFY_REFERENCE_URI', rule, title, withReference({ uri })));

export const algorithmCases = () => [
  ...signatureMethods(),
  ...otherMethods(),
  ...transforms(),
  ...referenceUris(),
];
