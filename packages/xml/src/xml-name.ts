import type { XmlName } from '@egov-gateway/core';

import { isNcName } from './characters.ts';
import { isAbsoluteUri, xmlNamespace, xmlnsNamespace } from './namespace-scope.ts';
import { assertXmlCharacters } from './utf8-buffer.ts';

/**
 * A name in a namespace, to be made once and used many times.
 *
 * @throws {TypeError} when it could not be written: not a name, a prefix without a namespace, a relative namespace
 * @example
 * ```ts
 * const body = xmlName('Body', 'http://schemas.xmlsoap.org/soap/envelope/', 'soap');
 * ```
 */
export function xmlName(localName: string, namespace: string, prefix: string): XmlName {
  const name: XmlName = { localName, namespace, prefix };
  assertXmlName(name);
  return Object.freeze(name);
}

/**
 * Refuses a name that cannot be written.
 *
 * @see Namespaces in XML 1.0 (Third Edition), sections 3 and 4
 * @throws {TypeError} when a part of it does not hold
 */
export function assertXmlName({ localName, namespace, prefix }: XmlName): void {
  if (typeof localName !== 'string' || typeof namespace !== 'string' || typeof prefix !== 'string') {
    throw new TypeError('localName, namespace and prefix must be strings');
  }
  if (!isNcName(localName)) throw new TypeError('localName must be a name of XML without a colon');
  if (prefix !== '' && !isNcName(prefix)) {
    throw new TypeError('prefix must be empty or a name of XML without a colon');
  }
  if (namespace === '' && prefix !== '') throw new TypeError('a name in no namespace must not have a prefix');
  if (prefix === 'xmlns' || namespace === xmlnsNamespace) throw new TypeError('xmlns must not be declared');
  if ((prefix === 'xml') !== (namespace === xmlNamespace)) {
    throw new TypeError('xml and its namespace belong to each other only');
  }
  if (namespace === '') return;
  if (!isAbsoluteUri(namespace)) {
    throw new TypeError('namespace must be an absolute URI: relative ones have no canonical form');
  }
  assertXmlCharacters(namespace);
}
