/** Parts of a signed request, each of which a case can replace. Placeholders `{{DIGEST}}` and `{{SIGNATURE}}` stay open. */

export const uris = {
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  types: 'http://bip.bee.kz/SyncChannel/v10/Types',
  excC14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  excC14nWithComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  c14n: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  rsaSha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  rsaSha1Kazakh: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha1Kazakh: 'http://www.w3.org/2001/04/xmldsig-more#sha1',
};

/** Ids are fixed, so that the corpus comes out the same each time. */
export const bodyId = 'id-6a1f7a52-0c8e-4f0d-9a57-3c1d8f0b7e11';
export const tokenId = 'X509-2d0f8c1e-5b7a-4a39-8f62-9e4c1b7d3a05';

/** The business part: a request that every reader of the corpus can recognise, with impossible numbers. */
export function sendMessage({ number = '000000001', data } = {}) {
  const content = data ?? `<data><number>${number}</number></data>`;
  return (
    `<ns2:SendMessage xmlns:ns2="${uris.types}"><request><requestInfo>` +
    '<messageId>8b7e2f0a-3f4d-4c55-9a0e-6d1f5e2c7b90</messageId><serviceId>TEST_SERVICE</serviceId>' +
    '<messageDate>2026-01-01T00:00:00.000+05:00</messageDate>' +
    '<sender><senderId>test-system</senderId><password>test-only</password></sender></requestInfo>' +
    `<requestData>${content}</requestData></request></ns2:SendMessage>`
  );
}

export function transform({ algorithm = uris.excC14n, content = '' } = {}) {
  return `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
}

/** `null` leaves a part out. */
export function reference({
  uri = `#${bodyId}`,
  attributes = '',
  transforms = `<ds:Transforms>${transform()}</ds:Transforms>`,
  digestMethod = `<ds:DigestMethod Algorithm="${uris.sha256}"/>`,
  digestValue = '{{DIGEST}}',
} = {}) {
  const target = uri === null ? '' : ` URI="${uri}"`;
  return (
    `<ds:Reference${target}${attributes}>${transforms ?? ''}${digestMethod}` +
    `<ds:DigestValue>${digestValue}</ds:DigestValue></ds:Reference>`
  );
}

export function signedInfo({
  attributes = '',
  c14nMethod = `<ds:CanonicalizationMethod Algorithm="${uris.excC14n}"/>`,
  signatureMethod = `<ds:SignatureMethod Algorithm="${uris.rsaSha256}"/>`,
  references = reference(),
} = {}) {
  return `<ds:SignedInfo${attributes}>${c14nMethod}${signatureMethod}${references}</ds:SignedInfo>`;
}

export function signature({
  attributes = '',
  info = signedInfo(),
  value = '<ds:SignatureValue>{{SIGNATURE}}</ds:SignatureValue>',
  keyInfo = '',
  objects = '',
} = {}) {
  return `<ds:Signature xmlns:ds="${uris.ds}"${attributes}>${info}${value}${keyInfo}${objects}</ds:Signature>`;
}

export function security({ prefix = 'soap', namespace = uris.wsse, attributes, content }) {
  const must = attributes ?? ` ${prefix}:mustUnderstand="1"`;
  return `<wsse:Security xmlns:wsse="${namespace}"${must}>${content}</wsse:Security>`;
}

export function body({
  prefix = 'soap',
  namespaces = ` xmlns:wsu="${uris.wsu}"`,
  id = ` wsu:Id="${bodyId}"`,
  content = sendMessage(),
} = {}) {
  return `<${prefix}:Body${namespaces}${id}>${content}</${prefix}:Body>`;
}

export function envelope({
  prolog = '',
  prefix = 'soap',
  namespace = uris.soap11,
  attributes = '',
  header = '',
  body: bodyText = body(),
}) {
  return (
    `${prolog}<${prefix}:Envelope xmlns:${prefix}="${namespace}"${attributes}>` +
    `<${prefix}:Header>${header}</${prefix}:Header>${bodyText}</${prefix}:Envelope>`
  );
}
