// For users.

export {
  type CanonicalWriter,
  createXmlWriter,
  type WrittenXml,
  type XmlWriterOptions,
} from './canonical-writer.ts';
export { type CanonicalizeOptions, canonicalize, digestCanonical } from './canonicalize.ts';
export type { XmlAttribute, XmlDocument, XmlNode } from './document.ts';
export { defaultLimits, type XmlLimits } from './limits.ts';
export { type ParseXmlOptions, parseXml } from './parse-xml.ts';
export { xmlName } from './xml-name.ts';

// For libraries.

export { decodeBase64, encodeBase64 } from './base64.ts';
export { elementView } from './element-view.ts';
