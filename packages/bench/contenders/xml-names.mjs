/** Names that the hand-made contenders need. */
export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const X509 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
const BASE64 =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

/** The KeyInfo that the gateway expects. */
export const securityTokenReference = (certificateBase64) =>
  `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:KeyIdentifier EncodingType="${BASE64}" ValueType="${X509}">${certificateBase64}</wsse:KeyIdentifier></wsse:SecurityTokenReference>`;

/** Adds an empty Security header and an id on the Body, as text. */
export const prepareText = (xml, idAttribute = `xmlns:wsu="${WSU}" wsu:Id="id-body"`) =>
  xml
    .replace(
      '<soap:Header></soap:Header>',
      `<soap:Header><wsse:Security xmlns:wsse="${WSSE}" soap:mustUnderstand="1"></wsse:Security></soap:Header>`,
    )
    .replace('<soap:Body>', `<soap:Body ${idAttribute}>`);

/** SignedInfo in canonical form. */
export const signedInfo = (digest) =>
  `<ds:SignedInfo xmlns:ds="${DS}"><ds:CanonicalizationMethod Algorithm="${EXC}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${RSA_SHA256}"></ds:SignatureMethod><ds:Reference URI="#id-body"><ds:Transforms><ds:Transform Algorithm="${EXC}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
