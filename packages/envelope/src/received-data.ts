import { ParseError, type XmlElement } from '@egov-gateway/core';
import { parseXml, type XmlLimits } from '@egov-gateway/xml';

/** Namespace of `xsi:type` and `xsi:nil`. */
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/** How business data lies in `data`. */
export type DataStyle =
  /** Child elements. */
  | 'elements'
  /** Character data: plain, escaped XML or CDATA, which all read the same. */
  | 'text'
  | 'empty';

/** The business data of a received message, before any contract is applied to it. */
export interface ReceivedData {
  /** The element `data` itself. */
  readonly element: XmlElement;
  /** What is there, not what `xsi:type` says: senders have been seen to declare a string and send elements. */
  readonly style: DataStyle;
  /** The local part of `xsi:type`, or of a `type` that lost its prefix. A hint: no signature covers what it refers to. */
  readonly declaredType: string | undefined;
  /**
   * The character data, exactly.
   *
   * @throws {ParseError} `ERR_PARSE_NOT_TEXT` when `data` has child elements
   */
  asText(): string;
  /**
   * The data as XML: `data` itself when it has child elements, else the root of the document that is its text.
   *
   * @throws {XmlError} when the text is not acceptable XML; its line and column count within the text
   * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when `data` is empty
   */
  asXml(options?: { readonly limits?: Partial<XmlLimits> }): XmlElement;
}

/**
 * The element `data` below `requestData` or `responseData`, whatever namespace it has ended up in; `undefined` when
 * it is absent or nil.
 */
export function presentData(data: XmlElement | undefined): XmlElement | undefined {
  if (data === undefined) return undefined;
  const nil = data.attribute('nil', xsiNamespace);
  const isNil = (nil === 'true' || nil === '1') && data.first === undefined && data.text() === '';
  return isNil ? undefined : data;
}

/**
 * A view of a received `data` for callers without a codec.
 *
 * Text that was decoded with a wrong charset before it reached the gateway ("mojibake") comes as it is: it is signed
 * like that, and a guess at a repair could change a name.
 *
 * @example
 * ```ts
 * const { data } = readSyncResponse(await verifier.verify(answer));
 * const inner = data && viewData(data).asXml(); // also when it came as escaped text
 * ```
 */
export function viewData(data: XmlElement): ReceivedData {
  const hasElements = data.first !== undefined;
  return {
    element: data,
    style: hasElements ? 'elements' : data.text() === '' ? 'empty' : 'text',
    declaredType: localPart(data.attribute('type', xsiNamespace) ?? data.attribute('type')),
    asText: () => data.text(),
    asXml: (options = {}) => (hasElements ? data : innerRoot(data, options.limits)),
  };
}

function innerRoot(data: XmlElement, limits: Partial<XmlLimits> | undefined): XmlElement {
  const text = withoutDeclaration(data.text());
  if (text === '') {
    throw new ParseError('expected XML in the text, found nothing', {
      code: 'ERR_PARSE_MISSING_ELEMENT',
      path: data.path,
    });
  }
  return parseXml(new TextEncoder().encode(text), limits === undefined ? {} : { limits }).root;
}

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.0["'](?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["'][A-Za-z][\w.-]*["'])?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>/;

/** The text is decoded already: what encoding its own declaration names (often `utf-16`) means nothing any more. */
function withoutDeclaration(text: string): string {
  return text.trimStart().replace(declaration, '').trim();
}

function localPart(type: string | undefined): string | undefined {
  const name = type?.trim();
  return name === undefined || name === '' ? undefined : name.slice(name.indexOf(':') + 1);
}
