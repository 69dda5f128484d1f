import type { XmlElement } from '@egov-gateway/core';
import { XMLParser } from 'fast-xml-parser';

/** An element as a plain object: attributes under `@name`, text beside attributes or elements under `#text`. */
export interface PlainView {
  readonly [name: string]: PlainViewValue | readonly PlainViewValue[];
}

/** What an element without attributes and elements is: its text; else an object. */
export type PlainViewValue = string | PlainView;

/** How {@link plainView} names and groups. */
export interface PlainViewOptions {
  /**
   * `local` cuts prefixes off: they differ from answer to answer, but elements of different namespaces then share a
   * key. Default: `local`.
   */
  readonly names?: 'local' | 'as-written';
  /** Paths below the element, `list/item`, whose elements are always an array. Others are when there are several. */
  readonly arrays?: readonly string[];
}

// Everything stays text: a number would lose the leading zero of an IIN.
const safeOptions = {
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  // Without it, numeric references stay as they are.
  htmlEntities: true,
} as const;

/**
 * A look at an element that has no contract, for display and exploration. Slow, and blind to namespaces: for data that
 * decides something define a payload.
 *
 * It is made from the canonical text of the element that was read and verified, and from nothing else.
 */
export function plainView(element: XmlElement, options: PlainViewOptions = {}): PlainView {
  const { names = 'local', arrays = [] } = options;
  const parser = new XMLParser({ ...safeOptions, removeNSPrefix: names === 'local' });
  const parsed: unknown = parser.parse(element.toXml());
  const root = Object.values(parsed as Record<string, unknown>)[0];
  const view = tidy(root, '', new Set(arrays));
  return typeof view === 'string' ? (view === '' ? {} : { '#text': view }) : view;
}

/** Groups what has to be an array, and drops white space between elements. */
function tidy(value: unknown, path: string, arrays: ReadonlySet<string>): PlainViewValue {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  const hasElements = entries.some(([key]) => !key.startsWith('@') && key !== '#text');
  const kept = entries.filter(
    ([key, text]) => !(hasElements && key === '#text' && String(text).trim() === ''),
  );
  return Object.fromEntries(
    kept.map(([key, content]) => {
      const at = path === '' ? key : `${path}/${key}`;
      if (Array.isArray(content)) return [key, content.map((item) => tidy(item, at, arrays))];
      const one = tidy(content, at, arrays);
      return [key, arrays.has(at) ? [one] : one];
    }),
  );
}
