/**
 * The ways in which business data lies in the element `data`.
 *
 * `data` is `xs:anyType`, and services disagree. On receive the style is never trusted, only what is really there:
 * senders have been seen to declare a string and send elements, and the other way round.
 *
 * @module
 */
import type { XmlElement, XmlWriter } from '@egov-gateway/core';
import { parseXml, xmlName } from '@egov-gateway/xml';

/** Namespace of `xsi:type` and `xsi:nil`. */
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
/** Namespace of `xs:string`. */
export const xsNamespace = 'http://www.w3.org/2001/XMLSchema';

const xsiType = xmlName('type', xsiNamespace, 'xsi');

/** How a payload is written into `data`. */
export type DataStyle =
  /** Child elements, nothing on `data` itself. */
  | { readonly style: 'plain' }
  /** Child elements, and `xsi:type` on `data`. */
  | {
      readonly style: 'typed';
      /** Local name of the type. */
      readonly type: string;
      /** Namespace of the type. Default: none, and then the value of `xsi:type` has no prefix. */
      readonly namespace?: string;
      /** Default: `ns`. */
      readonly prefix?: string;
    }
  /** An XML document of its own, escaped, as the text of `data`. Needs a root element. */
  | {
      readonly style: 'text';
      /** Whether `data` says `xsi:type="xs:string"`. Default: true. */
      readonly typed?: boolean;
      /** Whether the document begins with an XML declaration. Default: false. */
      readonly declaration?: boolean;
    };

/** @throws {TypeError} when it is no style, or its type, namespace or prefix is none */
export function assertDataStyle(data: DataStyle): void {
  if (data.style !== 'plain' && data.style !== 'typed' && data.style !== 'text') {
    throw new TypeError("data.style must be 'plain', 'typed' or 'text'");
  }
  if (data.style !== 'typed') return;
  const { type, namespace = '', prefix = 'ns' } = data;
  if (namespace !== '' && prefix === '') throw new TypeError('data.prefix must not be empty');
  xmlName(type, namespace, namespace === '' ? '' : prefix);
}

/** Writes what a style puts on `data` itself. */
export function writeDataType(style: DataStyle, writer: XmlWriter): void {
  if (style.style === 'typed') {
    const { type, namespace = '', prefix = 'ns' } = style;
    if (namespace !== '') writer.declarePrefix(prefix, namespace);
    writer.attribute(xsiType, namespace === '' ? type : `${prefix}:${type}`);
  } else if (style.style === 'text' && style.typed !== false) {
    writer.declarePrefix('xs', xsNamespace);
    writer.attribute(xsiType, 'xs:string');
  }
}

/** An XML declaration, as the first thing in a text. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>';

const anyDeclaration =
  /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*["']1\.[01]["'](?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*["'][A-Za-z][\w.-]*["'])?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*["'](?:yes|no)["'])?[\t\n\r ]*\?>/;

/**
 * The root of the XML document that `text` is.
 *
 * The encoding in its declaration is ignored: the text is decoded already, and `utf-16` is what .NET writes there.
 *
 * @throws {XmlError} when it is not acceptable XML; line and column count within the text
 */
export function rootOfText(text: string): XmlElement {
  const document = text.replace(/^[\uFEFF\t\n\r ]+/, '').replace(anyDeclaration, '');
  return parseXml(new TextEncoder().encode(document)).root;
}

/** The XML in `data`: `data` itself when it has child elements, else the root of the document that is its text. */
export function elementsOf(data: XmlElement): XmlElement {
  if (data.first !== undefined) return data;
  const text = data.text();
  return /[^\t\n\r ]/.test(text) ? rootOfText(text) : data;
}
