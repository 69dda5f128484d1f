/** What the reader refuses to read, whatever it says. Every limit is named in the error that it causes. */
export interface XmlLimits {
  /** Size of the document. Default: 67 108 864 (64 MiB). */
  readonly maxBytes: number;
  /** Nesting of elements; the root is at depth 1. Default: 256. */
  readonly maxDepth: number;
  /** Attributes and namespace declarations of one element. Default: 256. */
  readonly maxAttributes: number;
  /** Length of one attribute value as written, in UTF-16 units. Default: 1 000 000. */
  readonly maxAttributeLength: number;
  /** Length of one qualified name, in UTF-16 units. Default: 1024. */
  readonly maxNameLength: number;
  /** Different names, and different namespaces, of the document. Default: 10 000. */
  readonly maxNames: number;
  /** Elements, attributes, namespace declarations and comments, all together. Default: 2 000 000. */
  readonly maxNodes: number;
}

/** The limits of a reader that is told nothing else. */
export const defaultLimits: XmlLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 256,
  maxAttributes: 256,
  maxAttributeLength: 1_000_000,
  maxNameLength: 1024,
  maxNames: 10_000,
  maxNodes: 2_000_000,
};

/** The largest value of any limit: offsets and indexes of the tape are 32-bit. */
const ceiling = 100_000_000;

/**
 * The given limits over the defaults.
 *
 * @throws {TypeError} when a limit is not a positive integer up to 100 000 000, or its name is unknown
 */
export function resolveLimits(limits: Partial<XmlLimits> = {}): XmlLimits {
  const resolved: Record<keyof XmlLimits, number> = { ...defaultLimits };
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(defaultLimits, name)) throw new TypeError(`unknown limit ${name}`);
    if (value === undefined) continue;
    // Number.isInteger is false for NaN and for infinities: "no limit" cannot be asked for by accident.
    if (!Number.isInteger(value) || value < 1 || value > ceiling) {
      throw new TypeError(`limit ${name} must be an integer from 1 to ${ceiling}`);
    }
    resolved[name as keyof XmlLimits] = value;
  }
  return resolved;
}
