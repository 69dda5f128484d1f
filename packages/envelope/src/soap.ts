/**
 * SOAP as the gateway speaks it: 1.1 is written, 1.1 and 1.2 are read.
 *
 * @module
 */
import { ParseError, type XmlElement, type XmlName } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

/** Namespace of SOAP 1.1, the one the gateway's WSDL binds. */
export const soap11Namespace = 'http://schemas.xmlsoap.org/soap/envelope/';
/** Namespace of SOAP 1.2, which some peers answer with. */
export const soap12Namespace = 'http://www.w3.org/2003/05/soap-envelope';
/** Namespace of WS-Security utilities, home of `wsu:Id`. */
export const wsuNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
/** Namespace of WS-Security extensions, home of the header block that the signer adds. */
export const wsseNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

/** Namespace of XML Signature. */
export const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#';
/** Namespace of the prefix `xml`. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** The expanded name of a SOAP 1.1 element or attribute, with the prefix this package writes. */
export function soapName(localName: string): XmlName {
  return xmlName(localName, soap11Namespace, 'soap');
}

/**
 * The one element inside `soap:Body`.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT` when this is no Body of SOAP 1.1 or 1.2, or it holds a second
 *   element; `ERR_PARSE_MISSING_ELEMENT` when it is empty
 */
export function bodyContent(body: XmlElement): XmlElement {
  const isSoap = body.namespace === soap11Namespace || body.namespace === soap12Namespace;
  if (!isSoap || body.localName !== 'Body') {
    throw new ParseError('expected the Body of a SOAP 1.1 or 1.2 envelope', {
      code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
      path: body.path,
    });
  }
  const content = body.first;
  if (content === undefined) {
    throw new ParseError('expected one element in the Body, found none', {
      code: 'ERR_PARSE_MISSING_ELEMENT',
      path: body.path,
    });
  }
  if (content.next !== undefined) {
    throw new ParseError('expected one element in the Body, found more', {
      code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
      path: content.next.path,
    });
  }
  return content;
}

/** Whether the content of `body` is a fault of the same SOAP version. */
export function isFault(content: XmlElement, body: XmlElement): boolean {
  return content.localName === 'Fault' && content.namespace === body.namespace;
}

/**
 * Refuses any other element than the expected one: name and namespace both count.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`
 */
export function expectElement(element: XmlElement, expected: XmlName): void {
  if (element.localName === expected.localName && element.namespace === expected.namespace) return;
  throw new ParseError(`expected {${expected.namespace}}${expected.localName}`, {
    code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
    path: element.path,
  });
}
