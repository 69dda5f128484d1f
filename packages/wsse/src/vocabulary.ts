/**
 * Namespaces and identifiers of SOAP, WS-Security and XML Signature, as they stand on the wire.
 *
 * @module
 */

/** @see SOAP 1.1, section 3 */
export const soap11Namespace = 'http://schemas.xmlsoap.org/soap/envelope/';
/** @see SOAP 1.2 Part 1, section 5 */
export const soap12Namespace = 'http://www.w3.org/2003/05/soap-envelope';
/** `wsse`. @see WS-Security: SOAP Message Security 1.1.1, section 2.2 */
export const securityNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
/** `wsu`. @see WS-Security: SOAP Message Security 1.1.1, section 2.2 */
export const utilityNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
/** `ds`. @see XML Signature Syntax and Processing 1.1, section 1.3 */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
/** `xenc`. @see XML Encryption Syntax and Processing 1.1, section 1.3 */
export const encryptionNamespace = 'http://www.w3.org/2001/04/xmlenc#';
/** The only canonicalisation and the only transform that is written or accepted. Also the namespace of its parameters. */
export const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** The namespace of the prefix `xml`. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** @see WS-Security: SOAP Message Security 1.1.1, section 6.3 */
export const base64Encoding =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';
/** A whole certificate. @see WSS X.509 Certificate Token Profile 1.1.1, section 3.1 */
export const x509TokenType =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
/** @see WSS X.509 Certificate Token Profile 1.1.1, section 3.2.1 */
export const subjectKeyIdentifierType =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier';
/** @see WS-Security: SOAP Message Security 1.1.1, section 7.3 */
export const thumbprintSha1Type =
  'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1';
