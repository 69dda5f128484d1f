/** Messages that must be accepted: every form that gateways and their peers are known to send. */
import {
  bodyId,
  reference,
  sendMessage,
  signature,
  signedInfo,
  tokenId,
  transform,
  uris,
} from './message.mjs';
import {
  base64Certificate,
  issuerNameReversed,
  issuerSerialElement,
  keyInfo,
  securityToken,
} from './parties.mjs';
import { fill, signed } from './sign.mjs';

const org = 'organisation';
const ok = (rule, title, message, options = {}) => ({ rule, title, expect: 'ok', message, ...options });

const prefixList = (prefixes) =>
  `<ec:InclusiveNamespaces xmlns:ec="${uris.excC14n}" PrefixList="${prefixes}"/>`;
const withPrefixLists = (infoPrefixes, prefixes) =>
  signedInfo({
    c14nMethod: `<ds:CanonicalizationMethod Algorithm="${uris.excC14n}">${prefixList(infoPrefixes)}</ds:CanonicalizationMethod>`,
    references: reference({
      transforms: `<ds:Transforms>${transform({ content: prefixList(prefixes) })}</ds:Transforms>`,
    }),
  });

const multiline = `
<ds:CanonicalizationMethod Algorithm="${uris.excC14n}"/>
<ds:SignatureMethod Algorithm="${uris.rsaSha256}"/>
<ds:Reference URI="#${bodyId}">
<ds:Transforms>
<ds:Transform Algorithm="${uris.excC14n}"/>
</ds:Transforms>
<ds:DigestMethod Algorithm="${uris.sha256}"/>
<ds:DigestValue>{{DIGEST}}</ds:DigestValue>
</ds:Reference>
`;

const lines = (base64, end) => base64.match(/.{1,76}/g).join(end);

const innerSignature = signature({
  info: signedInfo({
    c14nMethod: `<ds:CanonicalizationMethod Algorithm="${uris.c14n}"/>`,
    references: reference({ uri: '', digestValue: 'AAAA' }),
  }),
  value: '<ds:SignatureValue>AAAA</ds:SignatureValue>',
});

const rsaSha1 = (signatureUri, digestUri) => ({
  hash: 'sha1',
  signature: {
    info: signedInfo({
      signatureMethod: `<ds:SignatureMethod Algorithm="${signatureUri}"/>`,
      references: reference({ digestMethod: `<ds:DigestMethod Algorithm="${digestUri}"/>` }),
    }),
  },
});

const fault = '<soap:Fault><faultcode>soap:Server</faultcode><faultstring>refused</faultstring></soap:Fault>';

/** KeyInfo in every form. */
const forms = () => [
  ok('key-identifier', 'the whole certificate in a KeyIdentifier, the form of the gateway', signed()),
  ok(
    'binary-security-token',
    'a token beside the signature, referenced by its id',
    signed({ before: securityToken(org), keyInfo: keyInfo['binary-security-token'](tokenId) }),
  ),
  ok('x509-data', 'the certificate in X509Data', signed({ keyInfo: keyInfo['x509-data'](org) })),
  ok(
    'issuer-serial',
    'issuer and serial number, no certificate',
    signed({ keyInfo: keyInfo['issuer-serial'](org) }),
  ),
  ok(
    'issuer-serial-reversed',
    'the issuer with its RDNs in the other order',
    signed({ keyInfo: keyInfo['issuer-serial'](org, issuerNameReversed) }),
  ),
  ok(
    'issuer-serial-in-x509-data',
    'issuer and serial number in X509Data without a token reference',
    signed({ keyInfo: `<ds:KeyInfo><ds:X509Data>${issuerSerialElement(org)}</ds:X509Data></ds:KeyInfo>` }),
  ),
  ok(
    'subject-key-identifier',
    'the key identifier',
    signed({ keyInfo: keyInfo['subject-key-identifier'](org) }),
  ),
  ok('thumbprint-sha1', 'the SHA-1 thumbprint', signed({ keyInfo: keyInfo['thumbprint-sha1'](org) })),
  ok('no-key-info', 'nothing about the signer, one certificate is pinned', signed({ keyInfo: '' }), {
    trust: { pinned: ['organisation.crt'], allowUnnamedSigner: true },
  }),
  ok(
    'x509-data-chain',
    'the certificate of the signer, then that of its authority',
    signed({
      keyInfo:
        `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64Certificate(org)}</ds:X509Certificate>` +
        `<ds:X509Certificate>${base64Certificate('ca')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    }),
  ),
  ok(
    'x509-data-all-forms',
    'issuer and serial number, subject name and certificate together',
    signed({
      keyInfo:
        `<ds:KeyInfo><ds:X509Data>${issuerSerialElement(org)}<ds:X509SubjectName>CN=TEST</ds:X509SubjectName>` +
        `<ds:X509Certificate>${base64Certificate(org)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    }),
  ),
  ok(
    'wss4j-ids',
    'ids on Signature, KeyInfo and SecurityTokenReference',
    signed({
      signature: { attributes: ' Id="SIG-1"' },
      keyInfo:
        `<ds:KeyInfo Id="KI-2"><wsse:SecurityTokenReference xmlns:wsu="${uris.wsu}" wsu:Id="STR-3"><ds:X509Data>` +
        `${issuerSerialElement(org)}</ds:X509Data></wsse:SecurityTokenReference></ds:KeyInfo>`,
    }),
  ),
];

/** White space, prefixes, encodings: what survives canonicalisation and what is signed as it stands. */
const spellings = () => [
  ok(
    'newlines-in-signed-info',
    'line breaks inside SignedInfo are signed data',
    signed({ signature: { info: `<ds:SignedInfo>${multiline}</ds:SignedInfo>` } }),
  ),
  ok(
    'carriage-returns-in-base64',
    'base64 in lines that end in a character reference of CR',
    signed({
      wrap: (base64) => lines(base64, '&#13;\n'),
      keyInfo: keyInfo['key-identifier'](org).replace(
        />([A-Za-z0-9+/=]{100,})</,
        (_all, base64) => `>${lines(base64, '&#13;\n')}<`,
      ),
    }),
  ),
  ok('crlf-line-ends', 'every line of the message ends in CRLF', crlf()),
  ok(
    'byte-order-mark',
    'a byte order mark and an XML declaration',
    `\uFEFF<?xml version="1.0" encoding="UTF-8"?>${signed()}`,
  ),
  ok('two-soap-prefixes', 'two prefixes for the SOAP namespace', twoPrefixes()),
  ok('default-namespace', 'SOAP as the default namespace, undeclared inside the Body', defaultNamespace()),
  ok(
    'redeclared-namespaces',
    'xmlns:ds again on every element of the signature',
    fill(
      signed({
        keyInfo: keyInfo['issuer-serial'](org),
        signature: { value: '<ds:SignatureValue>{{LATER}}</ds:SignatureValue>' },
      })
        .replace(/<ds:(\w+)(?![^>]*xmlns:ds)/g, `<ds:$1 xmlns:ds="${uris.ds}"`)
        .replace('{{LATER}}', '{{SIGNATURE}}'),
    ),
  ),
  ok(
    'inclusive-prefix-list',
    'PrefixLists in both canonicalisations, with namespaces inherited from the envelope',
    signed({
      envelope: { attributes: ' xmlns:a="urn:test:a" xmlns:b="urn:test:b"' },
      signature: { info: withPrefixLists('soap a', 'b') },
      infoPrefixes: ['soap', 'a'],
      prefixes: ['b'],
    }),
  ),
  ok(
    'empty-prefix-list',
    'PrefixLists with nothing in them',
    signed({ signature: { info: withPrefixLists('', '') } }),
  ),
  ok('indented', 'white space between all elements of envelope and header', indented()),
  ok(
    'references-and-cdata',
    'character references and CDATA in the Body',
    signed({
      body: {
        content: sendMessage({ data: '<data a="&#x9;&quot;"><x>&#1048;<![CDATA[<&>]]>&gt;&#13;</x></data>' }),
      },
    }),
  ),
  ok(
    'kazakh-letters',
    'letters beyond Latin, and a character beyond the basic plane',
    signed({ body: { content: sendMessage({ data: '<data><имя>Әғқңөұүһі 𐐷</имя></data>' }) } }),
  ),
  ok(
    'comments-between-elements',
    'comments between elements of header and Body: canonicalisation drops them',
    signed({
      headerBefore: '<!-- one -->',
      body: {
        content: `<!-- two -->${sendMessage({ data: '<data><a>1</a><!-- three --><b>2</b></data>' })}`,
      },
    }),
  ),
];

/** What may stand beside the signature and inside the Body. */
const surroundings = () => [
  ok('soap-1.2', 'a SOAP 1.2 envelope', signed({ envelope: { namespace: uris.soap12 } })),
  ok(
    'wsse-id-and-wsu-id',
    'the Body has both ids with one value',
    signed({
      body: {
        namespaces: ` xmlns:wsse="${uris.wsse}" xmlns:wsu="${uris.wsu}"`,
        id: ` wsse:Id="${bodyId}" wsu:Id="${bodyId}"`,
      },
    }),
  ),
  ok(
    'wsse-id',
    'the Body has its id in wsse:Id alone',
    signed({ body: { namespaces: ` xmlns:wsse="${uris.wsse}"`, id: ` wsse:Id="${bodyId}"` } }),
  ),
  ok(
    'plain-id-opted-in',
    'the Body has its id in Id, and the verifier was told to accept that',
    signed({ body: { namespaces: '', id: ` Id="${bodyId}"` } }),
    { acceptUnqualifiedId: true },
  ),
  ok(
    'timestamp',
    'a wsu:Timestamp beside the signature is ignored',
    signed({
      before: `<wsu:Timestamp xmlns:wsu="${uris.wsu}" wsu:Id="TS-1"><wsu:Created>2001-01-01T00:00:00Z</wsu:Created></wsu:Timestamp>`,
    }),
  ),
  ok(
    'other-header-blocks',
    'header blocks of other standards around wsse:Security',
    signed({
      headerBefore: '<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:test</wsa:Action>',
      headerAfter: '<x:trace xmlns:x="urn:test" id="1"><x:hop id="1"/></x:trace>',
    }),
  ),
  ok(
    'inner-signature-in-data',
    'a signature of the business payload inside data is none of ours',
    signed({ body: { content: sendMessage({ data: `<data><doc>${innerSignature}</doc></data>` }) } }),
  ),
  ok(
    'type-prefix-on-data',
    'data declares a prefix that only its xsi:type uses',
    signed({
      body: {
        content: sendMessage({
          data:
            '<data xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
            ' xsi:type="xs:string">&lt;a&gt;1&lt;/a&gt;</data>',
        }),
      },
    }),
  ),
  ok(
    'repeated-plain-id',
    'the payload repeats a plain id attribute, which is no id of XML Signature',
    signed({ body: { content: sendMessage({ data: '<data><a id="1"/><b id="1"/></data>' }) } }),
  ),
  ok(
    'signed-fault',
    'a fault that is signed is verified like any Body',
    signed({ body: { content: fault } }),
  ),
  {
    rule: 'unsigned-fault',
    title: 'a fault without a signature is handed on as unverified',
    expect: 'unverified',
    message: `<soap:Envelope xmlns:soap="${uris.soap11}"><soap:Body>${fault}</soap:Body></soap:Envelope>`,
  },
  ok('chain-to-root', 'the certificate is not pinned, its authority is, and the BIN is expected', signed(), {
    trust: { roots: ['ca.crt'], expect: { bin: '991340000017' } },
  }),
  ok('sha1-opted-in', 'RSA with SHA-1, by its standard names', signed(rsaSha1(uris.rsaSha1, uris.sha1)), {
    suites: ['rsa-sha1'],
  }),
  ok(
    'sha1-opted-in-kazakh-names',
    'RSA with SHA-1, by names that no standard defines',
    signed(rsaSha1(uris.rsaSha1Kazakh, uris.sha1Kazakh)),
    { suites: ['rsa', 'rsa-sha1'] },
  ),
];

function twoPrefixes() {
  const open = signed({
    envelope: { attributes: ` xmlns:SOAP-ENV="${uris.soap11}"` },
    signature: { value: '<ds:SignatureValue>{{LATER}}</ds:SignatureValue>' },
  });
  return fill(
    open
      .replace('<soap:Header>', '<SOAP-ENV:Header>')
      .replace('</soap:Header>', '</SOAP-ENV:Header>')
      .replace('{{LATER}}', '{{SIGNATURE}}'),
  );
}

function defaultNamespace() {
  const must = ` xmlns:s="${uris.soap11}" s:mustUnderstand="1"`;
  const content = sendMessage().replace('<request>', '<request xmlns="">');
  const open = signed({
    security: { attributes: must },
    body: { content },
    signature: {
      info: signedInfo({ references: reference({ digestValue: '{{LATER-1}}' }) }),
      value: '<ds:SignatureValue>{{LATER-2}}</ds:SignatureValue>',
    },
  });
  return fill(
    open
      .replace('<soap:Envelope xmlns:soap=', '<Envelope xmlns=')
      .replace(/soap:(Envelope|Header|Body)/g, '$1')
      .replace('{{LATER-1}}', '{{DIGEST}}')
      .replace('{{LATER-2}}', '{{SIGNATURE}}'),
  );
}

function indented() {
  const open = signed({
    signature: { value: '<ds:SignatureValue>{{LATER}}</ds:SignatureValue>' },
    keyInfo: keyInfo['issuer-serial'](org),
  });
  return fill(
    open
      .replace(/>(?=<\/?(?:soap|wsse|ds):)/g, '>\n  ')
      .replace('{{LATER}}', '{{SIGNATURE}}')
      .replace(/<ds:DigestValue>[^<]*/, '<ds:DigestValue>{{DIGEST}}'),
  );
}

function crlf() {
  const message = signed({
    signature: { info: `<ds:SignedInfo>${multiline}</ds:SignedInfo>` },
    body: { content: `\n${sendMessage({ data: '<data>\n<number>1</number>\n</data>' })}\n` },
  });
  return message.replaceAll('\n', '\r\n');
}

export const acceptedCases = () => [...forms(), ...spellings(), ...surroundings()];
