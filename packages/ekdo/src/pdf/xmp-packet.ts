import { parseXml, type XmlNode } from '@egov-gateway/xml';

const rdfNamespace = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const xmpmetaNamespace = 'adobe:ns:meta/';

/** Largest packet that is read; honest ones have some kilobytes, with a thumbnail some hundred. */
const maxPacketBytes = 4 * 1024 * 1024;
const xmlLimits = { maxBytes: 8 * 1024 * 1024, maxDepth: 64, maxNodes: 200_000, maxNames: 4_000 };

/** One property of a packet: an attribute or an element of an `rdf:Description`. */
export interface XmpProperty {
  readonly value: string;
  /** Where it stands: the element itself, or the one that has the attribute. */
  readonly element: XmlNode;
}

/**
 * The properties of an XMP packet, found by namespace, not by prefix.
 *
 * @see XMP Specification (2004), "XMP Storage Model"; ISO 19005-1:2005, 6.7.2 "Properties"
 */
export class XmpPacket {
  readonly #descriptions: readonly XmlNode[];

  /** Whether it has the processing instructions of a packet, and `x:xmpmeta` around `rdf:RDF`. */
  readonly isWrapped: boolean;

  constructor(descriptions: readonly XmlNode[], isWrapped: boolean) {
    this.#descriptions = descriptions;
    this.isWrapped = isWrapped;
  }

  /** Every value of a property (of a list its first entry), whichever form it has and whichever `rdf:Description` holds it. */
  properties(localName: string, namespace: string): readonly XmpProperty[] {
    const found: XmpProperty[] = [];
    for (const description of this.#descriptions) {
      const attribute = description.attribute(localName, namespace);
      if (attribute !== undefined) found.push({ value: attribute, element: description });
      for (const child of description.children()) {
        if (child.localName === localName && child.namespace === namespace) {
          found.push({ value: firstText(child), element: child });
        }
      }
    }
    return found;
  }
}

function firstText(element: XmlNode): string {
  let node = element;
  for (let first = node.first; first !== undefined; first = node.first) node = first;
  return node.text();
}

/**
 * Reads the octets of a metadata stream, UTF-8 or UTF-16. The processing instructions around a packet are no part of
 * the XML that is read.
 *
 * @returns `undefined` when the octets are no packet that can be read
 */
export function readXmpPacket(bytes: Uint8Array): XmpPacket | undefined {
  if (bytes.length > maxPacketBytes) return undefined;
  try {
    const text = decode(bytes);
    const { root } = parseXml(new TextEncoder().encode(unwrapped(text)), { limits: xmlLimits });
    const rdf = root.namespace === xmpmetaNamespace ? root.child('RDF', rdfNamespace) : root;
    if (rdf?.namespace !== rdfNamespace || rdf.localName !== 'RDF') return undefined;
    const descriptions = [...rdf.children()].filter(
      (child) => child.localName === 'Description' && child.namespace === rdfNamespace,
    );
    return new XmpPacket(descriptions, rdf !== root && isPacket(text));
  } catch {
    // Whatever is wrong with it: the packet cannot be read, and the finding says so.
    return undefined;
  }
}

/** Whether the processing instructions of a packet stand at both ends. */
function isPacket(text: string): boolean {
  return /^\s*<\?xpacket\s/.test(text) && /<\?xpacket\s+end=(["'])[rw]\1\s*\?>$/.test(text.trimEnd());
}

/** A byte order mark, or the zero in one of the first two octets, tells UTF-16: a packet begins with `<`. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isBig = (first === 0xfe && second === 0xff) || first === 0;
  const isLittle = (first === 0xff && second === 0xfe) || second === 0;
  const encoding = isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** The root element: without the processing instructions, comments and white space around it. */
function unwrapped(text: string): string {
  let from = 0;
  for (;;) {
    while (from < text.length && /[\s\uFEFF]/.test(text.charAt(from))) from++;
    const closing = text.startsWith('<?', from) ? '?>' : text.startsWith('<!--', from) ? '-->' : undefined;
    if (closing === undefined) break;
    const end = text.indexOf(closing, from + 2);
    if (end < 0) break;
    from = end + closing.length;
  }
  const trailer = text.lastIndexOf('<?xpacket');
  return text.slice(from, trailer > from ? trailer : undefined).trimEnd();
}
