import { XmlDocument } from './document.ts';
import { resolveLimits, type XmlLimits } from './limits.ts';
import { Scanner } from './scanner.ts';
import { decodeSource } from './source-text.ts';

/** How to read. */
export interface ParseXmlOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<XmlLimits>;
}

/**
 * Reads a document, once and without recursion.
 *
 * The bytes may be changed afterwards. Namespaces are checked, line ends normalised, comments between elements are
 * dropped; everything that gateway messages have no use for and attackers have is refused.
 *
 * @throws {XmlError} with line and column, and one of the codes `ERR_XML_…`; see the table in the README
 * @throws {TypeError} when `bytes` is not a `Uint8Array` or a limit is not a positive integer
 * @example
 * ```ts
 * const { root } = parseXml(new TextEncoder().encode('<a><b>1</b></a>'));
 * root.child('b')?.text(); // '1'
 * ```
 */
export function parseXml(bytes: Uint8Array, options: ParseXmlOptions = {}): XmlDocument {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes must be a Uint8Array');
  const limits = resolveLimits(options.limits);
  const { text, contentStart } = decodeSource(bytes, limits.maxBytes);
  return new XmlDocument(new Scanner(text, limits).scan(contentStart));
}
