import type { ValidationIssue, XmlElement, XmlName, XmlWriter } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';
import * as z from 'zod';

import type { ObjectPlan } from './plan.ts';
import { hasOnlyXmlCharacters } from './xml-characters.ts';

/** An element given in words: its name, and text or elements as its content. */
export interface PlainElement {
  /** A string is a name in no namespace. */
  readonly name: XmlName | string;
  readonly content: string | readonly PlainElement[];
}

/** An element beyond the definition, and its place in the block that it is in. */
export type ExtraElement = {
  /**
   * Local name of the element of the same block that it follows; `''` for the first place. Default: behind all elements
   * of the block.
   */
  readonly after?: string | undefined;
} & (
  | PlainElement
  | {
      /** An element that was read, written again in canonical form. What reading gives. */
      readonly element: XmlElement;
    }
);

/** Schemas made by {@link extraElements}. */
export const extraSchemas: WeakSet<z.core.$ZodType> = new WeakSet();

/** Beyond this an element given in words is taken for one that contains itself. */
const maxDepth = 32;

/**
 * Schema of elements that a definition does not know, one for a block (`z.object`) at most: for services whose newer
 * fields are not published. They are written where the caller says. On receive it holds the elements that the definition
 * does not know, whatever `unknownElements` says.
 *
 * @example
 * ```ts
 * import * as z from 'zod';
 *
 * const request = definePayload({
 *   schema: z.object({ number: z.string(), date: xsDate(), extra: extraElements().optional() }),
 * });
 * request.validate({
 *   number: '1',
 *   date: '2026-01-13',
 *   extra: [{ after: 'number', name: 'kind', content: '2' }],
 * }); // []
 * ```
 */
export function extraElements(): z.ZodCustom<readonly ExtraElement[], readonly ExtraElement[]> {
  const schema = z.custom<readonly ExtraElement[]>((value) => Array.isArray(value), {
    abort: false,
    params: { rule: 'type' },
  });
  extraSchemas.add(schema);
  return schema;
}

/** Everything that keeps extra elements from being written. */
export function extraIssues(plan: ObjectPlan, extra: unknown, path: string): ValidationIssue[] {
  if (!Array.isArray(extra)) return [];
  return extra.flatMap((item: unknown, index) => {
    const broken = itemBreach(plan, item);
    return broken === undefined ? [] : [{ path: `${path}[${index + 1}]`, ...broken }];
  });
}

type Broken = Omit<ValidationIssue, 'path'>;

function itemBreach(plan: ObjectPlan, item: unknown): Broken | undefined {
  if (typeof item !== 'object' || item === null) return notAnElement;
  const { after, element } = item as { after?: unknown; element?: unknown };
  if (after !== undefined && after !== '' && !plan.byLocalName.has(String(after))) {
    return {
      rule: 'place',
      message: 'must follow an element of this block; name it as it is written, or leave the place out',
    };
  }
  if (element !== undefined) return isElement(element) ? clash(plan, element) : notAnElement;
  const broken = plainBreach(item as PlainElement, 1);
  if (broken !== undefined) return broken;
  const { name } = item as PlainElement;
  return clash(plan, typeof name === 'string' ? { localName: name, namespace: '' } : name);
}

const notAnElement: Broken = {
  rule: 'type',
  message: 'must be an element: name and content, or an element that was read',
};

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && typeof (value as XmlElement).toXml === 'function';
}

function clash(
  plan: ObjectPlan,
  { localName, namespace }: { localName: string; namespace: string },
): Broken | undefined {
  const known = plan.byLocalName.get(localName) ?? [];
  if (!known.some((field) => field.name.namespace === namespace)) return undefined;
  return {
    rule: 'known-element',
    message: 'is a field of this block; give it there, so that it occurs once',
  };
}

function plainBreach(item: unknown, depth: number): Broken | undefined {
  if (depth > maxDepth) return { rule: 'depth', message: `must not be deeper than ${maxDepth} elements` };
  if (typeof item !== 'object' || item === null) return notAnElement;
  const { name, content } = item as { name?: unknown; content?: unknown };
  if (!isName(name))
    return { rule: 'name', message: 'must have a name that XML allows, and a prefix with its namespace' };
  if (typeof content === 'string') {
    const message =
      'has a character that XML 1.0 does not allow; remove control characters and lone surrogates';
    return hasOnlyXmlCharacters(content) ? undefined : { rule: 'xml-characters', message };
  }
  if (!Array.isArray(content)) return notAnElement;
  for (const child of content) {
    const broken = plainBreach(child, depth + 1);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function isName(name: unknown): boolean {
  try {
    if (typeof name === 'string') xmlName(name, '', '');
    else xmlName((name as XmlName).localName, (name as XmlName).namespace, (name as XmlName).prefix);
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

/** Writes an extra element. */
export function writeExtra(extra: ExtraElement, writer: XmlWriter): void {
  if ('element' in extra) writer.copy(extra.element);
  else writePlain(extra, writer, 1);
}

/** Writes an element given in words. */
export function writePlain({ name, content }: PlainElement, writer: XmlWriter, depth = 1): void {
  if (depth > maxDepth) throw new TypeError('an element is too deep; validate before writing');
  writer.open(name);
  if (typeof content === 'string') writer.text(content);
  else for (const child of content) writePlain(child, writer, depth + 1);
  writer.close();
}
