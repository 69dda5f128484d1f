import { writeSyncRequest } from '@egov-gateway/envelope';

/** Contents that are legal in a message and have broken some signer or verifier before. */

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

/** A codec for an interop case: `write` does all. */
const codec = (write) => ({
  validate: () => [],
  write: (_value, writer) => write(writer),
  read: () => undefined,
});

const textContents = {
  'Kazakh letters and emoji': 'Қазақстан Республикасы ӘәҒғҚқҢңӨөҰұҮүҺһІі 😀',
  'text that looks like markup': '<a b="c">&amp;</a> ]]> <![CDATA[x]]>',
  'carriage returns, tabs, line feeds': 'first\r\nsecond\rthird\n\tfourth ',
  'line and paragraph separators': 'a\u0085b\u2028c\u2029d\u00a0e',
  'an escaped document':
    '<?xml version="1.0" encoding="UTF-8"?>\n<request><iin>001300900011</iin></request>\n',
  'no text': '',
  '1 MB of text': 'Қ-0123456789abcdef '.repeat(50_000),
};

function deep(writer) {
  for (let level = 0; level < 100; level += 1) writer.open(`level${level}`);
  writer.text('deep');
  for (let level = 0; level < 100; level += 1) writer.close();
}

function wide(writer) {
  for (let index = 0; index < 5000; index += 1) {
    writer.open('record');
    writer.attribute('number', String(index));
    writer.leaf('value', `№ ${index}`);
    writer.close();
  }
}

function attributes(writer) {
  writer.open({ localName: 'item', namespace: 'urn:example:z', prefix: 'z' });
  writer.attribute('quoted', `"double" 'single' <less> &and \t tab \n line \r return`);
  writer.attribute({ localName: 'a', namespace: 'urn:example:b', prefix: 'b' }, 'ә');
  writer.attribute('a', '😀');
  writer.leaf(
    { localName: 'inner', namespace: 'urn:example:z', prefix: 'y' },
    'same namespace, another prefix',
  );
  writer.close();
}

function typed(writer) {
  writer.declarePrefix('ns5', 'urn:example:types');
  writer.attribute(
    { localName: 'type', namespace: 'http://www.w3.org/2001/XMLSchema-instance', prefix: 'xsi' },
    'ns5:Request',
  );
  writer.leaf('number', '01085');
}

const written = {
  ...Object.fromEntries(
    Object.entries(textContents).map(([name, text]) => [name, codec((writer) => writer.text(text))]),
  ),
  'deep elements': codec(deep),
  'many elements': codec(wide),
  'attributes of every kind': codec(attributes),
  'a prefix used in xsi:type only': codec(typed),
};

function request(dataCodec) {
  return writeSyncRequest({
    info: {
      messageId: '4d3dc5a1-6a0e-4b43-9a5e-6f0c1f3b2a10',
      serviceId: 'EXAMPLE_SERVICE',
      messageDateMs: Date.UTC(2026, 0, 15, 6, 30),
      sender: { senderId: 'example-system', password: 'test & only <>' },
      properties: [{ key: 'language', value: 'қаз' }],
    },
    data: { codec: dataCodec, value: undefined },
  });
}

const foreign = {
  'another writer: indented, default namespace, comments between elements': `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="${soap}">
  <!-- written by hand -->
  <Header/>
  <Body xmlns:n='urn:example:n'>
    <n:SendMessage n:b="2" a='1'><request xmlns=""><data><![CDATA[<x>&]]>&#1178;&#13;</data></request></n:SendMessage>
  </Body>
</Envelope>
`,
  'another writer: no Header, prefixes on the Envelope, byte order mark': `\uFEFF<S:Envelope xmlns:S="${soap}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:unused="urn:example:unused"><S:Body><data xsi:nil="true" xml:lang="kk"/></S:Body></S:Envelope>`,
};

/** Unsigned envelopes: `{ name, bytes, layout }`; those of another writer have no layout. */
export function unsignedEnvelopes() {
  const ours = Object.entries(written).map(([name, dataCodec]) => ({ name, ...request(dataCodec) }));
  const theirs = Object.entries(foreign).map(([name, text]) => ({
    name,
    bytes: Buffer.from(text),
    layout: undefined,
  }));
  return [...ours, ...theirs];
}

const keyInfos = {
  X509Data: (certificate) =>
    `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
  'KeyIdentifier X509v3': (certificate) =>
    `<wsse:SecurityTokenReference><wsse:KeyIdentifier EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary" ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3">${certificate}</wsse:KeyIdentifier></wsse:SecurityTokenReference>`,
};

/** Envelopes with an empty signature, for a signer that fills templates in. */
export function signatureTemplates(certificateDer) {
  const wrapped = Buffer.from(certificateDer).toString('base64').replace(/.{64}/g, '$&\n');
  const prefixLists = { '': '', ' and a PrefixList': 'xsi soap' };
  return Object.entries(keyInfos).flatMap(([style, keyInfo]) =>
    Object.entries(prefixLists).map(([suffix, prefixes]) => ({
      name: `${style}${suffix}`,
      xml: template(keyInfo(wrapped), prefixes),
    })),
  );
}

function template(keyInfo, prefixes) {
  const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const inclusive =
    prefixes === '' ? '' : `<ec:InclusiveNamespaces xmlns:ec="${c14n}" PrefixList="${prefixes}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="${soap}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <soap:Header>
    <wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" soap:mustUnderstand="1">
      <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:SignedInfo>
          <ds:CanonicalizationMethod Algorithm="${c14n}"/>
          <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
          <ds:Reference URI="#body-1">
            <ds:Transforms>
              <ds:Transform Algorithm="${c14n}">${inclusive}</ds:Transform>
            </ds:Transforms>
            <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
            <ds:DigestValue></ds:DigestValue>
          </ds:Reference>
        </ds:SignedInfo>
        <ds:SignatureValue></ds:SignatureValue>
        <ds:KeyInfo>${keyInfo}</ds:KeyInfo>
      </ds:Signature>
    </wsse:Security>
  </soap:Header>
  <soap:Body wsu:Id="body-1" xmlns:wsu="${utility}">
    <t:SendMessage xmlns:t="urn:example:types"><request><text a='"' b="&#10;">қазақ &#13; 😀</text></request></t:SendMessage>
  </soap:Body>
</soap:Envelope>
`;
}
