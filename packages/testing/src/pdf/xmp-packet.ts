/** What the packet of a sample says, and how it is written. */
export interface XmpPacketOptions {
  /** `pdfaid:part`; `null` leaves the claim out. Default: `1`. */
  readonly part?: string | null;
  /** `pdfaid:conformance`; `null` leaves it out. Default: `B`. */
  readonly conformance?: string | null;
  /** Default: `element`. */
  readonly form?: 'element' | 'attribute';
  /** Default: `utf-8`. */
  readonly encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16be' | 'utf-16le';
  /** Prefix of the namespace of the claim: it means nothing. Default: `pdfaid`. */
  readonly prefix?: string;
  /** Namespace of the claim. Default: the one of ISO 19005. */
  readonly namespace?: string;
  /** Whether the claim stands in an `rdf:Description` of its own. Default: true. */
  readonly ownDescription?: boolean;
  /** Whether `x:xmpmeta` is around `rdf:RDF`. Default: true. */
  readonly xmpmeta?: boolean;
  /** Whether the processing instructions of a packet are around it. Default: true. */
  readonly wrapper?: boolean;
  /** `dc:title`; `null` leaves it out. Default: null. */
  readonly title?: string | null;
  /** Raw XML behind the last `rdf:Description`. Default: none. */
  readonly more?: string;
}

/** The namespace of the claim. @see ISO 19005-1:2005, 6.7.11 "Version and conformance level identification" */
export const pdfaidNamespace = 'http://www.aiim.org/pdfa/ns/id/';

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');

/** An XMP packet as the metadata stream of a PDF holds it. */
export function makeXmpPacket(options: XmpPacketOptions = {}): Uint8Array {
  const { part = '1', conformance = 'B', form = 'element', encoding = 'utf-8', prefix = 'pdfaid' } = options;
  const { namespace = pdfaidNamespace, ownDescription = true, xmpmeta = true, wrapper = true } = options;
  const { title = null, more = '' } = options;
  const claim = Object.entries({ part, conformance }).filter((entry) => entry[1] !== null);
  const attributes =
    form === 'attribute' ? claim.map(([name, value]) => ` ${prefix}:${name}="${value}"`).join('') : '';
  const elements =
    form === 'element'
      ? claim.map(([name, value]) => `<${prefix}:${name}>${value}</${prefix}:${name}>`).join('')
      : '';
  const titles =
    title === null
      ? ''
      : `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>`;
  const declared = ` xmlns:${prefix}="${namespace}"`;
  const dc = ' xmlns:dc="http://purl.org/dc/elements/1.1/"';
  const descriptions = ownDescription
    ? `<rdf:Description rdf:about=""${dc}>${titles}</rdf:Description>\n` +
      `<rdf:Description rdf:about=""${declared}${attributes}>${elements}</rdf:Description>`
    : `<rdf:Description rdf:about=""${dc}${declared}${attributes}>${titles}${elements}</rdf:Description>`;
  const rdf =
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n' +
    `${descriptions}${more}\n</rdf:RDF>`;
  const body = xmpmeta ? `<x:xmpmeta xmlns:x="adobe:ns:meta/">\n${rdf}\n</x:xmpmeta>` : rdf;
  const mark = encoding === 'utf-8' ? '' : '\uFEFF';
  const text = wrapper
    ? `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${body}\n${' '.repeat(64)}\n<?xpacket end="w"?>`
    : body;
  const octets = Buffer.from(mark + text, encoding.startsWith('utf-8') ? 'utf8' : 'utf16le');
  return new Uint8Array(encoding === 'utf-16be' ? octets.swap16() : octets);
}
