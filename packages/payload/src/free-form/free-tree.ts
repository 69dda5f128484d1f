import type { ValidationIssue } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';
import { fragment } from 'xmlbuilder2';

import { printableKey } from '../value-issues.ts';
import { hasOnlyXmlCharacters } from '../xml-characters.ts';

/** A builder of `xmlbuilder2`, standing inside `data`. */
export type FreeBuilder = ReturnType<typeof fragment>;

/**
 * Elements by name, in no namespace, written in the order of the keys. Values are text: write numbers and dates as the
 * service wants to see them.
 */
export interface FreeTree {
  readonly [name: string]: FreeTreeValue | readonly FreeTreeValue[] | undefined;
}

/** The content of an element of a {@link FreeTree}. */
export type FreeTreeValue = string | FreeTree;

const maxDepth = 64;

/**
 * Everything in a tree that cannot be written.
 *
 * A key that begins with `@`, `#`, `$`, `!` or `?` is markup to xmlbuilder2; here it is refused, because a tree is often
 * made from the data of users.
 */
export function treeIssues(tree: FreeTree, path = '', above: readonly FreeTree[] = []): ValidationIssue[] {
  // One that is in itself twice has more paths than can be walked.
  if (above.length >= maxDepth || above.includes(tree))
    return [{ path, rule: 'max-depth', message: `must be at most ${maxDepth} elements deep` }];
  const around = [...above, tree];
  return Object.entries(tree).flatMap(([name, content]) => {
    if (!isElementName(name)) {
      const message =
        'must be the name of an element, without a colon; attributes and namespaces need the builder';
      return [{ path: `${path}/${printableKey(name)}`, rule: 'element-name', message }];
    }
    const at = `${path}/${name}`;
    if (content === undefined) return [];
    if (!Array.isArray(content)) return valueIssues(content as FreeTreeValue, at, around);
    return content.flatMap((item: FreeTreeValue, index) => valueIssues(item, `${at}[${index + 1}]`, around));
  });
}

function valueIssues(value: FreeTreeValue, path: string, around: readonly FreeTree[]): ValidationIssue[] {
  if (typeof value === 'string') {
    if (hasOnlyXmlCharacters(value)) return [];
    const message =
      'has a character that XML 1.0 does not allow; remove control characters and lone surrogates';
    return [{ path, rule: 'xml-characters', message }];
  }
  if (typeof value === 'object' && value !== null && isPlain(value)) return treeIssues(value, path, around);
  return [
    {
      path,
      rule: 'type',
      message: 'must be text or a plain object of elements; write numbers and dates as text',
    },
  ];
}

function isElementName(name: string): boolean {
  try {
    xmlName(name, '', '');
    return true;
  } catch {
    return false;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The content as nodes of xmlbuilder2. */
export function buildFragment(content: FreeTree | ((data: FreeBuilder) => unknown)): FreeBuilder {
  const data = fragment();
  if (typeof content === 'function') content(data);
  else appendTree(data, content);
  return data;
}

function appendTree(parent: FreeBuilder, tree: FreeTree): void {
  for (const [name, content] of Object.entries(tree)) {
    if (content === undefined) continue;
    for (const value of Array.isArray(content)
      ? (content as readonly FreeTreeValue[])
      : [content as FreeTreeValue]) {
      const element = parent.ele(name);
      if (typeof value === 'string') element.txt(value);
      else appendTree(element, value);
    }
  }
}
